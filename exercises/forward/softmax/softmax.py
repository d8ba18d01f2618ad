"""Softmax, its logarithm and log-sum-exp: from any numbers to probabilities."""

import torch


def softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    """``exp(input)`` divided by its sum along ``dim``, for numbers of any size.

    Args:
        input: at least one dimension, floating point; may hold -inf, but not all along ``dim``.
        dim: the dimension along which the result adds up to 1; negative ones count from the end.

    Returns:
        Shape and dtype of ``input``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def log_softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    """The logarithm of ``softmax``, right also where the softmax itself is too small for a number.

    Args:
        input: at least one dimension, floating point; may hold -inf, but not all along ``dim``.
        dim: the dimension of the softmax; negative ones count from the end.

    Returns:
        Shape and dtype of ``input``; -inf where ``input`` is -inf.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def logsumexp(input: torch.Tensor, dim: int, keepdim: bool = False) -> torch.Tensor:
    """The logarithm of the sum of ``exp(input)`` along ``dim``, for numbers of any size.

    Args:
        input: at least one dimension, floating point; may hold -inf, also all along ``dim``.
        dim: the dimension that is summed over; negative ones count from the end.
        keepdim: whether that dimension stays, with size 1.

    Returns:
        Shape of ``input`` without ``dim`` (or with size 1 there), dtype of ``input``; -inf where all numbers are -inf.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
