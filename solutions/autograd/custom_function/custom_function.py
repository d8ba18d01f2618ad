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
        ### BEGIN SOLUTION
        ctx.save_for_backward(input, beta)
        return input * torch.sigmoid(beta * input)
        ### END SOLUTION

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor | None, torch.Tensor | None]:
        """The gradients of ``input`` and ``beta``; None for one that is not needed."""
        ### BEGIN SOLUTION
        input, beta = ctx.saved_tensors
        gate = torch.sigmoid(beta * input)
        slope = gate * (1 - gate)
        grad_input = grad_beta = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output * (gate + beta * input * slope)
        if ctx.needs_input_grad[1]:
            grad_beta = (grad_output * input**2 * slope).sum()  # one beta for all elements
        return grad_input, grad_beta
        ### END SOLUTION


class Sign(torch.autograd.Function):
    """``Sign.apply(input)`` is 1 where the input is at least 0, else -1, with a straight-through gradient.

    Source: https://arxiv.org/abs/1602.02830 (section 1.3)
    """

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor) -> torch.Tensor:
        """1 and -1, shape and dtype of ``input``."""
        ### BEGIN SOLUTION
        ctx.save_for_backward(input)
        return torch.where(input >= 0, 1.0, -1.0).to(input.dtype)
        ### END SOLUTION

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> torch.Tensor:
        """The gradient of the output where the input is in [-1, 1], else 0."""
        ### BEGIN SOLUTION
        (input,) = ctx.saved_tensors
        return grad_output * (input.abs() <= 1)
        ### END SOLUTION


class CrossEntropy(torch.autograd.Function):
    """``CrossEntropy.apply(input, target)`` is the mean of ``-log softmax(input)[target]`` over a batch.

    ``input`` has shape (N, C), ``target`` shape (N,) and dtype int64.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
    """

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """The mean loss, shape ()."""
        ### BEGIN SOLUTION
        logs = torch.log_softmax(input, dim=1)
        ctx.save_for_backward(logs, target)
        return -logs.gather(1, target[:, None]).mean()
        ### END SOLUTION

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor, None]:
        """The gradient of ``input``; whole numbers like ``target`` have none."""
        ### BEGIN SOLUTION
        logs, target = ctx.saved_tensors
        right = torch.nn.functional.one_hot(target, logs.shape[1])
        return grad_output * (logs.exp() - right) / len(target), None
        ### END SOLUTION
