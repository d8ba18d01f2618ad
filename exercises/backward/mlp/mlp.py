"""Backward pass of a whole network: two linear layers, a ReLU, the cross-entropy and an L2 penalty."""

import torch


def mlp_forward(
    input: torch.Tensor, weight1: torch.Tensor, bias1: torch.Tensor, weight2: torch.Tensor, bias2: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The forward pass: what the hidden layer gives before and after the ReLU, and the logits."""
    pre = input @ weight1.T + bias1
    hidden = pre.clamp(min=0)
    return pre, hidden, hidden @ weight2.T + bias2


def mlp_backward(
    input: torch.Tensor,
    target: torch.Tensor,
    weight1: torch.Tensor,
    bias1: torch.Tensor,
    weight2: torch.Tensor,
    bias2: torch.Tensor,
    weight_decay: float = 0.0,
) -> dict[str, torch.Tensor]:
    """Gradients of ``cross_entropy(logits, target) + weight_decay / 2 * (sum of all squared weights)``.

    Args:
        input: shape (N, in_features), floating point.
        target: the right class of each sample, shape (N,), int64 in [0, C).
        weight1, bias1: the hidden layer's, shapes (hidden, in_features) and (hidden,).
        weight2, bias2: the last layer's, shapes (C, hidden) and (C,).
        weight_decay: the factor of the penalty; biases are not penalised.

    Returns:
        The gradient of each of ``"logits"``, ``"weight2"``, ``"bias2"``, ``"hidden"``, ``"pre"``, ``"weight1"``,
        ``"bias1"`` and ``"input"``, of its shape and the dtype of ``input``.

    Source: D. Rumelhart, G. Hinton, R. Williams, Learning representations by back-propagating errors (1986),
        https://doi.org/10.1038/323533a0
    """
    # YOUR CODE HERE
    raise NotImplementedError()
