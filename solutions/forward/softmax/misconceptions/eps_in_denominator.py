"""A small number is added to the sum of the exponentials: the sum is at least 1 after the shift, so there is no need.

Signature: the probabilities add up to a little less than 1.
"""

import torch


def softmax(input, dim):
    grown = (input - input.amax(dim=dim, keepdim=True)).exp()
    return grown / (grown.sum(dim=dim, keepdim=True) + 1e-6)


def log_softmax(input, dim):
    shifted = input - input.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def logsumexp(input, dim, keepdim=False):
    largest = input.amax(dim=dim, keepdim=True)
    shift = torch.where(largest.isfinite(), largest, 0)
    result = (input - shift).exp().sum(dim=dim, keepdim=True).log() + shift
    return result if keepdim else result.squeeze(dim)
