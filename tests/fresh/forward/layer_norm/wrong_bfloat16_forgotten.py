"""Wrong: only float16 is computed in float32; bfloat16 stays as it is, and its mean has two or three digits."""

import torch


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    x = input
    if x.dtype == torch.float16:
        x = x.to(torch.float32)

    mean = x.mean(dim=-1, keepdim=True)
    var = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
    x = ((x - mean) / (var + eps).sqrt()).to(input.dtype)

    if weight is not None:
        x = x * weight
    if bias is not None:
        x = x + bias
    return x
