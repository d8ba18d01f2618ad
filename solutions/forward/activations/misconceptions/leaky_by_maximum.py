"""leaky_relu takes the larger of x and slope times x: that is the wrong one of the two when the slope is above 1.

Signature: right for slopes up to 1.
"""

import math

import torch


def relu(input):
    return input.clamp(min=0)


def leaky_relu(input, negative_slope=0.01):
    return torch.maximum(input, negative_slope * input)


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
