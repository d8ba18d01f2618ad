"""Layer normalization: each sample's features are brought to mean 0 and variance 1."""

import torch


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    """``weight * (input - mean) / sqrt(variance + eps) + bias``, with mean and variance over the last dimension.

    Args:
        input: features, shape (*, D) with any number of leading dimensions, floating point.
        weight: shape (D,), dtype of ``input``; None multiplies by nothing.
        bias: shape (D,), dtype of ``input``; None adds nothing.
        eps: is added to the variance, under the root.

    Returns:
        Shape (*, D), dtype of ``input``. For float16 and bfloat16, mean and variance are computed in float32.

    Source: Ba, Kiros, Hinton, "Layer Normalization", https://arxiv.org/abs/1607.06450;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
    """
    ### BEGIN SOLUTION
    # Half precision holds no squares above 65504, and no mean to more than three digits.
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    centred = wide - wide.mean(dim=-1, keepdim=True)
    variance = centred.square().mean(dim=-1, keepdim=True)
    output = centred / (variance + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
    ### END SOLUTION
