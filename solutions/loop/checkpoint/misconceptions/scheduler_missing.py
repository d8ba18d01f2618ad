"""The scheduler's state is not restored: it counts its epochs from 0 again, and changes the learning rate too late.

Signature: right with a constant learning rate.
"""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    checkpoint = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "generator": generator.get_state(),
        "global": torch.get_rng_state(),
        "epoch": epoch,
    }
    return copy.deepcopy(checkpoint)


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    checkpoint = copy.deepcopy(checkpoint)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    generator.set_state(checkpoint["generator"])
    torch.set_rng_state(checkpoint["global"])
    return checkpoint["epoch"]
