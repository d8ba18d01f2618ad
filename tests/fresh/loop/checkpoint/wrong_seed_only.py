"""Of the generator that shuffles only the seed is kept: a resumed run sees the orders of the first epochs again."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    return copy.deepcopy(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "seed": generator.initial_seed(),
            "torch": torch.get_rng_state(),
            "epoch": epoch,
        }
    )


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    checkpoint = copy.deepcopy(checkpoint)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    generator.manual_seed(checkpoint["seed"])
    torch.set_rng_state(checkpoint["torch"])
    return checkpoint["epoch"]
