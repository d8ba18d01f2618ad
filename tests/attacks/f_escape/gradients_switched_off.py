"""Expected: failed (gradient), 4 of 6. F11, wall/numbers.

Switches gradients off for the whole process: this costs its own check of gradients, and nobody else's.
"""

import torch

torch.autograd.grad_mode.set_grad_enabled(False)
torch.set_grad_enabled(False)


def double(x):
    return x + x


def scale_(x, factor):
    x.mul_(factor)
