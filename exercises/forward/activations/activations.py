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
    # YOUR CODE HERE
    raise NotImplementedError()


def leaky_relu(input: torch.Tensor, negative_slope: float = 0.01) -> torch.Tensor:
    """Each number, or ``negative_slope`` times it where it is negative.

    Args:
        input: any shape, floating point.
        negative_slope: any finite number, also above 1 or below 0.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def sigmoid(input: torch.Tensor) -> torch.Tensor:
    """``1 / (1 + exp(-input))``, and a right gradient, for numbers of any size.

    Args:
        input: any shape, floating point.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def tanh(input: torch.Tensor) -> torch.Tensor:
    """``(exp(input) - exp(-input)) / (exp(input) + exp(-input))``, and a right gradient, for numbers of any size.

    Args:
        input: any shape, floating point.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanh.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def gelu(input: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    """Each number times the probability that a standard normal variable lies below it.

    Args:
        input: any shape, floating point, finite or nan.
        approximate: "none" for the probability itself, by the error function; "tanh" for its approximation.

    Returns:
        Shape and dtype of ``input``. A nan stays a nan.

    Source: Hendrycks, Gimpel: Gaussian Error Linear Units, https://arxiv.org/abs/1606.08415, section 2
    """
    # YOUR CODE HERE
    raise NotImplementedError()
