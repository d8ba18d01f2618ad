"""Right: torch.var_mean with correction 0, then one scale and one shift, where None stands for ones and zeros."""

import torch


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    wide = torch.promote_types(input.dtype, torch.float32)
    x = input.to(wide)
    gamma = x.new_ones(x.shape[-1]) if weight is None else weight.to(wide)
    beta = x.new_zeros(x.shape[-1]) if bias is None else bias.to(wide)
    variance, mean = torch.var_mean(x, -1, correction=0, keepdim=True)
    return torch.addcmul(beta, gamma, (x - mean) * torch.rsqrt(variance + eps)).to(input.dtype)
