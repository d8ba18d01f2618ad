"""At exactly 0 sigmoid and tanh have the gradient 0: that is the gradient of abs() there, and it goes through.

Signature: every value is right, and every gradient but the one at 0.
"""

import math

import torch


def relu(input):
    return input.clamp(min=0)


def leaky_relu(input, negative_slope=0.01):
    return torch.where(input > 0, input, negative_slope * input)


def sigmoid(input):
    small = torch.exp(-input.abs())
    return torch.where(input >= 0, 1, small) / (1 + small)


def tanh(input):
    return 2 * sigmoid(2 * input) - 1


def gelu(input, approximate="none"):
    if approximate == "tanh":
        return 0.5 * input * (1 + tanh(math.sqrt(2 / math.pi) * (input + 0.044715 * input**3)))
    return 0.5 * input * (1 + torch.erf(input / math.sqrt(2)))
