"""eps is added to the root of the variance; it belongs under the root.

Signature: nearly right where the variance is large; 3.7 times too large where the features differ by 1e-3.
"""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    centred = wide - wide.mean(dim=-1, keepdim=True)
    output = centred / (centred.square().mean(dim=-1, keepdim=True).sqrt() + eps)
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
