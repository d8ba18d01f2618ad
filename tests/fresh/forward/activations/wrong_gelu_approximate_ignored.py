"""Never looks at approximate: gelu is always the one with the error function."""

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
    return 2 * sigmoid(2 * input) - 1


def gelu(input: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    normal = 0.5 * (1 + torch.erf(input / math.sqrt(2.0)))
    return input * normal
