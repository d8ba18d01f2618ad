"""leaky_relu is max(x, s x), which takes the wrong one of the two for a slope above 1."""

import math

import torch


def relu(input: torch.Tensor) -> torch.Tensor:
    return input.clamp(min=0)


def leaky_relu(input: torch.Tensor, negative_slope: float = 0.01) -> torch.Tensor:
    return torch.maximum(input, negative_slope * input)


def sigmoid(input: torch.Tensor) -> torch.Tensor:
    negative = input < 0
    small = torch.exp(torch.where(negative, input, -input))  # the exponent is never positive
    return torch.where(negative, small, 1.0) / (1 + small)


def tanh(input: torch.Tensor) -> torch.Tensor:
    return 2 * sigmoid(2 * input) - 1


def gelu(input: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    if approximate == "none":
        return input / 2 * (1 + torch.erf(input / math.sqrt(2)))
    near = input.clamp(-30, 30)  # further out the tanh is 1 or -1 anyway
    return input / 2 * (1 + tanh(math.sqrt(2 / math.pi) * (near + 0.044715 * near * near * near)))
