"""Backward pass of layer normalization: every feature of a sample depends on all of them, through mean and variance."""

import torch


def layer_norm_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor, eps: float = 1e-5
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Gradients of a loss through ``weight * (input - mean) / sqrt(variance + eps) + bias`` over the last dimension.

    Args:
        grad_output: gradient of the loss with respect to the layer's output, shape (*, D); * is one or more.
        input: what the layer was given in the forward pass, shape (*, D).
        weight: shape (D,).
        eps: what the forward pass has added to the variance, under the root.

    Returns:
        ``(grad_input, grad_weight, grad_bias)`` of shapes (*, D), (D,) and (D,).

    Source: Ba, Kiros, Hinton, "Layer Normalization", https://arxiv.org/abs/1607.06450;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
    """
    ### BEGIN SOLUTION
    centred = input - input.mean(dim=-1, keepdim=True)
    std = (centred.square().mean(dim=-1, keepdim=True) + eps).sqrt()
    normalized = centred / std

    grad_normalized = grad_output * weight
    through_mean = grad_normalized.mean(dim=-1, keepdim=True)
    through_variance = normalized * (grad_normalized * normalized).mean(dim=-1, keepdim=True)
    grad_input = (grad_normalized - through_mean - through_variance) / std

    grad_weight = (grad_output * normalized).flatten(end_dim=-2).sum(dim=0)  # all samples used the same weight
    grad_bias = grad_output.flatten(end_dim=-2).sum(dim=0)
    return grad_input, grad_weight, grad_bias
    ### END SOLUTION
