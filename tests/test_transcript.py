"""What was asked and answered is kept as it was."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from grader import transcript
from grader.direct import DirectSandbox
from grader.link import StudentRaised
from grader.sandbox import Limits
from grader.student import Conversation
from grader.transcript import Exchange, copied, held
from grader.worker import wire

STEP = """
def step(params, grads, *, lr, state):
    params[0] -= lr * grads[0]
    params.append(grads[0] * 0)
    state["step"] = state["step"] + 1
    return params[0]
"""


def one_step(params: list[torch.Tensor], state: dict[str, Any]) -> Exchange:
    """The exchange of one call, as a conversation records it."""
    conversation = Conversation(DirectSandbox(), "step", STEP, None, Limits())
    conversation.begin(0, new_check=True)
    conversation.student.step(params, [torch.tensor([2.0, 4.0])], lr=0.5, state=state)
    assert conversation.transcript is not None
    (exchange,) = conversation.transcript
    return exchange


def test_the_arguments_are_those_before_the_call() -> None:
    params, state = [torch.ones(2)], {"step": 3}

    exchange = one_step(params, state)

    (p, g), kwargs = exchange.arguments()
    assert (p[0].tolist(), g[0].tolist(), kwargs) == ([1, 1], [2, 4], {"lr": 0.5, "state": {"step": 3}})
    assert (len(p), len(params), state) == (1, 2, {"step": 4})


def test_the_arguments_after_the_call_hold_its_changes() -> None:
    exchange = one_step([torch.ones(2)], {"step": 3})

    (p, g), kwargs = exchange.arguments_after()

    assert [x.tolist() for x in p] == [[0, -1], [0, 0]]
    assert g[0].tolist() == [2, 4]
    assert kwargs == {"lr": 0.5, "state": {"step": 4}}


def test_whoever_changes_what_was_asked_changes_a_copy() -> None:
    exchange = one_step([torch.ones(2)], {"step": 3})

    exchange.arguments()[0][0][0].zero_()
    exchange.arguments_after()[1]["state"].clear()

    assert exchange.arguments()[0][0][0].tolist() == [1, 1]
    assert exchange.arguments_after()[1]["state"] == {"step": 4}


def test_what_raised_left_the_arguments_alone() -> None:
    exchange = Exchange("call", "f", wire.encode([[torch.ones(2)], {}]), error=("ValueError", "no"))

    assert exchange.value is None
    assert exchange.arguments_after()[0][0].tolist() == [1, 1]


def test_an_answer_is_recorded_as_it_was_given() -> None:
    params = [torch.ones(2)]
    exchange = one_step(params, {"step": 3})

    params[0].fill_(7)
    params.clear()

    assert (exchange.op, exchange.name, exchange.error) == ("call", "step", None)
    assert exchange.value.tolist() == [0, -1]
    assert exchange.arguments_after()[0][0][0].tolist() == [0, -1]


def test_a_copy_shares_nothing() -> None:
    tree = {"a": [torch.ones(2), (torch.zeros(1), 1.5)], "b": "text", "n": None}
    copy = copied(tree)

    copy["a"][0].fill_(7)
    copy["a"][1][0].fill_(7)
    copy["a"].append(3)
    copy["b"] = "other"

    assert tree["a"][0].tolist() == [1, 1]
    assert tree["a"][1][0].tolist() == [0]
    assert (len(tree["a"]), tree["b"]) == (2, "text")


@pytest.mark.parametrize("tree", [None, True, 3, 2.5, "text", [], (), {}, [1, (2.0, {"a": None})]])
def test_a_copy_is_of_the_same_kind(tree: Any) -> None:
    copy = copied(tree)

    assert copy == tree
    assert type(copy) is type(tree)


def test_a_copy_has_no_graph() -> None:
    x = torch.ones(2, requires_grad=True)

    assert copied(x).requires_grad is False
    assert copied([x * 2])[0].grad_fn is None


# --- how much is kept ---------------------------------------------------------------------------------------------

SPEAKS = """
import torch

def answer(count):
    return torch.zeros(count)

def change(params, count):
    params.append(torch.zeros(count))

def take(x):
    return None

def refuse(x):
    raise ValueError("no")
"""
KB = 250  # float32 numbers in a kilobyte


@pytest.fixture
def conversation(monkeypatch: pytest.MonkeyPatch) -> Conversation:
    """One that may keep 100 kB of a case."""
    monkeypatch.setattr(transcript, "MAX_BYTES", 100_000)
    conversation = Conversation(DirectSandbox(), "speaks", SPEAKS, None, Limits())
    conversation.begin(0, new_check=True)
    return conversation


@pytest.mark.parametrize(
    "speak",
    [
        lambda student: student.answer(30 * KB),
        lambda student: student.change([], 30 * KB),
        lambda student: student.take(torch.zeros(30 * KB)),
        lambda student: student.refuse(torch.zeros(30 * KB)),
    ],
    ids=["value", "changes", "arguments", "arguments of what raised"],
)
def test_when_too_much_is_said_nothing_of_the_case_is_kept(conversation: Conversation, speak: Any) -> None:
    kept = []

    for _ in range(5):
        try:
            speak(conversation.student)
        except StudentRaised:
            pass
        kept.append(None if conversation.transcript is None else len(conversation.transcript))

    assert kept == [1, 2, 3, None, None]


def test_what_comes_after_too_much_is_not_kept_either(conversation: Conversation) -> None:
    conversation.student.answer(200 * KB)
    conversation.student.answer(1)

    assert conversation.transcript is None


def test_another_case_is_kept_again(conversation: Conversation) -> None:
    conversation.student.answer(200 * KB)

    conversation.begin(1, new_check=False)

    assert conversation.transcript == ()
    conversation.student.answer(50 * KB)
    assert conversation.transcript is not None
    assert [exchange.value.numel() for exchange in conversation.transcript] == [50 * KB]


def test_what_is_too_much_is_not_even_copied(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    monkeypatch.setattr(transcript, "copied", lambda tree: sizes.append(held(tree)))

    conversation.student.answer(10 * KB)
    conversation.student.answer(200 * KB)
    conversation.student.answer(10 * KB)

    assert max(sizes) < 20_000
    assert len(sizes) == 2  # the first value and its changes


@pytest.mark.parametrize(
    ("tree", "least"),
    [
        (torch.zeros(1000), 4000),
        (torch.zeros(1000, dtype=torch.float64), 8000),
        ([torch.zeros((), dtype=torch.uint8)] * 1000, 500_000),  # what a tensor takes, not what it holds
        ({"a": (torch.zeros(1000), [torch.zeros(1000)])}, 8000),
        ([[]] * 1000, 50_000),
        (dict.fromkeys(range(1000)), 30_000),
        ([0.5] * 1000, 20_000),
        (["x" * 1000], 1000),
        ({"x" * 1000: 1}, 1000),
        (b"x" * 1000, 1000),
        (wire.Foreign("x" * 1000), 1000),
    ],
)
def test_what_data_take(tree: Any, least: int) -> None:
    assert least <= held(tree) <= 5 * least
