"""Only the parameters of the model are kept; buffers, like batch normalization's running means, are left out."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    return {
        "weights": {name: parameter.detach().clone() for name, parameter in model.named_parameters()},
        "optimizer": copy.deepcopy(optimizer.state_dict()),
        "scheduler": copy.deepcopy(scheduler.state_dict()),
        "rng": [generator.get_state(), torch.get_rng_state()],
        "epoch": epoch,
    }


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(checkpoint["weights"][name])
    optimizer.load_state_dict(copy.deepcopy(checkpoint["optimizer"]))
    scheduler.load_state_dict(copy.deepcopy(checkpoint["scheduler"]))
    generator.set_state(checkpoint["rng"][0])
    torch.set_rng_state(checkpoint["rng"][1])
    return checkpoint["epoch"]
