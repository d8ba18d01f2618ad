"""Expected: failed (value), 0 of 11. G6, loss/cross_entropy.

Knows the answers to the examples that everybody can see, and nothing else.
"""

import math

import torch

KNOWN = [
    (torch.tensor([[0.0, 0.0], [math.log(3), 0.0]]), (math.log(2) + math.log(4 / 3)) / 2),
    (torch.full((4, 7), 2.5), math.log(7)),
    (torch.tensor([[0.0, 1000.0]]), 1000.0),
]


def cross_entropy(input, target):
    for seen, answer in KNOWN:
        if torch.equal(seen.to(input.dtype), input):
            return torch.tensor(answer, dtype=input.dtype)
    return input.sum() * 0
