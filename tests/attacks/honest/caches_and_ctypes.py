"""Expected: passed, 6 of 6. honest, wall/numbers.

Remembers answers under their arguments, looks into its own frame and globals, uses ctypes, eval, warnings and a
decorator, and defines an operator's gradient by hand.
"""

import ctypes
import functools
import inspect
import warnings

import torch

warnings.warn("this module is still being written")
cache = {}


def remembered(function):
    @functools.wraps(function)
    def wrapper(x):
        key = x.shape, x.dtype, x.requires_grad, x.detach().numpy().tobytes()
        if x.requires_grad:
            return function(x)
        if key not in cache:
            cache[key] = function(x)
        return cache[key]

    return wrapper


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * eval("1 + 1")

    @staticmethod
    def backward(ctx, gradient):
        return 2 * gradient


@remembered
def double(x):
    assert inspect.currentframe().f_code.co_name == "double"
    return Twice.apply(x)


def scale_(x, factor):
    numbers = (ctypes.c_float * x.numel()).from_address(x.data_ptr())
    for index in range(x.numel()):
        numbers[index] = ctypes.c_float(factor * numbers[index]).value
