"""The variance is divided by D - 1; layer normalization divides it by D (`correction=0`).

Signature: without the bias, a constant ratio of the root of (D - 1) / D; nan for one feature.
"""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    variance, mean = torch.var_mean(wide, dim=-1, keepdim=True)
    output = (wide - mean) / (variance + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
