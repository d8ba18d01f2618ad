"""Pay once, before any fork, for what students use first."""

from __future__ import annotations

import gc

from . import tracing
from .rehearsal import rehearse


def warm_up(*, untouched: bool = False) -> None:
    """Touch, with one thread, what students use first: a fork inherits it instead of paying for it.

    ``untouched`` leaves out all that would start CUDA where a GPU is in sight, for it does not survive a fork: the
    engine of autograd counts the devices, and an optimizer asks whether there are any.
    """
    gc.disable()  # else half of the time goes into walks through what is being imported
    try:
        _touch(untouched)
    finally:
        gc.freeze()  # two objects in a hundred are garbage: not worth the 0.2 s that one walk takes, here or in a fork
        gc.enable()


def _touch(untouched: bool) -> None:
    import torch

    torch.set_num_threads(1)  # a parallel operation before a fork makes every child hang
    _import_the_usual()
    _resolve_kernels()
    if not untouched:
        _take_gradients()
    rehearse()  # last, for it leaves what a fork finds


def _take_gradients() -> None:
    import torch

    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(8, 3))
    for optimizer in (torch.optim.SGD(model.parameters(), lr=0.1), torch.optim.Adam(model.parameters())):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(torch.randn(2, 1, 4, 4)), torch.tensor([0, 2])).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    for dtype in (torch.float32, torch.float64):
        x = torch.randn(5, 4, dtype=dtype, requires_grad=True)
        y = (x @ x.T).softmax(1).log().sum() + torch.logsumexp(x, 0).sum()
        torch.autograd.grad(y, x, torch.ones_like(y))  # with a cotangent it takes another way
    functions, kernels = tracing.modes(lambda function: None, kernels=True)
    with functions, kernels:
        torch.randn(3, requires_grad=True).exp().sum().backward()  # type: ignore[no-untyped-call]


def _import_the_usual() -> None:
    import collections
    import dataclasses
    import functools
    import itertools
    import random
    import typing

    import numpy

    from . import opening

    del collections, dataclasses, functools, itertools, random, typing, numpy, opening


def _resolve_kernels() -> None:
    """Make what stands for kernels in Python: else the first call that is watched makes it, in every fork."""
    import torch

    for name in torch._C._dispatch_get_all_op_names():
        space, _, rest = name.partition("::")
        packet, _, overload = rest.partition(".")
        if space == "aten" and hasattr(torch.Tensor, packet) and "out" not in overload:
            getattr(getattr(torch.ops.aten, packet), overload or "default")
