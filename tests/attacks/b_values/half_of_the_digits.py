"""Expected: failed (value), 0 of 6. B5, wall/numbers.

Computes in half precision and says that it did not: the dtype is right, three digits of the numbers are.
"""

import torch


def double(x):
    return (2 * x).to(torch.bfloat16).to(x.dtype)


def scale_(x, factor):
    x.copy_((x * factor).to(torch.bfloat16))
