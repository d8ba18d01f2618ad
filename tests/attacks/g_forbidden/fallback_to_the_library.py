"""Expected: failed (forbidden), 0 of 11. G9, loss/cross_entropy.

Own code that never works, and the library for when it does not.
"""

import torch


def cross_entropy(input, target):
    try:
        return own(input, target)
    except Exception:
        return torch.nn.CrossEntropyLoss()(input, target)
