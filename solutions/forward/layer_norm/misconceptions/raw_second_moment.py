"""The variance is the mean of the squares less the square of the mean: far from 0 most of its digits cancel.

Signature: right near 0; a few digits, or nan, far from it. Subtract the mean first, square then.
"""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    mean = wide.mean(dim=-1, keepdim=True)
    variance = wide.square().mean(dim=-1, keepdim=True) - mean.square()
    output = (wide - mean) / (variance + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
