"""Tensors are cloned one by one, and copied into the model's own; the optimizer gets clones of what is kept."""

import torch


def _cloned(tree):
    if isinstance(tree, torch.Tensor):
        return tree.detach().clone()
    if isinstance(tree, dict):
        return {key: _cloned(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_cloned(value) for value in tree]
    return tree


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    return {
        "parameters": _cloned(list(model.parameters())),
        "buffers": _cloned(list(model.buffers())),
        "optimizer": _cloned(optimizer.state_dict()),
        "scheduler": _cloned(scheduler.state_dict()),
        "random": [generator.get_state(), torch.default_generator.get_state()],
        "epoch": epoch,
    }


@torch.no_grad()
def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    for mine, kept in zip(model.parameters(), checkpoint["parameters"], strict=True):
        mine.copy_(kept)
    for mine, kept in zip(model.buffers(), checkpoint["buffers"], strict=True):
        mine.copy_(kept)
    optimizer.load_state_dict(_cloned(checkpoint["optimizer"]))
    scheduler.load_state_dict(_cloned(checkpoint["scheduler"]))
    generator.set_state(checkpoint["random"][0])
    torch.default_generator.set_state(checkpoint["random"][1])
    return checkpoint["epoch"]
