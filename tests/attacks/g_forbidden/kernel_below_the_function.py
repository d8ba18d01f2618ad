"""Expected: failed (forbidden), 0 of 11. G3, loss/cross_entropy.

Goes past Python's functions to the kernel that does their work.
"""

import torch


def cross_entropy(input, target):
    return torch.ops.aten.nll_loss_forward(input.log_softmax(1), target, None, 1, -100)[0]
