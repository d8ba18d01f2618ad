"""logsumexp lacks the largest number that was subtracted before exp(): it has to be added again after the logarithm.

Signature: the result is the logarithm of a number between 1 and the size of the slice.
"""

import torch


def softmax(input, dim):
    grown = (input - input.amax(dim=dim, keepdim=True)).exp()
    return grown / grown.sum(dim=dim, keepdim=True)


def log_softmax(input, dim):
    shifted = input - input.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def logsumexp(input, dim, keepdim=False):
    largest = input.amax(dim=dim, keepdim=True)
    shift = torch.where(largest.isfinite(), largest, 0)
    result = (input - shift).exp().sum(dim=dim, keepdim=True).log()
    return result if keepdim else result.squeeze(dim)
