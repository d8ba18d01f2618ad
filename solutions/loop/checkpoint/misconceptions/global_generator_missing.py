"""PyTorch's global generator is not restored: dropout draws other masks than it would have without interruption."""

import copy


def save_checkpoint(model, optimizer, scheduler, generator, epoch):
    checkpoint = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "generator": generator.get_state(),
        "epoch": epoch,
    }
    return copy.deepcopy(checkpoint)


def load_checkpoint(checkpoint, model, optimizer, scheduler, generator):
    checkpoint = copy.deepcopy(checkpoint)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    generator.set_state(checkpoint["generator"])
    return checkpoint["epoch"]
