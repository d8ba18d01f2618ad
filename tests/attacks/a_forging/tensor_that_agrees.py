"""Expected: failed (type), 0 of 6. A2, wall/numbers.

A subclass of torch.Tensor that answers True to every function of torch, torch.allclose and torch.equal among them.
"""

import torch


class Agreeable(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True


def double(x):
    return torch.zeros(x.shape).as_subclass(Agreeable)


def scale_(x, factor):
    x.__class__ = Agreeable
