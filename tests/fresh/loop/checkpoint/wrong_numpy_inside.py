"""The generators' states are stored as NumPy arrays, which are no plain data: weights_only=True refuses the file."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    return {
        "model": copy.deepcopy(model.state_dict()),
        "optimizer": copy.deepcopy(optimizer.state_dict()),
        "scheduler": copy.deepcopy(scheduler.state_dict()),
        "generator": generator.get_state().numpy().copy(),
        "global": torch.get_rng_state().numpy().copy(),
        "epoch": epoch,
    }


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(copy.deepcopy(checkpoint["optimizer"]))
    scheduler.load_state_dict(copy.deepcopy(checkpoint["scheduler"]))
    generator.set_state(torch.from_numpy(checkpoint["generator"].copy()))
    torch.set_rng_state(torch.from_numpy(checkpoint["global"].copy()))
    return checkpoint["epoch"]
