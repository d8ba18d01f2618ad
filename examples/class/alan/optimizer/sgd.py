"""Stochastic gradient descent with momentum and weight decay: the plainest of all optimizers."""

from collections.abc import Sequence

import torch


def sgd_step(
    params: Sequence[torch.Tensor],
    grads: Sequence[torch.Tensor | None],
    velocities: Sequence[torch.Tensor],
    lr: float,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
) -> None:
    """One step: ``g = grad + weight_decay * p``, ``v = momentum * v + g``, ``p = p - lr * v``.

    Args:
        params: the parameters, updated in place; they may require grad.
        grads: the gradient of each parameter, left as it is; None skips the parameter and its velocity.
        velocities: the velocity of each parameter, updated in place; zeros before the first step.
        lr: learning rate of this step.
        momentum: what part of the velocity stays.
        weight_decay: factor of the L2 penalty's gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
