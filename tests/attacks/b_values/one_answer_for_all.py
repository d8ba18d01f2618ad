"""Expected: failed (value), 0 of 6. B8, wall/numbers.

The same plausible answer whatever was asked.
"""

import torch


def double(x):
    return torch.ones_like(x)


def scale_(x, factor):
    x.fill_(3.0)
