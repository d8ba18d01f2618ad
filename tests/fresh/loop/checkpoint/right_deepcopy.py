"""State dicts all the way, with one deep copy when saving and one when loading."""

import copy

import torch


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    parts = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
    picture = {name: part.state_dict() for name, part in parts.items()}
    picture["random"] = (generator.get_state(), torch.get_rng_state())
    picture["epoch"] = epoch
    return copy.deepcopy(picture)


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    picture = copy.deepcopy(checkpoint)
    for name, part in {"model": model, "optimizer": optimizer, "scheduler": scheduler}.items():
        part.load_state_dict(picture[name])
    own, everywhere = picture["random"]
    generator.set_state(own)
    torch.set_rng_state(everywhere)
    return picture["epoch"]
