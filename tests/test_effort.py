"""What an answer costs is counted: the same every time, and nothing of the counting stays behind."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
import torch

from grader.effort import Effort

LOOP = "def loop(times):\n    total = 0\n    for _ in range(times):\n        total += 1\n    return total\n"


def steps(call: Callable[[], Any], *files: str) -> int:
    effort = Effort(*files)
    with effort.counted():
        call()
    return effort.steps


def loop(filename: str) -> Callable[[int], int]:
    names: dict[str, Any] = {}
    exec(compile(LOOP, filename, "exec"), names)
    function: Callable[[int], int] = names["loop"]
    return function


def test_calls_of_pytorch_count() -> None:
    x = torch.ones(3)

    few, many = steps(lambda: x + x), steps(lambda: [x + x for _ in range(500)])

    assert few >= 1
    assert 500 * few <= many < 510 * few


def test_so_do_the_numbers_that_they_are_handed() -> None:
    small, large = torch.ones(3), torch.nn.Parameter(torch.ones(3_000_000))

    assert steps(lambda: large.sum()) >= steps(lambda: small.sum()) + 3000


def test_so_do_lines_of_the_files_that_are_asked_about() -> None:
    ours, other = loop("ours.py"), loop("other.py")

    assert steps(lambda: ours(10_000), "ours.py") >= 1000
    assert steps(lambda: other(10_000), "ours.py") == 0
    assert 0 < steps(lambda: ours(100), "ours.py") < 20  # a line is much less than a call of PyTorch


def test_several_blocks_add_up_until_it_starts_again() -> None:
    x, effort = torch.ones(3), Effort()
    seen = []

    for _ in range(2):
        with effort.counted():
            x + x
        seen.append(effort.steps)
        x + x  # outside
    effort.restart()
    seen.append(effort.steps)
    with effort.counted():
        x + x
    seen.append(effort.steps)

    assert seen == [1, 2, 0, 1]


def test_the_numbers_stay_what_they_are() -> None:
    x = torch.linspace(-1, 1, 12, dtype=torch.float64).reshape(3, 4).requires_grad_()

    def gradient() -> torch.Tensor:
        (found,) = torch.autograd.grad(torch.nn.functional.softmax(x @ x.mT, dim=1)[0].prod(), x)
        return found

    with Effort().counted():
        counted = gradient()

    assert torch.equal(counted, gradient())


def test_nothing_stays_behind() -> None:
    before = sys.gettrace()
    effort = Effort("ours.py")

    with pytest.raises(ZeroDivisionError), effort.counted():
        1 / 0  # noqa: B018
    torch.ones(3) + 1

    assert sys.gettrace() is before
    assert effort.steps == 0


def test_counting_imports_nothing_dear() -> None:
    code = """
        import sys, torch
        from grader.effort import Effort
        before = set(sys.modules)
        with Effort().counted():
            torch.ones(3, requires_grad=True).sum().backward()
        print(len(set(sys.modules) - before))
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert int(printed) < 20  # TorchDispatchMode: 800
