"""Minibatches: one epoch through a data set, in a random order that can be repeated."""

from collections.abc import Iterable

import torch


def minibatches(
    input: torch.Tensor,
    target: torch.Tensor,
    batch_size: int,
    shuffle: bool = False,
    drop_last: bool = False,
    generator: torch.Generator | None = None,
) -> Iterable[tuple[torch.Tensor, torch.Tensor]]:
    """The batches of one epoch.

    Args:
        input: the samples lie along the first dimension.
        target: what belongs to them, along the first dimension as well.
        batch_size: how many samples are in a batch, at least 1.
        shuffle: whether the samples come in random order, all orders equally likely.
        drop_last: whether a last batch of fewer than ``batch_size`` samples is left out.
        generator: a CPU generator that the order is drawn from; None stands for PyTorch's global one.

    Returns:
        Pairs ``(input, target)`` of a batch, as a list or an iterator. No batch is empty.

    Raises:
        ValueError: ``batch_size`` is less than 1, or ``input`` and ``target`` have different lengths.

    Source: https://docs.pytorch.org/docs/stable/data.html
    """
    ### BEGIN SOLUTION
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    order = torch.randperm(samples, generator=generator) if shuffle else torch.arange(samples)
    stop = samples - samples % batch_size if drop_last else samples
    for first in range(0, stop, batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[batch]
    ### END SOLUTION
