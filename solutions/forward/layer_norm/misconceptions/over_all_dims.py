"""One mean and one variance serve all samples: each sample needs its own, over the last dimension only (`dim=-1`)."""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    centred = wide - wide.mean()
    output = centred / (centred.square().mean() + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
