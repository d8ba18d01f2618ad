"""One worker seen from the trusted side: hostile and unlucky code ends in a named cause, in bounded time."""

from __future__ import annotations

import signal
import socket
import sys
import textwrap
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.link import Ends, Link, SandboxBroken, StudentRaised, WorkerEnded, raised
from grader.result import printable
from grader.sandbox import Limits, Sandbox
from grader.worker import wire

from .hostile import grammatical, spoiled, values

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


def test_an_exception_does_not_say_where_python_lies(start: Start) -> None:
    link = start("def f():\n    from torch import nothing\n")

    with pytest.raises(StudentRaised, match="cannot import name 'nothing' from 'torch'") as raised:
        call(link)

    assert sys.prefix not in raised.value.report.message
    assert "(…/torch/__init__.py)" in raised.value.report.message


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
    assert report.lines == (5, 2)
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
        (
            "class E(Exception):\n    def __str__(self):\n        raise KeyboardInterrupt\ndef f():\n    raise E\n",
            "exception",
        ),
        ("class E(Exception):\n    __class__ = property(lambda self: 1 / 0)\ndef f():\n    raise E\n", "exception"),
        (
            "class M(type):\n    __module__ = property(lambda self: 1 / 0)\ndef f():\n    return M('C', (), {})()\n",
            "exception",
        ),
        ("import torch\ndef f():\n    return torch.nested.nested_tensor([torch.ones(1)])\n", "exception"),
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
    assert raised.value.report.lines == (2,)


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


def test_a_worker_without_memory_for_an_answer_says_so(start: Start) -> None:
    link = start(
        """
        import gc
        kept = ()
        def f():
            global kept
            gc.disable()
            for size in (2**24, 2**20, 2**16, 2**12, 2**8, 2**5):
                try:
                    while True:
                        kept = (kept, bytes(size))
                except MemoryError:
                    pass
            return kept
        """
    )
    with pytest.raises((WorkerEnded, StudentRaised)) as ended:
        for _ in range(2):
            call(link)

    how = ended.value.cause if isinstance(ended.value, WorkerEnded) else ended.value.report.kind  # type: ignore[attr-defined]
    assert how == "memory"


@pytest.mark.parametrize("code", ["import os\ndef f():\n    os.abort()\n", "import os\ndef f():\n    os._exit(1)\n"])
def test_a_library_that_gave_up_is_thought_of(start: Start, code: str) -> None:
    with pytest.raises(WorkerEnded, match="library that gives up"):
        call(start(code))


def test_a_worker_that_closes_the_wire_and_runs_on(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.link.KILL_SECONDS", 0.5)
    link = start("import os, time\ndef f():\n    os.close(3)\n    time.sleep(1000)\n")

    with pytest.raises(WorkerEnded) as ended:
        call(link)

    assert (ended.value.outcome, ended.value.cause) == ("crashed", "protocol")


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


# --- a worker without a process -----------------------------------------------------------------------------------

Act = tuple[str, bytes]
READY = [("answer", wire.encode({}))]


class Peer:
    """The far end of a link: it acts whenever the link looks at the clock; when nothing is left to do, time is up."""

    def __init__(self, exit_code: int | None, *, reads: bool = True) -> None:
        pairs = socket.socketpair(), socket.socketpair()
        (ours, self.wire), (output, self.output) = pairs
        for end in (self.wire, self.output):
            end.setblocking(False)
        self.ends = Ends(ours, output, self.cpu, self.kill, lambda seconds: self.code)
        self.code = exit_code
        self.request_id = bytes(wire.ID_BYTES)
        self._reads = reads
        self._has_clock = True
        self.begin([])

    def begin(self, acts: list[Act]) -> None:
        """What it does while the next question is asked."""
        self._acts = iter(acts)
        self._looks = 0

    def cpu(self) -> float:
        self._looks += 1
        if self._looks > 1:  # the first look is before the question
            self._read()
            act = next(self._acts, None)
            if act:
                self.act(*act)
                self._looks = 2
        if not self._has_clock:
            raise ProcessLookupError
        return 0.0 if self._looks < 4 else 1e6

    def kill(self) -> None:
        self.code = -signal.SIGKILL if self.code is None and self._has_clock else self.code

    def close(self) -> None:
        for end in (self.wire, self.output, self.ends.wire, self.ends.output):
            end.close()

    def _read(self) -> None:
        try:
            data = self.wire.recv(2**20) if self._reads else b""
        except OSError:
            return
        if data.startswith(wire.MAGIC):
            self.request_id = data[4:12]

    def act(self, kind: str, data: bytes) -> None:
        try:
            match kind:
                case "answer":
                    self.wire.send(wire.HEADER.pack(wire.MAGIC, self.request_id, len(data)) + data)
                case "echo":
                    self.wire.send(data.replace(ECHO, self.request_id))
                case "send":
                    self.wire.send(data)
                case "print":
                    self.output.send(data or b" ")
                case "hang up":
                    self.wire.close()
                case "close output":
                    self.output.close()
                case "lose clock":
                    self._has_clock = False
        except OSError:
            pass  # it closed that end before


lines = st.lists(st.tuples(st.integers(-(2**255), 2**255 - 1) | values, st.text() | values) | values, max_size=7)
types = st.sampled_from(["ValueError", "KeyError", "ProbeError", "SystemExit", "\x1b[2J" * 30])
fields = {"kind": st.text() | values, "type": types | values, "message": st.text() | values, "lines": lines | values}
reports = st.fixed_dictionaries({}, optional=fields)
answers = st.fixed_dictionaries({}, optional={"error": reports | values, "value": values, "changes": values})
bodies = answers.map(wire.encode) | grammatical | spoiled(answers.map(wire.encode))
frames = bodies.map(lambda body: wire.frame(bytes(8), None)[:12] + len(body).to_bytes(8, "little") + body)
acts = st.one_of(
    st.tuples(st.just("answer"), answers.map(wire.encode)),
    st.tuples(st.just("answer"), bodies),
    st.tuples(st.just("send"), st.binary(min_size=1, max_size=40) | frames | spoiled(frames)),
    st.tuples(st.just("print"), st.binary(max_size=9)),
    st.tuples(st.sampled_from(["hang up", "close output", "lose clock"]), st.just(b"")),
)
exit_codes = st.none() | st.sampled_from([0, 1, -signal.SIGKILL, -signal.SIGSEGV, -60])


def begin(peer: Peer, acts: list[Act], seconds: float = 120) -> Link:
    peer.begin(acts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.link.READY_SECONDS", seconds)
        return Link(peer.ends)


@given(st.lists(acts, max_size=4), exit_codes)
@settings(max_examples=80, deadline=None)
def test_whatever_a_worker_sends_before_it_is_ready(script: list[Act], exit_code: int | None) -> None:
    peer = Peer(exit_code)
    try:
        link = begin(peer, script, 0.003)
        assert type(link.ready) is dict
        link.close()
    except SandboxBroken:
        pass
    finally:
        peer.close()


@given(st.lists(st.lists(acts, max_size=4), max_size=3), exit_codes, st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_a_worker_answers(scripts: list[list[Act]], exit_code: int | None, reads: bool) -> None:
    peer = Peer(exit_code, reads=reads)
    link = begin(peer, READY)
    try:
        for script in scripts:
            peer.begin(script)
            check_one_answer(link)
    finally:
        link.close()
        peer.close()


ECHO = b"*the id*"  # stands for the id of the question
RIGHT = wire.frame(ECHO, {"value": 1})
OTHER = wire.frame(b"a bad id", {"value": 1})


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "words"), [(OTHER, RIGHT, "an answer to another question"), (RIGHT, OTHER, "unasked")]
)
def test_two_answers_end_in_the_same_words_whenever_they_arrive(
    first: bytes, second: bytes, words: str, together: bool
) -> None:
    peer = Peer(None)
    link = begin(peer, READY)
    peer.begin([("echo", first + second if together else first)])
    try:
        with pytest.raises(WorkerEnded, match=words):
            link.ask({"op": "call", "args": []}, 0.003)
            if not together:
                peer.act("echo", second)
            peer.begin([("echo", RIGHT)])
            link.ask({"op": "call", "args": []}, 0.003)
    finally:
        link.close()
        peer.close()


def check_one_answer(link: Link) -> None:
    try:
        assert type(link.ask({"op": "call", "args": [torch.zeros(2)]}, 0.003)) is dict
        assert link.alive
    except StudentRaised:
        assert link.alive
    except (WorkerEnded, SandboxBroken):
        assert not link.alive


def test_a_request_that_nobody_reads() -> None:
    peer = Peer(None, reads=False)
    link = begin(peer, READY)
    with pytest.raises(WorkerEnded) as ended:
        link.ask({"args": [torch.zeros(2**20)]}, 0.02)

    peer.close()
    assert ended.value.outcome == "timeout"


@pytest.mark.parametrize("script", [[("answer", b"?")], [*READY, ("lose clock", b"")]], ids=["junk", "gone"])
def test_a_worker_that_is_not_ready_is_no_students_fault(script: list[Act]) -> None:
    peer = Peer(None)
    with pytest.raises(SandboxBroken):
        begin(peer, script, 0.003)

    peer.close()


@given(values | reports)
@settings(max_examples=200, deadline=None)
def test_any_error_report_is_an_exception_with_words(error: object) -> None:
    report = raised(error).report

    assert all(type(text) is str for text in (report.kind, report.type, report.message))
    assert all(type(number) is int and number >= 0 for number in report.lines)
    assert len(report.lines) <= 5
    said = "".join([report.kind, report.type, report.message])
    assert printable(said) == said
