"""The model's parameters come back, its buffers do not: batch normalization forgets what it has seen."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    checkpoint = {
        "model": dict(model.named_parameters()),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "generator": generator.get_state(),
        "global": torch.get_rng_state(),
        "epoch": epoch,
    }
    return copy.deepcopy(checkpoint)


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    checkpoint = copy.deepcopy(checkpoint)
    model.load_state_dict(checkpoint["model"], strict=False)
    optimizer.load_state_dict(checkpoint["optimizer"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    generator.set_state(checkpoint["generator"])
    torch.set_rng_state(checkpoint["global"])
    return checkpoint["epoch"]
