"""The vocabulary of suites: what passes, what fails, and with which words."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from grader.convergence import Band, Measurement
from grader.testing import (
    Awarded,
    CheckFailed,
    assert_close,
    assert_converges,
    assert_gradients,
    assert_trajectory,
    award,
    expect,
    is_close,
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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (torch.ones(2), torch.ones(2) * (1 + 1e-6), True),
        (torch.ones(2), torch.ones(2) * 1.001, False),
        (torch.ones(2), torch.ones(2, 1), False),
        (torch.ones(2), torch.ones(2, dtype=F64), False),
        (torch.tensor([math.nan, 1]), torch.tensor([math.nan, 1]), True),
        (torch.tensor([1j, 1]), torch.tensor([1j, 2]), False),
        ([1, (2.0, {"a": None})], (1, [2.0, {"a": None}]), True),
        ([1, 2], [1, 3], False),
        ([1, 2], [1, 2, 3], False),
        ({"a": 1}, {"a": 1}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1, 0: 2}, {"a": 1}, False),  # keys that have no order
        ({0: 1, "a": 2}, {"a": 2, 0: 1}, True),
        (Foreign("Pair"), Foreign("Pair"), True),  # the same as far as can be known
        (Foreign("Pair"), Foreign("Other"), False),
        (Foreign("Pair"), torch.ones(2), False),
        ([Foreign("Pair"), 1], [Foreign("Pair"), 1], True),
        (b"one", b"one", True),
        (b"one", b"two", False),
        (None, torch.ones(2), False),
        ("a", "a", True),
        ("a", 1.0, False),
        (1, True, False),
        (math.nan, math.nan, True),
        (1.0, 1.0 + 1e-6, False),
        (None, None, True),
    ],
)
def test_any_two_plain_values_are_close_or_not(one: Any, other: Any, same: bool) -> None:
    assert is_close(one, other) is same
    assert is_close(other, one) is same


def test_words_for_the_student_hold_no_expected_number() -> None:
    with pytest.raises(CheckFailed) as failure:
        assert_close(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.5]), what="the loss")

    assert failure.value.feedback == "The loss has the right form, but its numbers are not right."
    assert failure.value.detail == "at index 1: found 2, expected 2.5"


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


BAND = Band(low=1.0, high=2.0, median=1.4, seeds=1300)
INSIDE = [1.5, 1.2, 1.9, 1.1, 1.4]  # the final loss for each seed


def final(losses: list[float], seed: int) -> float:
    """A training run whose final loss is known."""
    return losses[seed]


@pytest.mark.parametrize(
    "losses",
    [
        INSIDE,
        [1.0] * 5,
        [2.0] * 5,
        [1.5, math.nan, 1.2, 1.9, 1.4],  # one bad run of five is forgiven
        [1.5, 1.2, 99.0, 1.9, -math.inf],
        [0.1, 1.2, 1.4, 1.9, 0.1],
    ],
)
def test_training_that_arrives_in_the_band(losses: list[float]) -> None:
    assert_converges(final, losses, BAND)


@pytest.mark.parametrize(
    ("losses", "why", "words"),
    [
        ([2.1] * 5, "convergence", "higher than where this recipe arrives"),
        ([1.5, 1.2, 2.1, 2.2, 2.3], "convergence", "higher"),
        ([0.9] * 5, "convergence", "lower than this recipe can reach"),
        ([1.5, 1.2, 0.1, 0.1, 0.1], "convergence", "lower"),
        ([1.5, 1.2, math.nan, math.nan, math.nan], "nonfinite", "diverged"),
        ([math.nan, 1.2, math.inf, 1.5, math.nan], "nonfinite", "diverged"),
        ([-math.inf] * 5, "nonfinite", "diverged"),
    ],
)
def test_training_that_arrives_elsewhere(losses: list[float], why: str, words: str) -> None:
    with pytest.raises(CheckFailed, match=words) as failure:
        assert_converges(final, losses, BAND)

    assert failure.value.cause == why
    assert not any(edge in failure.value.feedback for edge in ("1.0", "2.0"))  # of the band: that is not told


def test_whoever_may_do_better_has_no_lower_edge() -> None:
    assert_converges(final, [0.1] * 5, BAND, lower=False)

    with pytest.raises(CheckFailed, match="higher"):
        assert_converges(final, [2.1] * 5, BAND, lower=False)


def test_beside_the_reference_each_run_ends_where_the_references_ends() -> None:
    nearly = [loss * 1.04 for loss in INSIDE]
    two_bad = [*nearly[:3], 1.9, 1.9]

    assert_converges(final, nearly, BAND, beside=INSIDE)
    assert_converges(final, two_bad, BAND, beside=INSIDE)
    for losses in ([loss * 1.06 for loss in INSIDE], list(reversed(INSIDE))):
        with pytest.raises(CheckFailed, match="not where this recipe arrives from the same start") as failure:
            assert_converges(final, losses, BAND, beside=INSIDE)
        assert failure.value.cause == "convergence"
    assert_converges(final, [loss * 1.06 for loss in INSIDE], BAND, beside=INSIDE, within=0.1)


def test_the_band_holds_beside_the_reference_too() -> None:
    with pytest.raises(CheckFailed, match="higher"):
        assert_converges(final, [2.1] * 5, BAND, beside=[2.1] * 5)


def test_a_measurement_collects_and_judges_nothing() -> None:
    measurement = Measurement(7)

    assert_converges(final, [5.0, 99.0, 1.0, 2.0, 3.0, 4.0, 6.0], measurement, beside=INSIDE)

    assert measurement.losses == [5.0, 99.0, 1.0, 2.0, 3.0, 4.0, 6.0]
    assert measurement.band() == Band(1.0, 99.0, 4.0, 7)


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
