"""Expected: failed (shape), 0 of 6. D2, wall/patient.

The largest answer that its memory allows, millions of numbers for every dozen, to keep the grader busy with them.
"""

import torch


def double(x):
    return (2 * x).sum() * torch.ones(5_000_000, dtype=x.dtype)


def scale_(x, factor):
    x.data = torch.full((5_000_000,), factor)
