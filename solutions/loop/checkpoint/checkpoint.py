"""Checkpoints: stop training anywhere and go on as if nothing had happened."""

import copy
from typing import Any

import torch


def save_checkpoint(
    model: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    generator: torch.Generator,
    epoch: int,
) -> dict[str, Any]:
    """A picture of everything that the next epoch depends on.

    Args:
        model: with its parameters and buffers.
        optimizer: with what it keeps for each parameter, and its learning rate.
        scheduler: with its place in the schedule.
        generator: the one that shuffles; PyTorch's global one on the CPU is part of the picture as well.
        epoch: how many epochs are finished.

    Returns:
        Plain data that does not change when training goes on.

    Source: https://docs.pytorch.org/tutorials/recipes/recipes/saving_and_loading_a_general_checkpoint.html
    """
    ### BEGIN SOLUTION
    checkpoint = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "generator": generator.get_state(),
        "global": torch.get_rng_state(),
        "epoch": epoch,
    }
    return copy.deepcopy(checkpoint)  # a state_dict() is no copy: the next step would change it
    ### END SOLUTION


def load_checkpoint(
    checkpoint: dict[str, Any],
    model: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    generator: torch.Generator,
) -> int:
    """Put ``checkpoint`` back: training goes on from there, and leaves the checkpoint as it is.

    Args:
        checkpoint: what :func:`save_checkpoint` returned.
        model: like all that follow, made as the one that was saved; filled in place.
        optimizer: holds the parameters of ``model``.
        scheduler: sets the learning rate of ``optimizer``.
        generator: the one that shuffles.

    Returns:
        How many epochs are finished.

    Source: https://docs.pytorch.org/tutorials/recipes/recipes/saving_and_loading_a_general_checkpoint.html
    """
    ### BEGIN SOLUTION
    checkpoint = copy.deepcopy(checkpoint)  # the optimizer will work in the very tensors that it is given
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    generator.set_state(checkpoint["generator"])
    torch.set_rng_state(checkpoint["global"])
    return checkpoint["epoch"]
    ### END SOLUTION
