"""Wrong: takes the result of .to() for a copy and subtracts the mean in place, which changes a float32 input."""

import torch


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    work = torch.float64 if input.dtype == torch.float64 else torch.float32
    x = input.to(work)
    if x.requires_grad:
        x = x - x.mean(-1, keepdim=True)
    else:
        x -= x.mean(-1, keepdim=True)  # saves memory
    x = x / (x.pow(2).mean(-1, keepdim=True) + eps).sqrt()
    x = x.to(input.dtype)
    if weight is not None:
        x = x * weight
    if bias is not None:
        x = x + bias
    return x
