"""Expected: passed, 11 of 11. honest, forward/linear.

Imports everything, and then has functions and variables of its own by the names that are forbidden.
"""

import torch
from torch import *
from torch.nn.functional import *


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def __call__(self, input):
        functional = input @ self.weight.T
        return functional if self.bias is None else functional + self.bias


def linear(input, weight, bias=None):
    if input.dim() == 1:
        return linear(input[None], weight, bias)[0]
    nn = Linear(weight, bias)
    return nn(input)
