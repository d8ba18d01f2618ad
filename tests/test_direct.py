"""The course's own variants, in this process: the same answers as a worker's, and nothing of them stays behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
import torch

from grader.diagnosis import same_answer
from grader.direct import DirectSandbox
from grader.link import StudentRaised, StudentReport, WorkerEnded
from grader.sandbox import Limits, Sandbox
from grader.student import Conversation, StartsWorkers

CODE = """
import torch

def double(x):
    return 2 * x

def step(params, lr=0.5):
    params[0].mul_(lr)
    params.append(params[0].sum())

def noise():
    return torch.rand(3)

def nested(x):
    return {"a": [x, (1, 2.5, None, "two")], "b": x > 0}

def foreign():
    return object()

def kinds():
    return {(1, 2): 3}

def wrong(x):
    y = x + 1
    raise ValueError(f"not {y}")

def end():
    raise SystemExit(3)
"""
PROBES = "def twice(module, x):\n    return module.double(module.double(x))\n"
LIMITS = Limits(cpu_seconds=5, total_cpu_seconds=60)


def conversation(
    source: str = CODE,
    sandbox: StartsWorkers | None = None,
    limits: Limits = LIMITS,
    change: Callable[[ModuleType], object] = lambda module: None,
) -> Conversation:
    started = Conversation(sandbox or DirectSandbox(change), "double", source, PROBES, limits)
    started.begin(7, new_check=True)
    return started


def report(call: Callable[[], Any]) -> StudentReport:
    with pytest.raises(StudentRaised) as raised:
        call()
    return raised.value.report


# --- answers ------------------------------------------------------------------------------------------------------


def test_values_come_back() -> None:
    student = conversation().student

    assert student.double(3) == 6
    assert student.double(torch.ones(2)).tolist() == [2, 2]
    assert student.run("twice", 3) == 12
    assert student.vjp("double", (torch.ones(2),), torch.tensor([1.0, 3.0]))[0].tolist() == [2, 6]


def test_changed_arguments_come_back() -> None:
    first = torch.ones(2)
    params = [first]

    assert conversation().student.step(params) is None

    assert params[0] is first
    assert first.tolist() == [0.5, 0.5]
    assert params[1].item() == 1


def test_an_answer_is_a_copy() -> None:
    x = torch.ones(2)

    conversation().student.nested(x)["a"][0].zero_()

    assert x.tolist() == [1, 1]


def test_an_exception_comes_with_its_line() -> None:
    student = conversation().student

    found = report(lambda: student.wrong(4))

    number = CODE.splitlines().index('    raise ValueError(f"not {y}")') + 1
    assert found == StudentReport("exception", "ValueError", "not 5", (number,))
    with pytest.raises(ValueError, match="not 5"):
        student.wrong(4)


def test_a_function_that_is_missing() -> None:
    found = report(lambda: conversation().student.triple(1))

    assert (found.kind, found.message) == ("missing", "There is no function `triple` in double.py.")


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("x = 1\ndef double(x)\n", "syntax", 2),
        ("import no_such_module\n", "import", 1),
        ("\n\n1 / 0\n", "exception", 3),
        ("exit = 1\nraise SystemExit\n", "exit", 2),
    ],
)
def test_a_source_that_does_not_load_fails_every_call_alike(source: str, kind: str, line: int) -> None:
    student = conversation(source).student

    first, second = report(lambda: student.double(1)), report(lambda: student.step(1))

    assert (first.kind, first.lines) == (kind, (line,))
    assert second == first


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.double(torch.eye(2)),
        lambda s: s.double(x=3.5),
        lambda s: s.step([torch.ones(2)], lr=0.25),
        lambda s: s.noise(),
        lambda s: s.nested(torch.tensor([1.0, -1.0])),
        lambda s: s.foreign(),
        lambda s: s.kinds(),
        lambda s: s.run("twice", torch.ones(2)),
        lambda s: s.vjp("double", (torch.ones(2),), torch.ones(2)),
        lambda s: s.vjp("double", (torch.ones(2),), torch.ones(3)),
        lambda s: s.wrong(4),
        lambda s: s.wrong(),
        lambda s: s.end(),
        lambda s: s.triple(),
        lambda s: s.run("thrice", 1),
    ],
)
def test_it_answers_as_a_worker_does(sandbox: Sandbox, ask: Callable[[Any], Any]) -> None:
    here, there = conversation(), conversation(sandbox=sandbox)
    reports = []

    for one in (here, there):
        try:
            ask(one.student)
            reports.append(None)
        except StudentRaised as error:
            reports.append(error.report)
    there.close()

    assert reports[0] == reports[1]
    assert len(here.transcript) == len(there.transcript)
    assert all(same_answer(*pair) for pair in zip(here.transcript, there.transcript, strict=True))


def test_the_seed_of_the_case_decides_what_is_drawn() -> None:
    one = conversation()
    drawn = []

    for seed in (7, 8, 7):
        one.begin(seed, new_check=True)
        drawn.append(one.student.noise().tolist())

    assert drawn[0] == drawn[2]
    assert drawn[0] != drawn[1]


def test_a_module_can_be_changed_once_it_is_loaded() -> None:
    def change(module: ModuleType) -> None:
        module.double = lambda x: "changed"  # type: ignore[attr-defined]

    student = conversation(change=change).student

    assert student.double(3) == "changed"
    assert student.run("twice", 3) == "changed"


# --- what stays behind --------------------------------------------------------------------------------------------


def test_no_module_stays_behind() -> None:
    conversation().student.double(1)
    report(lambda: conversation("1 / 0\n").student.double(1))

    assert {"double", "probes"} & set(sys.modules) == set()


def test_a_module_of_the_same_name_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = ModuleType("double")
    monkeypatch.setitem(sys.modules, "double", ours)

    conversation().student.double(1)

    assert sys.modules["double"] is ours


@pytest.mark.parametrize("where", ["load", "call", "call that raises"])
def test_settings_do_not_reach_the_suite(where: str) -> None:
    change = "torch.set_default_dtype(torch.float64); torch.set_grad_enabled(False)"
    source = {
        "load": f"import torch\n{change}\ndef double(x):\n    return x\n",
        "call": f"import torch\ndef double(x):\n    {change}\n    return x\n",
        "call that raises": f"import torch\ndef double(x):\n    {change}\n    return 1 / 0\n",
    }[where]

    try:
        conversation(source).student.double(1)
    except StudentRaised as error:
        assert error.report.type == "ZeroDivisionError"

    assert torch.get_default_dtype() is torch.float32
    assert torch.is_grad_enabled()


ENDS = {
    "load": "import os\nos._exit(3)\n",
    "call": "import os\ndef double(x):\n    os._exit(259) if x else None\n    return x\n",
    "call, caught": """
import os
def double(x):
    try:
        os._exit(3) if x else None
    except BaseException:
        pass
    return x
""",
    "call, by its own name": "from os import _exit\ndef double(x):\n    _exit(3) if x else None\n    return x\n",
    "put something else there": """
import os
def double(x):
    end, os._exit = os._exit, print
    end(3) if x else None
    return x
""",
}


@pytest.mark.parametrize("where", ENDS)
def test_what_ends_its_process_ends_only_itself(sandbox: Sandbox, where: str) -> None:
    before = os._exit
    words = []

    for one in (conversation(ENDS[where]), conversation(ENDS[where], sandbox=sandbox)):
        with pytest.raises(WorkerEnded) as ended:
            one.student.double(1)
        words.append((ended.value.outcome, ended.value.cause, ended.value.words))
        if where != "load":
            assert one.student.double(0) == 0  # a fresh one
        one.close()

    assert words[0] == words[1]
    assert words[0][:2] == ("crashed", "exit")
    assert "The code ended its own process (exit status 3)." in words[0][2]
    assert os._exit is before


def test_two_variants_do_not_see_each_other() -> None:
    one = conversation("count = 0\ndef double(x):\n    global count\n    count += 1\n    return count\n")
    other = conversation("def double(x):\n    return -1\n")

    assert [one.student.double(0), other.student.double(0), one.student.double(0)] == [1, -1, 2]


# --- time ---------------------------------------------------------------------------------------------------------

ENDLESS = """
def double(x):
    while x:
        pass
    return "done"

def stubborn(x):
    try:
        while True:
            pass
    except BaseException:
        return x
"""
SHORT = Limits(cpu_seconds=0.2, total_cpu_seconds=60)


def test_what_is_quick_spends_next_to_nothing() -> None:
    one = conversation(limits=Limits(cpu_seconds=5, total_cpu_seconds=10))

    for seed in range(30):
        one.begin(seed, new_check=True)
        one.student.double(seed)

    assert DirectSandbox().worker(LIMITS).cpu_seconds() == 0


@pytest.mark.parametrize("name", ["double", "stubborn"])
def test_an_endless_loop_costs_its_own_check(name: str) -> None:
    one = conversation(ENDLESS, limits=SHORT)

    with pytest.raises(WorkerEnded) as ended:
        getattr(one.student, name)(1)
    one.begin(8, new_check=True)

    assert (ended.value.outcome, ended.value.cause) == ("timeout", "cpu")
    assert ended.value.words.endswith("One check may compute for 0.2 s.")
    assert one.student.double(0) == "done"


def test_after_an_endless_loop_the_module_is_a_fresh_one() -> None:
    one = conversation(
        "calls = []\ndef double(x):\n    calls.append(x)\n    while x: pass\n    return len(calls)\n", limits=SHORT
    )
    assert [one.student.double(0), one.student.double(0)] == [1, 2]

    with pytest.raises(WorkerEnded):
        one.student.double(1)

    assert one.student.double(0) == 1


def test_an_endless_loop_spends_the_budget_of_all_checks_but_for_a_reserve() -> None:
    one = conversation(
        "def double(x):\n    while x: pass\n    return 0\n", limits=Limits(cpu_seconds=2, total_cpu_seconds=0.2)
    )
    with pytest.raises(WorkerEnded):
        one.student.double(1)

    one.begin(8, new_check=True)
    assert one.student.double(0) == 0

    one.begin(9, new_check=True)
    with pytest.raises(WorkerEnded, match=r"All checks together may compute for 0\.2 s") as ended:
        one.student.double(1)
    assert ended.value.cause == "budget"
    assert one._used() < 3  # the limit of a check is not paid again


def test_an_endless_loop_while_loading_ends_all_checks() -> None:
    one = conversation("while True:\n    pass\n", limits=SHORT)

    for _ in range(2):
        with pytest.raises(WorkerEnded, match="while the file was loaded") as ended:
            one.student.double(1)
        assert ended.value.cause == "cpu"


def test_the_clock_of_the_process_is_left_as_it_was() -> None:
    before = signal.getsignal(signal.SIGPROF)

    with pytest.raises(WorkerEnded):
        conversation(ENDLESS, limits=SHORT).student.double(1)

    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


# --- Ctrl-C -------------------------------------------------------------------------------------------------------

PRESSED = """
import signal
def double(x):
    try:
        signal.raise_signal(signal.SIGINT)
        while True:
            pass
    except BaseException:
        return x
"""


@pytest.mark.parametrize("source", [PRESSED, "import signal\nsignal.raise_signal(signal.SIGINT)\n"])
def test_ctrl_c_is_not_for_the_variant(source: str) -> None:
    before = signal.getsignal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        conversation(source).student.double(1)

    assert signal.getsignal(signal.SIGINT) is before


def test_what_looks_like_ctrl_c_is_the_variants_own() -> None:
    found = report(lambda: conversation("def double(x):\n    raise KeyboardInterrupt\n").student.double(1))

    assert (found.kind, found.type) == ("exception", "KeyboardInterrupt")


def test_outside_the_main_thread_it_answers_without_a_limit() -> None:
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(conversation().student.double(3)))

    thread.start()
    thread.join()

    assert answers == [6]
