"""Expected: crashed (exception), 0 of 6. D4, wall/numbers.

Returns a tensor that consists of tensors of several shapes: it says that it is an ordinary one, and has no shape.
"""

import torch


def double(x):
    return torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)])


def scale_(x, factor):
    x.data = torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)])
