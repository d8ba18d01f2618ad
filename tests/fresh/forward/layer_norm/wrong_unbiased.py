"""Wrong: the variance is divided by D - 1, which is what torch.var does when nobody tells it otherwise."""

import torch


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    x = input.float() if input.dtype in (torch.float16, torch.bfloat16) else input
    output = (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, keepdim=True) + eps)
    output = output.to(input.dtype)
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output
