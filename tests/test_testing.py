"""The vocabulary of suites: what passes, what fails, and with which words."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from grader.testing import (
    Awarded,
    CheckFailed,
    assert_close,
    assert_converges,
    assert_gradients,
    assert_trajectory,
    award,
    expect,
)
from grader.worker import probing
from grader.worker.wire import Foreign

F64 = torch.float64


def cause(actual: Any, expected: Any, **tolerances: float) -> str:
    with pytest.raises(CheckFailed) as failure:
        assert_close(actual, expected, **tolerances)
    return failure.value.cause


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (torch.ones(2, dtype=F64), torch.ones(2, dtype=F64) * (1 + 1e-10)),
        (torch.tensor([1e6, 1e-6]), torch.tensor([1e6, 2e-6])),  # relative to the largest magnitude
        (torch.tensor([math.inf, math.nan, 1]), torch.tensor([math.inf, math.nan, 1])),
        (torch.zeros(0, 3), torch.zeros(0, 3)),
        (torch.tensor([1, 2]), torch.tensor([1, 2])),
        ([1, (2.0, None)], (1, [2.0, None])),
        ({"a": torch.ones(2)}, {"a": torch.ones(2)}),
        (1, 1.0),
        (math.nan, math.nan),
        (math.inf, math.inf),
    ],
)
def test_close(actual: Any, expected: Any) -> None:
    assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "why"),
    [
        (None, torch.ones(2), "type"),
        (Foreign("Cheat"), torch.ones(2), "type"),
        ([1.0, 1.0], torch.ones(2), "type"),
        (1.0, torch.tensor(1.0), "type"),
        (torch.ones(1, 2), torch.ones(2), "shape"),
        (torch.ones(0, 2), torch.ones(2), "shape"),
        (torch.tensor(1.0), torch.ones(2), "shape"),
        (torch.ones(2, dtype=F64), torch.ones(2), "dtype"),
        (torch.ones(2, dtype=torch.int64), torch.ones(2), "dtype"),
        (torch.tensor([math.nan, 1]), torch.ones(2), "nonfinite"),
        (torch.tensor([math.inf, 1]), torch.ones(2), "nonfinite"),
        (torch.ones(2), torch.tensor([math.inf, 1]), "nonfinite"),
        (torch.tensor([-math.inf]), torch.tensor([math.inf]), "nonfinite"),
        (torch.tensor([math.inf]), torch.tensor([math.nan]), "nonfinite"),
        (torch.ones(2) * 1.001, torch.ones(2), "value"),
        (torch.zeros(2), torch.full((2,), 1e-5), "value"),
        (torch.ones(2, dtype=F64) * (1 + 1e-8), torch.ones(2, dtype=F64), "value"),
        (torch.tensor([1, 3]), torch.tensor([1, 2]), "value"),
        (True, 1, "type"),
        (1, True, "type"),
        (1.0, 1, "type"),
        (math.nan, 1.0, "nonfinite"),
        (math.inf, -math.inf, "value"),
        (2.0, 1.0, "value"),
        ([1, 2], [1, 2, 3], "shape"),
        ({"a": 1}, {"b": 1}, "type"),
        (None, 1.0, "type"),
        ("a", "b", "value"),
    ],
)
def test_not_close(actual: Any, expected: Any, why: str) -> None:
    assert cause(actual, expected) == why


def test_words_for_the_student_hold_no_expected_number() -> None:
    with pytest.raises(CheckFailed) as failure:
        assert_close(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.5]), what="the loss")

    assert failure.value.feedback == "The loss has the right form, but its numbers are not right."
    assert failure.value.detail == "at index (1,): found 2.0, expected 2.5"


def test_none_asks_for_a_return() -> None:
    with pytest.raises(CheckFailed, match="is None \\(is a `return` missing\\?\\), expected a tensor"):
        assert_close(None, torch.ones(2))


class Functions:
    """Both sides of a comparison of gradients."""

    def __init__(self, function: Any) -> None:
        self.f = function

    def vjp(self, name: str, inputs: Any, cotangent: Any) -> Any:
        return probing.vjp(self.f, inputs, cotangent)


def softmax(x: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    return torch.softmax(x, 1) * scale


def randn(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.randn(shape, dtype=dtype, generator=torch.Generator().manual_seed(3))


def gradients_of(function: Any) -> None:
    inputs = (randn(4, 3, dtype=F64), randn(4, 1, dtype=F64))
    assert_gradients(Functions(function), Functions(softmax), "f", inputs, randn, names=("x", "scale"))


def test_right_gradients() -> None:
    gradients_of(lambda x, scale: x.exp() / x.exp().sum(1, keepdim=True) * scale)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda x, scale: torch.softmax(x, 1).detach() * scale, "No gradient reaches x"),
        (lambda x, scale: torch.softmax(x, 1) * scale.detach(), "No gradient reaches scale"),
        (lambda x, scale: softmax(x, scale).detach(), "No gradient reaches x"),
        (
            lambda x, scale: softmax(x, scale) + x.sum(1, keepdim=True) - x.sum(1, keepdim=True).detach(),
            "gradient of x",
        ),
    ],
)
def test_wrong_gradients(wrong: Any, words: str) -> None:
    with pytest.raises(CheckFailed, match=words):
        gradients_of(wrong)


def test_a_result_of_another_shape_has_no_gradients() -> None:
    with pytest.raises(probing.ProbeError, match=r"shape \(4,\), expected \(4, 3\)"):
        gradients_of(lambda x, scale: x.sum(1))


def test_trajectory_names_the_step() -> None:
    assert_trajectory([1.0, 0.5, 0.25], [1.0, 0.5, 0.25])
    with pytest.raises(CheckFailed, match="leaves the right path at step 2"):
        assert_trajectory([1.0, 0.5, 0.26], [1.0, 0.5, 0.25])
    with pytest.raises(CheckFailed, match="has 2 entries, expected 3"):
        assert_trajectory([1.0, 0.5], [1.0, 0.5, 0.25])
    with pytest.raises(CheckFailed, match="at step 1"):
        assert_trajectory([[torch.ones(2)], [torch.ones(2)]], [[torch.ones(2)], [torch.zeros(2)]], what="the weights")


def test_convergence_is_judged_by_what_is_evaluated_here() -> None:
    def loss(weights: list[torch.Tensor]) -> float:
        return float(weights[0].square().sum())

    assert_converges([torch.tensor([0.1])], loss, at_most=0.1)
    for weights, words in (([1.0], "higher"), ([math.nan], "diverged"), ([0.0], "lower")):
        with pytest.raises(CheckFailed, match=words):
            assert_converges([torch.tensor(weights)], loss, at_most=0.1, at_least=1e-6)


def test_award_ends_the_check() -> None:
    with pytest.raises(Awarded) as part:
        award(0.5, "right direction, wrong scale")
    assert part.value.part == 0.5
    with pytest.raises(ValueError, match="0 ≤ part < 1"):
        award(1.5, "")


def test_expect() -> None:
    expect(True, "")
    with pytest.raises(CheckFailed, match="so it is"):
        expect(False, "so it is")
