"""Expected: failed (forbidden), 0 of 11. G2, loss/cross_entropy.

The name is written backwards, and what is handed in is made by functools: the call has no frame of this file.
"""

import functools

import torch

cross_entropy = functools.partial(vars(torch.nn.functional)["yportne_ssorc"[::-1]], reduction="mean")
