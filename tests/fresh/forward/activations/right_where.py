"""Each case with an exponent that cannot overflow, chosen by where; tanh by expm1; gelu by erfc."""

import math

import torch


def relu(input: torch.Tensor) -> torch.Tensor:
    return input.clamp(min=0)


def leaky_relu(input: torch.Tensor, negative_slope: float = 0.01) -> torch.Tensor:
    return torch.where(input > 0, input, negative_slope * input)


def sigmoid(input: torch.Tensor) -> torch.Tensor:
    negative = input < 0
    small = torch.exp(torch.where(negative, input, -input))  # the exponent is never positive
    return torch.where(negative, small, 1.0) / (1 + small)


def tanh(input: torch.Tensor) -> torch.Tensor:
    negative = input < 0
    less = torch.expm1(torch.where(negative, 2 * input, -2 * input))  # exp(-2|x|) - 1
    size = less / (less + 2)
    return torch.where(negative, size, -size)


def gelu(input: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    if approximate == "tanh":
        x = torch.clamp(input, -30, 30)  # beyond that the factor is 0 or 1
        return input * sigmoid(2 * math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))
    return 0.5 * input * torch.erfc(-input / math.sqrt(2))
