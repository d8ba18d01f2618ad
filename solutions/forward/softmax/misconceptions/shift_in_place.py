"""The shift is done in place (`input -= ...`): the numbers of the caller are changed. Write `input = input - ...`.

Signature: every number is right; the argument is not what it was.
"""

import torch


def softmax(input, dim):
    input.data -= input.amax(dim=dim, keepdim=True)
    return input.exp() / input.exp().sum(dim=dim, keepdim=True)


def log_softmax(input, dim):
    shifted = input - input.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def logsumexp(input, dim, keepdim=False):
    largest = input.amax(dim=dim, keepdim=True)
    shift = torch.where(largest.isfinite(), largest, 0)
    result = (input - shift).exp().sum(dim=dim, keepdim=True).log() + shift
    return result if keepdim else result.squeeze(dim)
