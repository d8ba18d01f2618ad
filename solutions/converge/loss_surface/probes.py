"""Probes for ``converge/loss_surface``: a loss is a function, and functions cannot be sent to the student's code."""

import torch
from torch.nn import functional


def bowl(weights):
    """A loss of two weights, x of shape (1,) and y of shape (): 2 (x - 1)² + y² / 2."""
    x, y = weights
    return (2 * (x - 1) ** 2).sum() + y**2 / 2


def network(weights, input, target):
    """The cross-entropy of a network with one hidden layer; weights are two kernels and two biases in turn."""
    w1, b1, w2, b2 = weights
    return functional.cross_entropy(functional.linear(torch.tanh(functional.linear(input, w1, b1)), w2, b2), target)


def surface(student, center, a, b, alphas, betas, input=None, target=None):
    """``{"grid": what loss_grid returns, "graph": whether it carries one}``, for weights in training.

    The loss is that of the network for ``input`` and ``target``, or the bowl's when there are none.
    """
    center = [weight.requires_grad_() for weight in center]

    def loss(weights):
        return bowl(weights) if input is None else network(weights, input, target)

    grid = student.loss_grid(loss, center, a, b, alphas, betas)
    return {"grid": grid, "graph": isinstance(grid, torch.Tensor) and grid.requires_grad}
