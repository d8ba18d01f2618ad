"""What changes in the arguments comes back; what a hostile worker says has changed is checked first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.link import WorkerEnded
from grader.sandbox import Limits, Sandbox
from grader.student import Conversation, LocalStudent
from grader.worker import arguments, wire

from .hostile import values


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


def knot(a: list[Any], b: list[Any], c: list[Any]) -> None:
    a[:], b[:], c[:] = [b] * 9000, [c] * 9000, [0] * 9000


@pytest.mark.parametrize("change", [lambda a, b, c: a.append(a), knot], ids=["holds itself", "knot"])
def test_lists_that_nobody_could_walk_through_are_refused(change: Any) -> None:
    assert not call(change, [], [], [])


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


def arguments_of_a_suite() -> list[Any]:
    """Numbers 0 to 8: the list, a tensor, a list, its tensor and its list, a dict, its tensor, a tuple, a view."""
    state = {"v": torch.zeros(2, dtype=torch.int64)}
    return [torch.zeros(2), [torch.zeros(1, 3), []], state, (), torch.zeros(1).expand(2)]


numbers = st.integers(-2, 10)
entries = st.tuples(numbers | values, st.none() | values)
new_states = (
    st.lists(entries, max_size=4)
    | st.dictionaries(st.text(max_size=2), entries, max_size=3)
    | st.sampled_from([torch.ones(2), torch.ones(1, 3), torch.ones(2, dtype=torch.int64)])
    | values
)


@given(st.lists(st.tuples(numbers, new_states) | st.tuples(values, values), max_size=5) | values)
@settings(max_examples=200, deadline=None)
def test_whatever_a_worker_says_has_changed(changes: object) -> None:
    ours = arguments_of_a_suite()
    tensor = ours[0]
    try:
        applied = arguments.apply(ours, changes)
    except arguments.Unwritable:
        applied = False

    assert (tensor.shape, tensor.dtype) == ((2,), torch.float32)
    if applied:
        wire.encode(ours)  # a tree of bounded size, still


def test_a_local_student(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("def f(x):\n    return x * x\n")
    (tmp_path / "probes.py").write_text("def twice(module, x):\n    return module.f(module.f(x))\n")
    student = LocalStudent(tmp_path / "code.py", tmp_path / "probes.py")

    assert student.f(3) == 9
    assert student.run("twice", 2) == 16
    assert student.vjp("f", (torch.tensor(3.0), 1)[:1], torch.tensor(1.0))[0].item() == 6


class Counting:
    """A sandbox, and how many workers were asked of it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.workers = 0

    def worker(self, limits: Limits) -> Any:
        self.workers += 1
        return self._sandbox.worker(limits)


def test_a_sleeper_does_not_pay_in_every_check_anew(sandbox: Sandbox) -> None:
    counting = Counting(sandbox)
    source = "import time\ndef f():\n    time.sleep(100)\n"
    conversation = Conversation(counting, "code", source, None, Limits(cpu_seconds=0.1, memory_mb=100))
    ends = []
    for check in range(5):
        conversation.begin(check, new_check=True)
        with pytest.raises(WorkerEnded) as ended:
            conversation.student.f()
        ends.append((ended.value.outcome, ended.value.cause))
    conversation.close()

    assert ends == [("timeout", "wall")] * 5
    assert counting.workers == 2


def test_sleeping_a_little_in_every_call_adds_up(sandbox: Sandbox) -> None:
    source = "import time\ndef f():\n    time.sleep(0.4)\n"
    limits = Limits(cpu_seconds=0.1, total_cpu_seconds=0.2, memory_mb=100)
    conversation = Conversation(sandbox, "code", source, None, limits)
    conversation.begin(0, new_check=True)
    conversation.student.f()
    conversation.student.f()
    with pytest.raises(WorkerEnded) as check_over:
        conversation.student.f()
    for check in (1, 2):
        conversation.begin(check, new_check=True)
        with pytest.raises(WorkerEnded) as all_over:
            for _ in range(10):
                conversation.student.f()
    conversation.close()

    assert check_over.value.cause == "wall"
    assert all_over.value.cause in ("wall", "budget")
    assert conversation._waited < 3
