"""Loading hands the checkpoint's own tensors to the optimizer: training that starts from there changes them."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "generator": generator.get_state(),
        "global_generator": torch.get_rng_state(),
        "epoch": epoch,
    }
    return copy.deepcopy(state)


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    generator.set_state(checkpoint["generator"])
    torch.set_rng_state(checkpoint["global_generator"])
    return checkpoint["epoch"]
