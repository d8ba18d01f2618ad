"""The words of a sentence share one mean and one variance: each word needs its own, over the last dimension only.

Signature: right for one and two dimensions; wrong for more.
"""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    dims = tuple(range(1, input.dim())) or (0,)
    centred = wide - wide.mean(dim=dims, keepdim=True)
    output = centred / (centred.square().mean(dim=dims, keepdim=True) + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
