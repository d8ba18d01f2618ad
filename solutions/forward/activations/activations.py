"""Activation functions: what makes a stack of linear layers more than one linear layer."""

import math

import torch


def relu(input: torch.Tensor) -> torch.Tensor:
    """Each number, or 0 where it is negative.

    Args:
        input: any shape, floating point.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ReLU.html
    """
    ### BEGIN SOLUTION
    return input.clamp(min=0)
    ### END SOLUTION


def leaky_relu(input: torch.Tensor, negative_slope: float = 0.01) -> torch.Tensor:
    """Each number, or ``negative_slope`` times it where it is negative.

    Args:
        input: any shape, floating point.
        negative_slope: any finite number, also above 1 or below 0.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
    """
    ### BEGIN SOLUTION
    return torch.where(input > 0, input, negative_slope * input)
    ### END SOLUTION


def sigmoid(input: torch.Tensor) -> torch.Tensor:
    """``1 / (1 + exp(-input))``, and a right gradient, for numbers of any size.

    Args:
        input: any shape, floating point.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html
    """
    ### BEGIN SOLUTION
    positive = input >= 0
    small = torch.where(positive, -input, input).exp()  # at most 1: neither branch below can overflow
    return torch.where(positive, 1, small) / (1 + small)
    ### END SOLUTION


def tanh(input: torch.Tensor) -> torch.Tensor:
    """``(exp(input) - exp(-input)) / (exp(input) + exp(-input))``, and a right gradient, for numbers of any size.

    Args:
        input: any shape, floating point.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanh.html
    """
    ### BEGIN SOLUTION
    return 2 * sigmoid(2 * input) - 1
    ### END SOLUTION


def gelu(input: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    """Each number times the probability that a standard normal variable lies below it.

    Args:
        input: any shape, floating point, finite or nan.
        approximate: "none" for the probability itself, by the error function; "tanh" for its approximation.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: Hendrycks, Gimpel: Gaussian Error Linear Units, https://arxiv.org/abs/1606.08415, section 2
    """
    ### BEGIN SOLUTION
    if approximate == "tanh":
        return 0.5 * input * (1 + tanh(math.sqrt(2 / math.pi) * (input + 0.044715 * input**3)))
    return 0.5 * input * (1 + torch.erf(input / math.sqrt(2)))
    ### END SOLUTION
