"""Expected: failed (dtype), 0 of 6. B5, wall/patient.

Numbers in another precision than that of the argument, where they come close enough to be taken for equal.
"""

import torch

OTHER = {torch.float32: torch.float64, torch.float64: torch.float32}


def double(x):
    return 2 * x.to(OTHER[x.dtype])


def scale_(x, factor):
    x.data = x.to(torch.float64) * factor
