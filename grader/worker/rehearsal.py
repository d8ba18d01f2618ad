"""A small submission, served a few times over before any fork, so that what a fork writes to is as few pages as can be.

Python adapts its bytecode to what it has seen, remembers where it found an attribute, and counts references to both.
In a fork each page that is written to for the first time is copied by the kernel, some microseconds each. What has
been served often enough before has left little to write.
"""

from __future__ import annotations

import linecache
import sys
from typing import Any

from . import serve, standin, wire

TIMES = 10  # Python adapts a function when it runs for the eighth time
NAME = "rehearsal"
SOURCE = '''
"""Everything that submissions begin with."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Scale:
    """A class, for there are some."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def __call__(self, x: Tensor) -> Tensor:
        return self.factor * x


def loss(x: Tensor, target: Tensor) -> Tensor:
    """The shape of many an answer: reduce, broadcast, index, take the mean."""
    shifted = x - x.max(dim=1, keepdim=True).values
    rows = torch.arange(len(target), device=x.device)
    return (shifted.exp().sum(dim=1).log() - shifted[rows, target]).mean()


def grad(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    y = torch.softmax(x @ weight.T + bias, dim=-1)
    y = torch.where(y > 0.5, y, torch.zeros_like(y)).clone()
    y[0, 0] -= 1
    return Scale(1.0)(y) / y.shape[0]


def step(params: list[Tensor], grads: list[Tensor], lr: float) -> None:
    with torch.no_grad():
        for param, grad in zip(params, grads):
            param -= lr * grad * math.sqrt(1.0)


def wrong(x: Tensor) -> Tensor:
    raise ValueError(f"{x.shape}")
'''


def rehearse() -> None:
    """Serve :data:`SOURCE` to nobody, :data:`TIMES` times."""
    kept = {name: sys.modules.get(name) for name in (NAME, standin.NAME)}
    frames = [wire.frame(bytes(wire.ID_BYTES), body) for body in _requests()]
    for _ in range(TIMES):
        serve.serve(_Script(frames), {})
    linecache.cache.pop(f"{NAME}.py")
    for name, module in kept.items():
        if module is None:
            del sys.modules[name]
        else:
            sys.modules[name] = module


class _Script:
    """A wire on which each question is there when the one before it has been answered; answers go nowhere."""

    def __init__(self, frames: list[bytes]) -> None:
        self._frames = iter(frames)

    def recv(self, count: int, /) -> bytes:
        frame = next(self._frames, b"")
        assert len(frame) <= count
        return frame

    def send(self, data: memoryview, /) -> int:
        return len(data)


def _requests() -> list[dict[str, Any]]:
    import torch

    forbidden = ["torch.rehearsed", "aten.rehearsed"]  # there are none: to watch for a name changes what it names
    load: dict[str, Any] = {
        "op": "load",
        "name": NAME,
        "source": SOURCE,
        "probes": None,
        "forbidden": forbidden,
        "earlier": {},
    }
    scan = {"op": "scan", "source": SOURCE, "forbidden": [*forbidden, "torch.optim"], "entries": ["loss", "step"]}
    generator = torch.Generator().manual_seed(0)
    requests = [scan, load]
    for dtype in (torch.float64, torch.float32):
        x, weight, bias = (torch.randn(shape, generator=generator, dtype=dtype) for shape in ((5, 4), (3, 4), (3,)))
        target = torch.tensor([0, 1, 2, 3, 0])
        for name, args in (
            ("loss", [x, target]),
            ("grad", [x, weight, bias]),
            ("step", [[weight, bias], [weight.clone(), bias.clone()], 0.1]),
            ("wrong", [x]),
        ):
            requests.append({"op": "call", "name": name, "args": args, "kwargs": {}, "seed": 1})
    return requests
