"""Backward pass of softmax, and of softmax and cross-entropy as one: where the backward pass of a classifier begins."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    """Gradient of a loss through ``output = softmax(input, dim)``.

    Args:
        grad_output: gradient of the loss with respect to ``output``, of its shape and dtype.
        output: what softmax returned in the forward pass, floating point.
        dim: the dimension that softmax was taken over; negative ones count from the end.

    Returns:
        The gradient with respect to softmax's input, of the shape and dtype of ``output``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
    """
    ### BEGIN SOLUTION
    weighted = grad_output * output
    return weighted - output * weighted.sum(dim=dim, keepdim=True)
    ### END SOLUTION


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Gradient of a loss through ``cross_entropy(input, target)``, the mean over the batch.

    Args:
        grad_output: gradient of the loss with respect to the mean cross-entropy, shape (), dtype of ``input``.
        input: logits, shape (N, C), floating point.
        target: the right class of each sample, shape (N,), int64 in [0, C).

    Returns:
        The gradient with respect to ``input``, of its shape and dtype.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
    """
    ### BEGIN SOLUTION
    right = torch.nn.functional.one_hot(target, input.shape[1])
    return grad_output * (torch.softmax(input, dim=1) - right) / len(target)  # 1/N: the loss is the mean
    ### END SOLUTION
