"""sigmoid's gradient is nan on both sides: the branch that overflows is not picked, but autograd passes through it.

Signature: every value is right; gradients are nan on both sides.
"""

import math

import torch


def relu(input):
    return input.clamp(min=0)


def leaky_relu(input, negative_slope=0.01):
    return torch.where(input > 0, input, negative_slope * input)


def sigmoid(input):
    grown = torch.exp(input)
    return torch.where(input >= 0, 1 / (1 + torch.exp(-input)), grown / (1 + grown))


def tanh(input):
    positive = input >= 0
    small = torch.where(positive, -2 * input, 2 * input).exp()
    return torch.where(positive, 1 - small, small - 1) / (1 + small)


def gelu(input, approximate="none"):
    if approximate == "tanh":
        return 0.5 * input * (1 + tanh(math.sqrt(2 / math.pi) * (input + 0.044715 * input**3)))
    return 0.5 * input * (1 + torch.erf(input / math.sqrt(2)))
