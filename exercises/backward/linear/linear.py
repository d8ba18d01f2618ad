"""Backward pass of a linear layer: the chain rule, written as matrix products."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Gradients of a loss through ``input @ weight.T + bias``.

    Args:
        grad_output: gradient of the loss with respect to the layer's output, shape (N, out_features).
        input: what the layer was given in the forward pass, shape (N, in_features).
        weight: shape (out_features, in_features).

    Returns:
        ``(grad_input, grad_weight, grad_bias)`` of shapes (N, in_features), (out_features, in_features) and
        (out_features,).

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
