"""Wrong: a sample with one feature only is answered with 0, and the bias is forgotten there."""

import torch


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    if input.shape[-1] == 1:
        return input * 0  # mean is the feature itself, nothing is left
    x = input.float() if input.dtype in (torch.float16, torch.bfloat16) else input
    distance = x - x.mean(-1, keepdim=True)
    output = distance / torch.sqrt(distance.square().mean(-1, keepdim=True) + eps)
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
