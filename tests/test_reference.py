"""The reference's memory: what is the same question, and what is never remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from grader import reference as rooms
from grader.reference import Reference

CODE = """
import torch

UNIT = "step"
calls = []

def double(x, *, scale=2):
    calls.append("double")
    return scale * x

def halve(x, *, scale=2):
    calls.append("halve")
    return x / scale

def step(params, state):
    calls.append("step")
    params[0] -= 1
    params.append(params[0] * 10)
    state["count"] = state["count"] + 1
    return state["count"]

def nested(x):
    calls.append("nested")
    return {"a": [x + 1, (1, 2.5, None, "two")], "b": x > 0}

def draw(generator):
    calls.append("draw")
    return torch.rand(2, generator=generator)

def loss(x):
    calls.append("loss")
    return (x * x).sum()

def weighted(x, w):
    calls.append("weighted")
    return x * w

def deep(depth):
    calls.append("deep")
    return [deep(depth - 1)] if depth else 1.5

def size(tree):
    calls.append("size")
    return len(tree)

def fresh():
    calls.append("fresh")
    return torch.ones(2, requires_grad=True)

def foreign(x):
    calls.append("foreign")
    return object()

def refuse(x):
    calls.append("refuse")
    raise ValueError("no")
"""
PROBES = """
def twice(module, x, *, scale=2):
    return module.double(module.double(x, scale=scale), scale=scale)
"""


@pytest.fixture
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reference:
    """One for which everything is worth remembering."""
    monkeypatch.setattr(rooms, "QUICK_SECONDS", 0.0)
    folder = tmp_path / "toy" / "double"
    folder.mkdir(parents=True)
    (folder / "double.py").write_text(CODE)
    (folder / "probes.py").write_text(PROBES)
    return Reference(folder / "double.py", folder / "probes.py")


def computed(reference: Reference, *asks: Callable[[Any], Any], cases: tuple[str, str] = ("a", "a")) -> int:
    """How often the code ran for two rounds of the same questions."""
    for case in cases:
        reference.begin(case)
        for ask in asks:
            ask(reference)
    return len(reference.calls)


# --- the same question --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda r: r.double(torch.ones(2)),
        lambda r: r.double(3, scale=4),
        lambda r: r.nested(torch.ones(2)),
        lambda r: r.step([torch.ones(2)], {"count": 0}),
        lambda r: r.vjp("loss", (torch.ones(2),), torch.tensor(1.0)),
    ],
)
def test_a_question_is_answered_from_memory_the_second_time(reference: Reference, ask: Callable[[Any], Any]) -> None:
    assert computed(reference, ask) == 1


def test_a_probe_is_remembered_too(reference: Reference) -> None:
    assert computed(reference, lambda r: r.run("twice", 3)) == 2  # the probe calls the function twice


@pytest.mark.parametrize(
    "other",
    [
        lambda r: r.double(torch.zeros(2)),
        lambda r: r.double(torch.ones(1, 2)),
        lambda r: r.double(torch.ones(2, dtype=torch.float64)),
        lambda r: r.double([torch.ones(2)]),
        lambda r: r.double(torch.ones(2), scale=3),
        lambda r: r.double(x=torch.ones(2)),
        lambda r: r.halve(torch.ones(2)),
        lambda r: r.vjp("double", (torch.ones(2),), torch.ones(2)),
    ],
)
def test_another_function_or_argument_is_another_question(reference: Reference, other: Callable[[Any], Any]) -> None:
    reference.begin("a")
    reference.double(torch.ones(2))

    reference.begin("a")
    other(reference)

    assert len(reference.calls) == 2


def test_another_case_is_another_question(reference: Reference) -> None:
    assert computed(reference, lambda r: r.double(1), cases=("a", "b")) == 2


def test_another_place_in_the_case_is_another_question(reference: Reference) -> None:
    assert computed(reference, lambda r: r.double(1), lambda r: r.double(1)) == 2


def test_what_is_not_remembered_has_its_place_too(reference: Reference) -> None:
    reference.begin("a")
    reference.double(1)

    reference.begin("a")
    reference.foreign(0)
    reference.double(1)

    assert reference.calls == ["double", "foreign", "double"]


# --- the same answer ----------------------------------------------------------------------------------------------


def test_the_remembered_answer_is_the_answer(reference: Reference) -> None:
    answers = []

    for _ in range(2):
        reference.begin("a")
        answers.append(reference.nested(torch.tensor([1.0, -1.0])))

    for answer in answers:
        assert answer["a"][0].tolist() == [2, 0]
        assert answer["a"][1] == (1, 2.5, None, "two")
        assert answer["b"].tolist() == [True, False]


def test_changed_arguments_come_back_from_memory(reference: Reference) -> None:
    for _ in range(2):
        first, state = torch.ones(2), {"count": 4}
        params = [first]
        reference.begin("a")

        assert reference.step(params, state) == 5

        assert params[0] is first
        assert [p.tolist() for p in params] == [[0, 0], [0, 0]]
        assert state == {"count": 5}
    assert reference.calls == ["step"]


def test_gradients_come_back_as_a_tuple(reference: Reference) -> None:
    for _ in range(2):
        reference.begin("a")

        gradients = reference.vjp("loss", (torch.tensor([1.0, 3.0]),), torch.tensor(1.0))

        assert type(gradients) is tuple
        assert gradients[0].tolist() == [2, 6]


def test_each_input_has_its_gradient(reference: Reference) -> None:
    for _ in range(2):
        reference.begin("a")

        gradients = reference.vjp("weighted", (torch.tensor(3.0), torch.tensor(5.0)), torch.tensor(2.0))

        assert [gradient.item() for gradient in gradients] == [10, 6]


def test_before_any_case_it_answers_as_well(reference: Reference) -> None:
    assert reference.double(3) == 6


def test_whoever_changes_an_answer_changes_a_copy(reference: Reference) -> None:
    for _ in range(3):
        reference.begin("a")
        answer = reference.double(torch.ones(2))

        assert answer.tolist() == [2, 2]
        answer.zero_()
    assert reference.calls == ["double"]


# --- what is never remembered -------------------------------------------------------------------------------------


def test_what_is_soon_answered_is_computed(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "QUICK_SECONDS", 3600.0)

    assert computed(reference, lambda r: r.double(3), lambda r: r.vjp("loss", (torch.ones(2),), torch.tensor(1.0))) == 4


@pytest.mark.parametrize(
    "ask",
    [
        lambda r: r.draw(torch.Generator().manual_seed(3)),
        lambda r: r.loss(torch.ones(2, requires_grad=True)),
        lambda r: r.loss(torch.nn.Parameter(torch.ones(2))),
        lambda r: r.size([1, torch.ones(2, requires_grad=True)]),
        lambda r: r.size({"n": 1, "x": torch.ones(2, requires_grad=True)}),
        lambda r: r.size([[1], [torch.Generator()]]),
        lambda r: r.fresh(),
        lambda r: r.foreign(1),
    ],
)
def test_what_is_not_plain_data_is_computed_each_time(reference: Reference, ask: Callable[[Any], Any]) -> None:
    assert computed(reference, ask) == 2


def test_an_exception_is_raised_each_time(reference: Reference) -> None:
    for _ in range(2):
        reference.begin("a")
        with pytest.raises(ValueError, match="no"):
            reference.refuse(1)

    assert reference.calls == ["refuse", "refuse"]


def test_a_generator_moves_on(reference: Reference) -> None:
    generator = torch.Generator().manual_seed(3)
    drawn = []

    for _ in range(2):
        reference.begin("a")
        drawn.append(reference.draw(generator).tolist())

    assert drawn[0] != drawn[1]


def test_a_graph_stays_whole(reference: Reference) -> None:
    for _ in range(2):
        x = torch.tensor([1.0, 3.0], requires_grad=True)
        reference.begin("a")

        reference.loss(x).backward()

        assert x.grad is not None
        assert x.grad.tolist() == [2, 6]


def test_a_tensor_that_requires_grad_is_not_the_plain_one(reference: Reference) -> None:
    for requires_grad in (False, True):
        x = torch.ones(2, requires_grad=requires_grad)
        reference.begin("a")

        assert reference.loss(x).requires_grad is requires_grad


def test_what_is_too_large_to_be_kept_is_computed_each_time(reference: Reference) -> None:
    nested: Any = torch.ones(2)
    for _ in range(40):  # deeper than the wire carries
        nested = [nested]

    for _ in range(2):
        reference.begin("a")
        assert len(reference.double(nested)) == 2
        deep = reference.deep(40)
        while isinstance(deep, list):
            (deep,) = deep
        assert deep == 1.5
    assert reference.calls == ["double", *["deep"] * 41] * 2


def test_a_full_memory_only_computes(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MAX_BYTES", 1000)
    large, small = torch.ones(2000), torch.ones(2)

    assert computed(reference, lambda r: r.double(large), lambda r: r.double(small)) == 3
    assert reference.calls == ["double", "double", "double"]


def test_the_memory_is_filled_by_all_answers_together(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MAX_BYTES", 1500)
    asks = [
        lambda r: r.double(torch.ones(100)),
        lambda r: r.halve(torch.ones(100)),
        lambda r: r.weighted(*torch.ones(2, 100)),
    ]

    assert computed(reference, *asks) == 4
    assert reference.calls == ["double", "halve", "weighted", "weighted"]  # 400 bytes each, and some


def test_what_an_answer_takes_besides_its_numbers_counts(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MAX_BYTES", 1000)
    asks = [lambda r, n=n: r.double(n) for n in range(100)]

    assert computed(reference, *asks) > 190  # as many numbers on the wire are a few hundred bytes


# --- its face -----------------------------------------------------------------------------------------------------


def test_what_is_no_function_is_handed_out(reference: Reference) -> None:
    assert reference.UNIT == "step"
    with pytest.raises(AttributeError):
        reference.no_such_name  # noqa: B018


def test_the_parameters_of_a_function_and_of_a_probe(reference: Reference) -> None:
    assert str(reference.parameters("call", "step")) == "(params, state)"
    assert str(reference.parameters("vjp", "double")) == "(x, *, scale=2)"
    assert str(reference.parameters("run", "twice")) == "(x, *, scale=2)"  # without the module
