"""Expected: failed (value), 0 of 6. B7, wall/numbers.

Right for the largest numbers only, zero for the rest: measured by an absolute tolerance, or on average, it is close.
"""

import torch


def double(x):
    return torch.where(x.abs() < x.abs().max(), 0.0, 2.0) * x if x.dim() else x.sign()


def scale_(x, factor):
    x.mul_(torch.where(x.abs() < x.abs().max(), 1.0, factor))
