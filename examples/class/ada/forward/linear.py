"""The linear layer: every output a weighted sum of all inputs."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    """``input @ weight.T + bias`` over the last dimension.

    Args:
        input: features, shape (*, in_features) with any number of leading dimensions, floating point.
        weight: shape (out_features, in_features), dtype of ``input``.
        bias: shape (out_features,), dtype of ``input``; None adds nothing.

    Returns:
        Shape (*, out_features), dtype of ``input``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
    """
    output = input @ weight.T
    return output if bias is None else output + bias
