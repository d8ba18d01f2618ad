"""The optimizer's state_dict is stored without a copy: the next steps overwrite the velocities in the checkpoint."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    return {
        "model": {name: tensor.clone() for name, tensor in model.state_dict().items()},
        "optimizer": optimizer.state_dict(),
        "scheduler": copy.deepcopy(scheduler.state_dict()),
        "generator": generator.get_state(),
        "global": torch.get_rng_state(),
        "epoch": epoch,
    }


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(copy.deepcopy(checkpoint["optimizer"]))
    scheduler.load_state_dict(copy.deepcopy(checkpoint["scheduler"]))
    generator.set_state(checkpoint["generator"])
    torch.set_rng_state(checkpoint["global"])
    return checkpoint["epoch"]
