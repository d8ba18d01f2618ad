"""Expected: failed (nonfinite), 0 of 6. B1, wall/numbers.

Right but for one element, which is nan.
"""

import torch


def double(x):
    return torch.where(torch.arange(x.numel()).reshape(x.shape) == 0, float('nan'), 2 * x)


def scale_(x, factor):
    x.mul_(float('nan'))
