"""Mean and variance are taken over the samples, as in batch normalization, not over the features of each sample."""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    wide = input.to(torch.promote_types(input.dtype, torch.float32))
    centred = wide - wide.mean(dim=0, keepdim=True)
    output = centred / (centred.square().mean(dim=0, keepdim=True) + eps).sqrt()
    if weight is not None:
        output = output * weight
    if bias is not None:
        output = output + bias
    return output.to(input.dtype)
