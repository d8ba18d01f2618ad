"""The training loop: forward pass, loss, backward pass, optimizer step, repeat."""

from collections.abc import Callable

import torch


def train(
    model: torch.nn.Module,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    batches: list[tuple[torch.Tensor, torch.Tensor]],
    epochs: int,
) -> list[float]:
    """Train ``model`` in place, one optimizer step for each batch, ``epochs`` times through all batches.

    Args:
        model: put into training mode, then called with a batch of inputs.
        loss_fn: ``loss_fn(output, target)`` is the mean loss of a batch, shape ().
        optimizer: holds the parameters of ``model``.
        batches: pairs ``(input, target)`` with the same first dimension, not the same for all batches.
        epochs: how many times to go through ``batches``.

    Returns:
        For each epoch the mean loss over all its samples, as found before the step on their batch.

    Source: https://docs.pytorch.org/tutorials/beginner/basics/optimization_tutorial.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
