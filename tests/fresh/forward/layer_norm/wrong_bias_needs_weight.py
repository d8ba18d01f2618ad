"""Wrong: a bias is only added if there is a weight, too."""

import torch


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    dtype = input.dtype if input.dtype == torch.float64 else torch.float32
    x = input.to(dtype)
    centred = x - x.mean(-1, keepdim=True)
    variance = (centred * centred).mean(-1, keepdim=True)
    normalized = centred * torch.rsqrt(variance + eps)

    if weight is not None:
        normalized = normalized * weight
        if bias is not None:
            normalized = normalized + bias
    return normalized.to(input.dtype)
