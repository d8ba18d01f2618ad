"""tanh of a large number is inf / inf = nan: let only exponents that are not positive come to exp().

Signature: right for small numbers; nan from 89 on in float32, from 710 on in float64.
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
    up, down = torch.exp(input), torch.exp(-input)
    return (up - down) / (up + down)


def gelu(input, approximate="none"):
    if approximate == "tanh":
        return 0.5 * input * (1 + tanh(math.sqrt(2 / math.pi) * (input + 0.044715 * input**3)))
    return 0.5 * input * (1 + torch.erf(input / math.sqrt(2)))
