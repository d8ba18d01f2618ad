"""Both other functions from logsumexp; the shift is kept out of the graph."""

import torch


def logsumexp(input, dim, keepdim=False):
    shift = input.detach().max(dim, keepdim=True).values.nan_to_num(neginf=0.0)
    result = shift + torch.log(torch.sum(torch.exp(input - shift), dim, keepdim=True))
    return result if keepdim else result.squeeze(dim)


def log_softmax(input, dim):
    return input - logsumexp(input, dim, keepdim=True)


def softmax(input, dim):
    return log_softmax(input, dim).exp()
