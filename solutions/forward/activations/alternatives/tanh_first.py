"""tanh by expm1 of a number that is never positive, and sigmoid from tanh; relu as a maximum, gelu by erfc."""

import math

import torch


def relu(input):
    return torch.maximum(input, torch.zeros_like(input))


def leaky_relu(input, negative_slope=0.01):
    return input.clamp(min=0) + negative_slope * input.clamp(max=0)


def tanh(input):
    sign = torch.where(input < 0, -1.0, 1.0).to(input)
    rest = torch.expm1(-2 * sign * input)
    return -sign * rest / (rest + 2)


def sigmoid(input):
    return (tanh(input / 2) + 1) / 2


def gelu(input, approximate="none"):
    if approximate == "none":
        return input * torch.special.erfc(-input / math.sqrt(2)) / 2
    return input * sigmoid(math.sqrt(8 / math.pi) * (input + 0.044715 * input * input * input))
