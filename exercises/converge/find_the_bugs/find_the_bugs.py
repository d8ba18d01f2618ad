"""A training loop with validation and a schedule: paste the one with five bugs from the statement, and mend it."""

from collections.abc import Callable

import torch


def train(
    model: torch.nn.Module,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    data: tuple[torch.Tensor, torch.Tensor],
    valid: tuple[torch.Tensor, torch.Tensor],
    epochs: int,
    batch_size: int,
    generator: torch.Generator,
) -> list[tuple[float, float]]:
    """Train a classifier in place, and look after each epoch how good it is on samples for validation.

    Args:
        model: turns inputs (N, D) into logits; may have layers that behave differently in training.
        loss_fn: ``loss_fn(logits, labels)`` is the mean loss, shape (); labels are int64 and count from 0.
        optimizer: holds the parameters of ``model``.
        scheduler: sets the learning rate of ``optimizer``: one step of it for each epoch.
        data: inputs (N, D) and classes (N,), int64, which count from 1.
        valid: inputs and classes for validation, in the same form.
        epochs: how many times to go through ``data``, at least 1.
        batch_size: samples of a batch; the last one of an epoch may be smaller.
        generator: on the CPU; gives the order of each epoch, by one ``torch.randperm``.

    Returns:
        For each epoch the mean loss over all its samples, as found before the step on their batch, and the loss on
        ``valid`` after its last step.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
