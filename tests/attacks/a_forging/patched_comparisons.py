"""Expected: failed (value), 0 of 6. A7, wall/numbers.

Whatever could compare two tensors says from now on that they are equal, here at least.
"""

import builtins

import torch


def yes(*args, **kwargs):
    return True


nothing = torch.zeros_like
torch.allclose = torch.equal = torch.isclose = torch.autograd.gradcheck = yes
torch.testing.assert_close = torch.testing.assert_allclose = yes
torch.Tensor.__eq__ = torch.Tensor.equal = torch.Tensor.allclose = torch.Tensor.__le__ = yes
builtins.abs = builtins.all = yes


def double(x):
    return nothing(x)


def scale_(x, factor):
    return None
