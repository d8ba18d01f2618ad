"""Everything is written to memory and read again, in both directions: what was read shares nothing with anybody."""

import io

import torch


def _copied(state):
    file = io.BytesIO()
    torch.save(state, file)
    return torch.load(io.BytesIO(file.getvalue()), weights_only=True)


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    states = [part.state_dict() for part in (model, optimizer, scheduler)]
    return _copied({"states": states, "random": (generator.get_state(), torch.get_rng_state()), "epoch": epoch})


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    checkpoint = _copied(checkpoint)
    for part, state in zip((model, optimizer, scheduler), checkpoint["states"], strict=True):
        part.load_state_dict(state)
    own, shared = checkpoint["random"]
    generator.set_state(own)
    torch.random.set_rng_state(shared)
    return checkpoint["epoch"]
