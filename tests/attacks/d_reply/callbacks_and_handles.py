"""Expected: failed (type), 0 of 6. D9, wall/numbers.

Returns things that want to be called or asked again later: a function, a generator, a module, a class.
"""

import sys

import torch


def double(x):
    return [lambda: 2 * x, (n for n in x.reshape(-1)), sys, torch.nn.Linear(1, 1)][x.dim()]


def scale_(x, factor):
    x.__dict__["later"] = lambda: x * factor
