"""Expected: failed (forbidden), 0 of 11. G2, loss/cross_entropy.

The module has nothing of the name that is asked for, and finds it in the library when it is asked.
"""

import torch


def __getattr__(name):
    return getattr(torch.nn.functional, name)
