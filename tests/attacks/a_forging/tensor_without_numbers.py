"""Expected: failed (value), 0 of 6. A2, wall/numbers.

A wrapper around nothing, with the right shape and dtype: what it is made of is only said when somebody looks, and
then it is said to be zeros.
"""

import torch


class Lazy(torch.Tensor):
    @staticmethod
    def __new__(cls, like):
        return torch.Tensor._make_wrapper_subclass(cls, like.shape, dtype=like.dtype)

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        return torch.zeros(args[0].shape, dtype=args[0].dtype)


def double(x):
    return Lazy(x)


def scale_(x, factor):
    x.zero_()
