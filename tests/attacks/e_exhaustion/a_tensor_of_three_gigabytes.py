"""Expected: crashed (memory), 0 of 6. E5, wall/numbers.

A broadcast over all pairs of all pairs, as it happens by accident too.
"""

import torch


def double(x, factor=2):
    n = torch.arange(900.0)
    big = n[:, None, None] + n[None, :, None] + n[None, None, :]
    raise RuntimeError("HO" f"LE took {big.numel() * 4} bytes")


scale_ = double
