"""Expected: crashed (exit), 0 of 6. E8, wall/numbers.

Asks PyTorch for more threads than a worker may have; the library that starts them ends the process.
"""

import torch

torch.set_num_threads(200)


def double(x, factor=2):
    torch.ones(3_000_000).exp().sum()
    raise RuntimeError("HO" "LE has 200 threads")


scale_ = double
