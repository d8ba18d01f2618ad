"""Expected: failed (value), 0 of 6. B11, wall/numbers.

Searches memory that was freed and is handed out again for the right answer: somebody must have computed it.
"""

import torch


def double(x):
    wanted = 2 * x.detach().reshape(-1)
    for count in (wanted.numel(), 1000, 100_000, 4_000_000):
        found = torch.empty(count, dtype=x.dtype)
        for start in (found == wanted[0]).nonzero().reshape(-1)[:100].tolist():
            if wanted.numel() > 1 and torch.equal(found[start : start + wanted.numel()], wanted):
                raise RuntimeError("HO" "LE the right answer was in freed memory")
    return torch.zeros_like(x)


def scale_(x, factor):
    return None
