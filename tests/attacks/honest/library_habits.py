"""Expected: passed, 6 of 6. honest, wall/numbers.

Works like a small library: a self-test while it is loaded, a class, an autograd function, a cache, warnings, a seed.
"""

import functools
import random
import sys
import warnings
from dataclasses import dataclass

import torch

torch.manual_seed(0)
random.seed(0)
torch.set_default_dtype(torch.float64)
sys.setrecursionlimit(2000)


class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, grad):
        return grad * 2


@dataclass(frozen=True)
class Scale:
    factor: float

    def __call__(self, x):
        return x.mul_(self.factor)


@functools.lru_cache
def scale_of(factor):
    return Scale(factor)


def double(x):
    warnings.warn("this is slow")
    return Double.apply(x)


def scale_(x, factor):
    return scale_of(factor)(x)


assert torch.equal(double(torch.ones(3)), torch.full((3,), 2.0)), "the self-test failed"
if __name__ == "__main__":
    raise SystemExit(1)
