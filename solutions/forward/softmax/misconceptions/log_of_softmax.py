"""log_softmax is -inf where the probability has become 0: take the logarithm of the sum, not of the finished softmax.

Signature: right as long as no number is far behind.
"""

import torch


def softmax(input, dim):
    grown = (input - input.amax(dim=dim, keepdim=True)).exp()
    return grown / grown.sum(dim=dim, keepdim=True)


def log_softmax(input, dim):
    return softmax(input, dim).log()


def logsumexp(input, dim, keepdim=False):
    largest = input.amax(dim=dim, keepdim=True)
    shift = torch.where(largest.isfinite(), largest, 0)
    result = (input - shift).exp().sum(dim=dim, keepdim=True).log() + shift
    return result if keepdim else result.squeeze(dim)
