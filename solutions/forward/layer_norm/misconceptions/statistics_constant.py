"""Mean and variance are cut off from autograd (detach, no_grad): gradients must flow through both of them.

Signature: every value is right; only the gradient of the input is not.
"""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    with torch.no_grad():
        variance, mean = torch.var_mean(wide, dim=-1, correction=0, keepdim=True)
    output = (wide - mean) / (variance + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
