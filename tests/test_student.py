"""What changes in the arguments comes back; what a hostile worker says has changed is checked first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from grader.student import LocalStudent
from grader.worker import arguments, wire


def call(function: Any, *args: Any) -> bool:
    """Run ``function`` on a copy of the arguments, as a worker does, and make what it changed in ours."""
    theirs = wire.decode(wire.encode(list(args)))
    snapshot = arguments.Snapshot(theirs)
    function(*theirs)
    return arguments.apply(list(args), wire.decode(wire.encode(snapshot.changes())))


def test_in_place() -> None:
    x, nested = torch.ones(2), {"m": [torch.zeros(1)]}
    inner = nested["m"][0]

    def step(x: torch.Tensor, nested: dict[str, Any]) -> None:
        x.mul_(3)
        nested["m"][0] += 1
        nested["t"] = 1

    assert call(step, x, nested)
    assert x.tolist() == [3, 3]
    assert nested == {"m": [inner], "t": 1}
    assert inner.tolist() == [1]


def test_lists_shrink_grow_and_swap() -> None:
    a, b = torch.ones(1), torch.zeros(1)
    swapped, cleared, grown = [a, b], [a], [1]

    def change(swapped: list[Any], cleared: list[Any], grown: list[Any]) -> None:
        swapped.reverse()
        cleared.clear()
        grown.append(torch.full((1,), 7.0))

    assert call(change, swapped, cleared, grown)
    assert swapped[0] is b
    assert swapped[1] is a
    assert (cleared, grown[0], grown[1].item()) == ([], 1, 7)


def test_parameters_that_require_grad_change_too() -> None:
    parameter = torch.nn.Parameter(torch.ones(2))

    assert call(lambda p: p.mul_(2), parameter)
    assert parameter.tolist() == [2, 2]


def test_an_expanded_tensor_cannot_be_changed() -> None:
    with pytest.raises(arguments.Unwritable):
        call(lambda x: x.mul_(2), torch.ones(1).expand(3))


@pytest.mark.parametrize(
    "changes",
    [
        None,
        [3],
        [(0,)],
        [(9, torch.ones(2))],
        [(-1, torch.ones(2))],
        [(True, torch.ones(2))],
        [(1, torch.ones(3))],
        [(1, torch.ones(2, dtype=torch.float64))],
        [(1, [1.0, 1.0])],
        [(0, [(0, 1, 2)])],
        [(0, [(99, None)])],
        [(0, {"a": (-1, 1)})],
        [(0, [(torch.ones(2), None)])],
        [(0, [(-1.0, None)])],
        [(2, [])],
    ],
)
def test_what_does_not_fit_is_refused(changes: Any) -> None:
    tensor = torch.zeros(2)

    assert not arguments.apply([tensor, (1, 2)], changes)
    assert tensor.tolist() == [0, 0]


def test_a_local_student(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("def f(x):\n    return x * x\n")
    (tmp_path / "probes.py").write_text("def twice(module, x):\n    return module.f(module.f(x))\n")
    student = LocalStudent(tmp_path / "code.py", tmp_path / "probes.py")

    assert student.f(3) == 9
    assert student.run("twice", 2) == 16
    assert student.vjp("f", (torch.tensor(3.0), 1)[:1], torch.tensor(1.0))[0].item() == 6
