"""Expected: failed (dtype), 8 of 11. G7, loss/cross_entropy.

Works once for every shape and then says what it said: right where a shape comes for the first time, and only there.
"""

import torch

KNOWN = {}


def cross_entropy(input, target):
    if input.shape not in KNOWN:
        KNOWN[input.shape] = (torch.logsumexp(input, 1) - input[torch.arange(len(target)), target]).mean()
    return KNOWN[input.shape]
