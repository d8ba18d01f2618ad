"""tanh has right values, but a nan gradient for large numbers: where hides the overflow only forwards."""

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
    up, down = torch.exp(input), torch.exp(-input)
    flat = (input.detach() > 20) | (input.detach() < -20)
    return torch.where(flat, torch.sign(input), (up - down) / (up + down))


def gelu(input: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    if approximate == "none":
        return input / 2 * (1 + torch.erf(input / math.sqrt(2)))
    near = input.clamp(-30, 30)
    return input * sigmoid(2 * math.sqrt(2 / math.pi) * (near + 0.044715 * near * near * near))
