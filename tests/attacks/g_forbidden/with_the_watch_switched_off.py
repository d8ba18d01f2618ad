"""Expected: failed (forbidden), 0 of 11. G5, loss/cross_entropy.

Switches off what reports calls of functions, and asks a C function that has no Python around it.
"""

import torch


def cross_entropy(input, target):
    with torch._C.DisableTorchFunction():
        return torch._C._nn.cross_entropy_loss(input, target, None, 1)
