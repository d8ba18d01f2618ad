"""relu sets the negative numbers to 0 in the caller's own tensor: work on a copy, or use clamp or where.

Signature: every value is right; the argument is not what it was.
"""

import math

import torch


def relu(input):
    input.data[input < 0] = 0
    return input * 1


def leaky_relu(input, negative_slope=0.01):
    return torch.where(input > 0, input, negative_slope * input)


def sigmoid(input):
    positive = input >= 0
    small = torch.where(positive, -input, input).exp()
    return torch.where(positive, 1, small) / (1 + small)


def tanh(input):
    return 2 * sigmoid(2 * input) - 1


def gelu(input, approximate="none"):
    if approximate == "tanh":
        return 0.5 * input * (1 + tanh(math.sqrt(2 / math.pi) * (input + 0.044715 * input**3)))
    return 0.5 * input * (1 + torch.erf(input / math.sqrt(2)))
