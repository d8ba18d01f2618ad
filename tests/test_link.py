"""One worker seen from the trusted side: hostile and unlucky code ends in a named cause, in bounded time."""

from __future__ import annotations

import textwrap
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

from grader.link import Link, SandboxBroken, StudentRaised, WorkerEnded
from grader.sandbox import Limits, Sandbox

Start = Callable[[str], Link]


@pytest.fixture
def start(sandbox: Sandbox) -> Iterator[Start]:
    """A worker that has loaded a source."""
    links: list[Link] = []

    def begin(source: str) -> Link:
        link = sandbox.worker(Limits(cpu_seconds=1, total_cpu_seconds=2, memory_mb=300))
        links.append(link)
        body = {"op": "load", "name": "code", "source": textwrap.dedent(source), "probes": None}
        link.ask(body, 2.0)
        return link

    yield begin
    for link in links:
        link.close()


def call(link: Link, name: str = "f", *args: Any, seconds: float = 1.0) -> dict[str, Any]:
    return link.ask({"op": "call", "name": name, "args": list(args), "kwargs": {}, "seed": None}, seconds)


def test_values_and_changed_arguments_come_back(start: Start) -> None:
    link = start("def f(x, y):\n    x += 1\n    return x * y\n")

    answer = call(link, "f", torch.ones(2), 3)

    assert torch.equal(answer["value"], torch.tensor([6.0, 6.0]))
    [(number, changed)] = answer["changes"]
    assert number == 1  # 0 is the list of arguments
    assert torch.equal(changed, torch.tensor([2.0, 2.0]))
    assert call(start("def f(x):\n    return x.clone()\n"), "f", torch.ones(2))["changes"] == []


def test_an_answer_that_was_handed_on_is_not_kept(start: Start) -> None:
    link = start("import torch\ndef f():\n    return torch.zeros(2_000_000)\n")
    tracemalloc.start()
    try:
        numbers = call(link)["value"].numel()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert numbers == 2_000_000
    assert kept < 1_000_000  # bytes


def test_the_seed_sets_every_generator_of_the_worker(start: Start) -> None:
    link = start(
        """
        import random, numpy, torch
        def f():
            return [random.random(), float(numpy.random.rand()), float(torch.rand(()))]
        """
    )

    def draw(seed: int) -> list[float]:
        value = link.ask({"op": "call", "name": "f", "args": [], "kwargs": {}, "seed": seed}, 1.0)["value"]
        assert isinstance(value, list)
        return value

    assert draw(7) == draw(7) != draw(8)


def test_an_exception_comes_with_the_students_own_line(start: Start) -> None:
    link = start("def g(x):\n    return [][x]\n\ndef f(x):\n    return g(x)\n")

    with pytest.raises(StudentRaised) as raised:
        call(link, "f", 1)

    report = raised.value.report
    assert (report.kind, report.type, report.message) == ("exception", "IndexError", "list index out of range")
    assert report.lines == ((5, "return g(x)"), (2, "return [][x]"))
    assert link.alive


def test_a_suite_catches_the_students_exception_by_its_kind(start: Start) -> None:
    link = start("def f():\n    raise ValueError('no')\n")

    with pytest.raises(ValueError, match="no"):
        call(link)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("def f():\n    import sys\n    sys.exit(0)\n", "exit"),
        ("def f():\n    raise KeyboardInterrupt\n", "exception"),
        ("def f():\n    import pytest_is_not_here\n", "import"),
        ("def f():\n    return bytearray(10**9)\n", "memory"),
        ("import torch\ndef f():\n    return torch.zeros(10**9)\n", "memory"),
        ("x = 1\n", "missing"),
        ("def f():\n    return [0] * 10**6\n", "unsendable"),
        ("def f():\n    return 2**1000\n", "unsendable"),
        ("class E(Exception):\n    def __str__(self):\n        raise E\ndef f():\n    raise E\n", "exception"),
    ],
)
def test_kinds_of_student_errors(start: Start, code: str, kind: str) -> None:
    link = start(code)

    with pytest.raises(StudentRaised) as raised:
        call(link)

    assert raised.value.report.kind == kind
    assert link.alive


def test_a_syntax_error_names_the_line(start: Start) -> None:
    with pytest.raises(StudentRaised) as raised:
        start("x = 1\ny = (2\n")

    assert raised.value.report.kind == "syntax"
    assert raised.value.report.lines == ((2, "y = (2"),)


@pytest.mark.parametrize(
    ("code", "outcome", "cause"),
    [
        ("def f():\n    while True:\n        pass\n", "timeout", "cpu"),
        ("def f():\n    return len(str(9**9**8))\n", "timeout", "cpu"),  # holds the GIL: no signal handler would run
        ("import time\ndef f():\n    time.sleep(1000)\n", "timeout", "wall"),
        ("import os\ndef f():\n    os._exit(0)\n", "crashed", "exit"),
        ("import ctypes\ndef f():\n    ctypes.string_at(0)\n", "crashed", "signal"),
        ("import os\ndef f():\n    os.abort()\n", "crashed", "signal"),
        ("def f():\n    while True:\n        print('x' * 10000)\n", "crashed", "output"),
        ("import os\ndef f():\n    os.write(3, b'x' * 100)\n", "crashed", "protocol"),
        ("import os\ndef f():\n    os.write(3, b'GST1' + bytes(8) + b'\\xff' * 8)\n", "crashed", "protocol"),
        (
            "import os\ndef f():\n    os.write(3, b'GST1' + bytes(8) + b'\\1' + bytes(7) + b'N')",
            "crashed",
            "protocol",
        ),
        ("import os\ndef f():\n    os.close(3)\n", "crashed", "exit"),
    ],
    ids="loop,GIL,sleep,exit,segfault,abort,flood,junk,length lie,foreign id,closed wire".split(","),  # noqa: SIM905
)
def test_ends_of_a_worker(start: Start, code: str, outcome: str, cause: str) -> None:
    link = start(code)

    with pytest.raises(WorkerEnded) as ended:
        call(link, seconds=0.3)

    assert (ended.value.outcome, ended.value.cause) == (outcome, cause)
    assert not link.alive


def test_an_answer_before_the_question_is_a_violation(start: Start) -> None:
    link = start(
        """
        import os, threading, time
        def late():
            time.sleep(0.1)
            os.write(3, b"GST1" + bytes(16))
        def f():
            threading.Thread(target=late, daemon=True).start()
        def g():
            return 1
        """
    )
    call(link)
    with pytest.raises(WorkerEnded) as ended:
        for _ in range(10_000):
            call(link, "g")

    assert ended.value.cause == "protocol"


def test_printing_is_no_offence(start: Start) -> None:
    link = start("def f():\n    print('x' * 5_000_000)\n    return 1\n")

    assert call(link)["value"] == 1


def test_a_large_request_to_a_worker_that_does_not_read(start: Start) -> None:
    link = start(
        """
        import threading, time
        def f(*unused):
            threading.Thread(target=hog, daemon=True).start()
        def hog():
            import ctypes
            ctypes.PyDLL(None).sleep(1000)   # sleeps with the GIL held
        """
    )
    with pytest.raises(WorkerEnded) as ended:
        for _ in range(1000):
            call(link, "f", torch.zeros(2**20), seconds=0.1)

    assert ended.value.outcome == "timeout"


def test_a_worker_that_is_killed_from_outside_is_no_students_fault(start: Start) -> None:
    link = start("def f():\n    return 1\n")
    link._ends.kill()

    with pytest.raises(SandboxBroken) as broken:
        call(link)

    assert broken.value.by_worker
