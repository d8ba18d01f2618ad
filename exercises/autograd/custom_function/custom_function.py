"""Functions with a backward pass of their own, for autograd to call."""

from __future__ import annotations

from typing import Any

import torch


class Swish(torch.autograd.Function):
    """``Swish.apply(input, beta)`` is ``input * σ(beta * input)`` with a factor that may be learned.

    ``input`` has any shape; ``beta`` is a tensor of shape () and of the same dtype.

    Source: https://arxiv.org/abs/1710.05941
    """

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor, beta: torch.Tensor) -> torch.Tensor:
        """The result; what the backward pass needs is saved in ``ctx``."""
        # YOUR CODE HERE
        raise NotImplementedError()

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor | None, torch.Tensor | None]:
        """The gradients of ``input`` and ``beta``; None for one that is not needed."""
        # YOUR CODE HERE
        raise NotImplementedError()


class Sign(torch.autograd.Function):
    """``Sign.apply(input)`` is 1 where the input is at least 0, else -1, with a straight-through gradient.

    Source: https://arxiv.org/abs/1602.02830 (section 1.3)
    """

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor) -> torch.Tensor:
        """1 and -1, shape and dtype of ``input``."""
        # YOUR CODE HERE
        raise NotImplementedError()

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> torch.Tensor:
        """The gradient of the output where the input is in [-1, 1], else 0."""
        # YOUR CODE HERE
        raise NotImplementedError()


class CrossEntropy(torch.autograd.Function):
    """``CrossEntropy.apply(input, target)`` is the mean of ``-log softmax(input)[target]`` over a batch.

    ``input`` has shape (N, C), ``target`` shape (N,) and dtype int64.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
    """

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """The mean loss, shape ()."""
        # YOUR CODE HERE
        raise NotImplementedError()

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor, None]:
        """The gradient of ``input``; whole numbers like ``target`` have none."""
        # YOUR CODE HERE
        raise NotImplementedError()
