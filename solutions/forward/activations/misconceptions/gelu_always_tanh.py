"""gelu uses the approximation with tanh even where approximate is "none": the error function is asked there.

Signature: at most 4.7e-4 off.
"""

import math

import torch


def relu(input):
    return input.clamp(min=0)


def leaky_relu(input, negative_slope=0.01):
    return torch.where(input > 0, input, negative_slope * input)


def sigmoid(input):
    positive = input >= 0
    small = torch.where(positive, -input, input).exp()
    return torch.where(positive, 1, small) / (1 + small)


def tanh(input):
    return 2 * sigmoid(2 * input) - 1


def gelu(input, approximate="none"):
    return 0.5 * input * (1 + tanh(math.sqrt(2 / math.pi) * (input + 0.044715 * input**3)))
