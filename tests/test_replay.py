"""The course's own variants: what they say of themselves, how they fare, and what the reference says to questions."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.diagnosis import Trace
from grader.ending import nowhere
from grader.examiner import Examiner
from grader.exercise import Course, Exercise
from grader.reference import Reference
from grader.replay import ReferenceOracle, Variant, converse, explanation
from grader.result import Outcome
from grader.student import Conversation
from grader.transcript import Exchange

CODE = """
def double(x, times=1, *, scale=2):
    for _ in range(times):
        x = scale * x
    return x

def step(params, lr=0.5):
    params[0] *= lr

def refuse(x):
    raise ValueError("no")
"""
PROBES = "def twice(module, x, times=1):\n    return module.double(module.double(x, times), times)\n"


@pytest.fixture
def exercise(write_exercise: Callable[..., Path]) -> Exercise:
    return Course.open(write_exercise(code=CODE, probes__py=PROBES)).exercise("toy/double")


# --- explanation --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"""Three is not two."""\nx = 1\n', "Three is not two."),
        ('"""Three is not two.\n\nMore for instructors.\n"""\n', "Three is not two."),
        ('"""\nThree is not two.\n"""\n', "Three is not two."),
        ("# Three is not two.\nx = 1\n", ""),
        ('x = 1\n"""Three is not two."""\n', ""),
        ("def double(x:\n", ""),
        ("x = '\0'\n", ""),
        ("", ""),
    ],
)
def test_a_misconception_explains_itself_in_its_first_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "three.py").write_text(text)

    assert explanation(tmp_path / "three.py") == words


def test_what_is_not_utf_8_explains_nothing(tmp_path: Path) -> None:
    (tmp_path / "three.py").write_bytes(b'"""Drei \xff."""\n')

    assert explanation(tmp_path / "three.py") == ""


# --- a variant in the checks --------------------------------------------------------------------------------------


@pytest.fixture
def examiner(exercise: Exercise) -> Iterator[Examiner]:
    with Examiner(exercise, "seed") as examiner:
        yield examiner


def write(exercise: Exercise, text: str) -> Path:
    path = exercise.folder / "misconceptions" / "tripled.py"
    path.parent.mkdir()
    path.write_text(textwrap.dedent(text).lstrip())
    return path


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("def double(x):\n    return 2 * x\n", ["passed", "passed"]),
        ("def double(x):\n    return 3 * x\n", ["failed", "failed"]),
        ("def double(x):\n    return 2 * x if x.dim() else x\n", ["passed", "failed"]),
        ("def double(x):\n    raise ValueError\n", ["crashed", "crashed"]),
        ("def double(x:\n", ["crashed", "crashed"]),
    ],
)
def test_a_variant_fares_as_its_source_does(
    exercise: Exercise, examiner: Examiner, text: str, outcomes: list[str]
) -> None:
    def run(check: str, student: Conversation) -> Trace:
        verdicts = {verdict.name: verdict for verdict in examiner.examine(student, nowhere, explain=False)}
        return Trace(verdicts[check].outcome, check, tuple(student.transcript))

    variant = Variant(exercise, write(exercise, text), run)

    traces = [variant.trace("test_value"), variant.trace("test_scalar")]

    verdicts = examiner.examine(converse(exercise, text), nowhere, explain=False)
    assert [trace.outcome.value for trace in traces] == outcomes
    assert [trace.outcome for trace in traces] == [verdict.outcome for verdict in verdicts]
    assert [trace.passed for trace in traces] == [outcome == "passed" for outcome in outcomes]


def test_a_variant_is_played_to_a_check_once_and_only_when_asked(exercise: Exercise) -> None:
    played = []

    def run(check: str, student: Conversation) -> Trace:
        played.append(check)
        return Trace(Outcome.FAILED, check)

    variant = Variant(exercise, write(exercise, '"""Three is not two."""\ndef double(x:\n'), run)
    assert (variant.name, played) == ("tripled", [])

    traces = [variant.trace(check) for check in ("test_a", "test_b", "test_a", "test_b")]

    assert played == ["test_a", "test_b"]
    assert [trace.case for trace in traces] == ["test_a", "test_b", "test_a", "test_b"]


def test_a_variant_has_the_probes_of_its_exercise(exercise: Exercise) -> None:
    def run(check: str, student: Conversation) -> Trace:
        student.begin(0, new_check=True)
        student.student.run("twice", 5)
        return Trace(Outcome.FAILED, check, tuple(student.transcript))

    variant = Variant(exercise, write(exercise, '"""Three."""\ndef double(x, times):\n    return 3 * x\n'), run)

    assert [exchange.value for exchange in variant.trace("test_it").exchanges] == [45]
    assert variant.words == "Three."


# --- the reference, asked -----------------------------------------------------------------------------------------


def oracle_of(
    exercise: Exercise, play: Callable[[str, str, Conversation], Sequence[Exchange]] | None = None
) -> ReferenceOracle:
    def nothing(check: str, case: str, student: Conversation) -> Sequence[Exchange]:
        return ()

    return ReferenceOracle(exercise, Reference(exercise.code, exercise.folder / "probes.py"), play or nothing)


def test_a_case_is_played_to_the_reference_once(exercise: Exercise) -> None:
    played = []

    def play(check: str, case: str, student: Conversation) -> Sequence[Exchange]:
        played.append((check, case))
        student.begin(0, new_check=True)
        student.student.double(len(case))
        return student.transcript

    oracle = oracle_of(exercise, play)

    values = [oracle.exchanges("test_it", case)[0].value for case in ("test_it[a]", "test_it[bcd]", "test_it[a]")]

    assert values == [20, 24, 20]
    assert played == [("test_it", "test_it[a]"), ("test_it", "test_it[bcd]")]


def test_what_was_said_in_a_case_stays_when_other_questions_are_asked(exercise: Exercise) -> None:
    def play(check: str, case: str, student: Conversation) -> Sequence[Exchange]:
        student.begin(0, new_check=True)
        student.student.double(4)
        return student.transcript

    oracle = oracle_of(exercise, play)

    oracle.exchanges("test_it", "test_it")
    oracle.ask("call", "double", [5], {})

    assert [exchange.value for exchange in oracle.exchanges("test_it", "test_it")] == [8]


def quick(exercise: Exercise, *calls: Callable[[Any], Any], suite: Callable[[], Any] = lambda: None) -> bool:
    """Whether the reference counts as quick after a case with these calls; ``suite`` is what the suite does itself."""

    def play(check: str, case: str, student: Conversation) -> Sequence[Exchange]:
        student.begin(0, new_check=True)
        suite()
        for call in calls:
            call(student.student)
        return student.transcript or ()

    oracle = oracle_of(exercise, play)
    oracle.exchanges("test_it", "test_it")
    return oracle.is_quick


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda student: student.double(4), True),
        (lambda student: student.double(4, 1000, scale=1), True),
        (lambda student: student.double(4, 100_000, scale=1), False),  # plain Python counts as well
        (lambda student: student.double(torch.ones(2), 1000), True),
        (lambda student: student.double(torch.ones(2), 5000), False),
        (lambda student: student.run("twice", torch.ones(2), 2000), False),  # and a probe
        (lambda student: student.vjp("double", [torch.ones(2), 5000], torch.ones(2)), False),
        (lambda student: student.double(torch.ones(3_000_000)), False),  # one call, with much to do
    ],
)
def test_the_reference_is_quick_where_an_answer_takes_few_steps(
    exercise: Exercise, call: Callable[[Any], Any], expected: bool
) -> None:
    assert quick(exercise, call) is expected


def test_the_speed_of_the_machine_does_not_matter(exercise: Exercise) -> None:
    slow = "    sum(range(5_000_000))  # 0.05 s at the least, and one step\n    for"
    exercise.code.write_text(exercise.code.read_text().replace("    for", slow, 1))

    assert quick(exercise, lambda student: student.double(4))
    assert quick(exercise, lambda student: student.double(4), suite=lambda: sum(range(5_000_000)))


def test_only_what_the_reference_does_counts(exercise: Exercise) -> None:
    x = torch.ones(2)

    assert quick(exercise, lambda student: student.double(x), suite=lambda: [x + x for _ in range(5000)])


def test_steps_are_counted_by_the_answer(exercise: Exercise) -> None:
    def much(student: Any) -> None:
        student.double(torch.ones(2), 3000)

    def little(student: Any) -> None:
        student.double(torch.ones(2), 1)

    assert not quick(exercise, much)
    assert quick(exercise, much, little)
    assert not quick(exercise, *[much] * 9, little)


def test_each_case_is_quick_or_not_for_itself(exercise: Exercise) -> None:
    def play(check: str, case: str, student: Conversation) -> Sequence[Exchange]:
        student.begin(0, new_check=True)
        student.student.double(torch.ones(2), 5000 if case == "long" else 1)
        return student.transcript or ()

    oracle = oracle_of(exercise, play)
    seen = []

    for case in ("short", "long", "short", "long"):
        oracle.exchanges("test_it", case)
        seen.append(oracle.is_quick)

    assert seen == [True, False, True, False]


@pytest.mark.parametrize(
    ("op", "name", "args", "kwargs", "value"),
    [
        ("call", "double", [3], {}, 6),
        ("call", "double", [3, 2], {"scale": 5}, 75),
        ("run", "twice", [3], {"times": 2}, 48),
    ],
)
def test_another_question_is_answered(
    exercise: Exercise, op: str, name: str, args: list[Any], kwargs: dict[str, Any], value: Any
) -> None:
    exchange = oracle_of(exercise).ask(op, name, args, kwargs)

    assert exchange is not None
    assert (exchange.op, exchange.name, exchange.value) == (op, name, value)
    assert exchange.arguments() == (args, kwargs)


def test_an_answer_says_what_changed(exercise: Exercise) -> None:
    exchange = oracle_of(exercise).ask("call", "step", [[torch.ones(2)]], {"lr": 0.25})

    assert exchange is not None
    assert exchange.arguments()[0][0][0].tolist() == [1, 1]
    assert exchange.arguments_after()[0][0][0].tolist() == [0.25, 0.25]


@pytest.mark.parametrize(
    ("op", "name", "args"),
    [
        ("call", "refuse", [3]),
        ("call", "double", []),
        ("call", "no_such_name", [3]),
        ("run", "no_such_probe", [3]),
        ("vjp", "double", [[torch.ones(2)], torch.ones(3)]),
    ],
)
def test_what_the_reference_cannot_answer_is_none(exercise: Exercise, op: str, name: str, args: list[Any]) -> None:
    oracle = oracle_of(exercise)

    assert oracle.ask(op, name, args, {}) is None
    assert oracle.ask("call", "double", [3], {}) is not None


@pytest.mark.parametrize(
    ("op", "name", "args", "kwargs", "named"),
    [
        ("call", "double", [3], {}, {"x": 3, "times": 1, "scale": 2}),
        ("call", "double", [3, 4], {"scale": 5}, {"x": 3, "times": 4, "scale": 5}),
        ("call", "double", [], {"times": 4, "x": 3}, {"x": 3, "times": 4, "scale": 2}),
        ("run", "twice", [3], {}, {"x": 3, "times": 1}),  # without the module
        ("vjp", "double", [[3, 4], 0.5], {}, {"x": 3, "times": 4, "scale": 2}),  # without the cotangent
        ("call", "double", [3, 4, 5], {"scale": 6}, {"argument 1": 3, "argument 2": 4, "argument 3": 5, "scale": 6}),
    ],
)
def test_arguments_go_by_their_names(
    exercise: Exercise, op: str, name: str, args: list[Any], kwargs: dict[str, Any], named: dict[str, Any]
) -> None:
    bound = oracle_of(exercise).bind(op, name, args, kwargs)

    assert bound == named
    assert list(bound) == list(named)


def test_defaults_are_those_of_the_reference(exercise: Exercise) -> None:
    oracle = oracle_of(exercise)

    assert oracle.defaults("call", "double") == {"times": 1, "scale": 2}
    assert oracle.defaults("vjp", "step") == {"lr": 0.5}
    assert oracle.defaults("run", "twice") == {"times": 1}
    assert oracle.defaults("call", "refuse") == {}
