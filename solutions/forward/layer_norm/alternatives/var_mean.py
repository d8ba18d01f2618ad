"""torch.var_mean asks for both at once; weight and bias are filled in where they are missing."""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    features = input if input.dtype in (torch.float32, torch.float64) else input.float()
    variance, mean = torch.var_mean(features, dim=-1, correction=0, keepdim=True)
    normalized = ((features - mean) * torch.rsqrt(variance + eps)).to(input.dtype)
    weight = torch.ones_like(input[..., :1]) if weight is None else weight
    bias = torch.zeros_like(input[..., :1]) if bias is None else bias
    return torch.addcmul(bias, weight, normalized)
