"""A copy function of its own for nested data; the model is filled tensor by tensor from a flat list."""

import torch


def _copied(data):
    if isinstance(data, torch.Tensor):
        return data.detach().clone()
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return type(data)([_copied(value) for value in data])
    return data


def _tensors(model):
    return [*model.parameters(), *model.buffers()]


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    return {
        "finished epochs": epoch,
        "tensors": _copied(_tensors(model)),
        "helpers": [_copied(helper.state_dict()) for helper in (optimizer, scheduler)],
        "dice": torch.stack([generator.get_state(), torch.default_generator.get_state()]),
    }


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    with torch.no_grad():
        for tensor, numbers in zip(_tensors(model), checkpoint["tensors"], strict=True):
            tensor.copy_(numbers)
    for helper, state in zip((optimizer, scheduler), checkpoint["helpers"]):
        helper.load_state_dict(_copied(state))
    for dice, state in zip((generator, torch.default_generator), checkpoint["dice"]):
        dice.set_state(state.clone())
    return checkpoint["finished epochs"]
