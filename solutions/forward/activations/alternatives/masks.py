"""Masked assignment into a copy, and the exponent of sigmoid cut off where the result no longer changes."""

import math

import torch


def relu(input):
    output = input.clone()
    output[input < 0] = 0
    return output


def leaky_relu(input, negative_slope=0.01):
    output = input.clone()
    output[input < 0] = negative_slope * input[input < 0]
    return output


def sigmoid(input):
    return 1 / (1 + torch.exp(-input.clamp(-80, 80)))


def tanh(input):
    grown = torch.exp(2 * input.clamp(-40, 40))
    return (grown - 1) / (grown + 1)


def gelu(input, approximate="none"):
    if approximate == "tanh":
        inner = (2 / math.pi) ** 0.5 * input * (1 + 0.044715 * input.square())
        return 0.5 * input * (1 + tanh(inner))
    return input * (0.5 + 0.5 * torch.erf(input * 0.5**0.5))
