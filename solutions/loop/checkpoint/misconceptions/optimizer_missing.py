"""The optimizer's state is not restored: its velocity or its moments start from zero after the interruption.

Signature: right for plain SGD with a constant learning rate.
"""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    checkpoint = {
        "model": model.state_dict(),
        "scheduler": scheduler.state_dict(),
        "generator": generator.get_state(),
        "global": torch.get_rng_state(),
        "epoch": epoch,
    }
    return copy.deepcopy(checkpoint)


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    checkpoint = copy.deepcopy(checkpoint)
    model.load_state_dict(checkpoint["model"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    generator.set_state(checkpoint["generator"])
    torch.set_rng_state(checkpoint["global"])
    return checkpoint["epoch"]
