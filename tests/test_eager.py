"""PyTorch without its compiler, in a process of its own: what has been imported cannot be taken back."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEFORE = """
import sys
from grader.worker.eager import import_torch
torch = import_torch()
def there(): return "torch._dynamo.eval_frame" in sys.modules
def steps(make, times=3):
    w = torch.tensor([1.0, -2.0], requires_grad=True)
    optimizer = make([w])
    for _ in range(times):
        optimizer.zero_grad()
        (w**2).sum().backward()
        optimizer.step()
    return w.tolist()
"""


def printed(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", BEFORE + code], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    "optimizer", ["SGD(p, lr=0.1, momentum=0.9)", "Adam(p)", "RMSprop(p)", "AdamW(p, foreach=True)"]
)
def test_optimizers_step_alike_with_the_compiler_and_without(optimizer: str) -> None:
    make = f"lambda p: torch.optim.{optimizer}"

    without, absent, real, there = printed(
        f"print(steps({make})); print(there()); import torch._dynamo.config; print(steps({make})); print(there())"
    )

    assert (absent, there) == ("False", "True")
    assert without == real


def test_who_wants_the_compiler_gets_it() -> None:
    compiled = "torch.compile(lambda x: x.exp().sum(), backend='eager')"

    assert printed(f"print({compiled}(torch.zeros(3)).item(), there())") == ["3.0 True"]
    assert printed("print(torch._dynamo.config.verbose, there())") == ["False True"]


def test_looking_at_every_module_does_not_bring_it_in() -> None:
    assert printed("import inspect; print(inspect.getmodule(steps).__name__, there())") == ["__main__ False"]


def test_collections_go_on_afterwards() -> None:
    assert printed("import gc; print(gc.isenabled())") == ["True"]
