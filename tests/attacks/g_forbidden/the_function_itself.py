"""Expected: failed (forbidden), 0 of 11. G1, loss/cross_entropy.

The plainest of all: the library computes the loss.
"""

import torch.nn.functional as F


def cross_entropy(input, target):
    return F.cross_entropy(input, target)
