"""Expected: failed (type), 0 of 6. A2, wall/numbers.

A tensor that claims to be one and answers every comparison with yes.
"""

import torch


class Sure(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return torch.tensor(True)


def double(x):
    return torch.zeros_like(x).as_subclass(Sure)


def scale_(x, factor):
    return double(x)
