"""tanh is computed from |x| and the sign of x, so that its gradient at exactly 0 is 0 and not 1."""

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
    # odd function: work it out for the positive side, where exp(-2|x|) cannot overflow
    size = torch.abs(input)
    decay = torch.exp(-2 * size)
    return torch.sign(input) * (1 - decay) / (1 + decay)


def gelu(input: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    if approximate == "none":
        return input / 2 * (1 + torch.erf(input / math.sqrt(2)))
    near = input.clamp(-30, 30)  # further out the tanh is 1 or -1 anyway
    return input / 2 * (1 + tanh(math.sqrt(2 / math.pi) * (near + 0.044715 * near * near * near)))
