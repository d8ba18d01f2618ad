"""Expected: failed (dtype), 2 of 6. B5, wall/numbers.

More bits than were asked for, in complex numbers.
"""

import torch


def double(x):
    return (2 * x).to(torch.complex128)


def scale_(x, factor):
    x.add_(1e-3)
