"""The dimension is brought to the front; a running maximum and a running sum, one number of each slice after the other.

This is how attention is computed block by block: when a larger number comes, the sum so far is rescaled.
"""

import torch


def _running(input):
    largest, total = input[0], torch.ones_like(input[0])
    for numbers in input[1:]:
        new = torch.maximum(largest, numbers)
        safe = new.clamp(min=torch.finfo(input.dtype).min)
        total = total * (largest - safe).exp() + (numbers - safe).exp()
        largest = new
    return largest, total


def softmax(input, dim):
    moved = input.movedim(dim, 0)
    largest, total = _running(moved)
    return ((moved - largest).exp() / total).movedim(0, dim)


def log_softmax(input, dim):
    moved = input.movedim(dim, 0)
    largest, total = _running(moved)
    return (moved - largest - total.log()).movedim(0, dim)


def logsumexp(input, dim, keepdim=False):
    largest, total = _running(input.movedim(dim, 0))
    result = largest + total.log()
    return result.unsqueeze(dim) if keepdim else result
