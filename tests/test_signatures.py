"""What wrong numbers say about themselves: each signature where it holds, and beside it where it must be silent."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.signatures import Comparison, Diagnosis, Leaf, leaves_of, signature
from grader.transcript import copied

F64 = torch.float64
LN10 = math.log(10)


def t(*values: Any, dtype: torch.dtype = F64) -> torch.Tensor:
    return torch.tensor(values, dtype=dtype)


RIGHT = t([0.3, 1.7, -2.1], [0.9, 0.2, 5.3])
OTHER = t([1.1, -0.4, 0.6], [7.9, 3.2, -1.3])  # has nothing to do with RIGHT
SQUARE = t([1.0, 2.5], [-3.0, 7.0])
COLUMN = RIGHT[:, :1]
LOSSES = [5.0, 3.5, 3.1, 2.2]
LARGE = t([1000.0, 1.0, 2.0], [0.0, 1.0, 2.0])
NAN_ROW = torch.cat([torch.full((1, 3), math.nan, dtype=F64), RIGHT[1:]])


def said(mine: Any, right: Any, /, **arguments: Any) -> Diagnosis | None:
    """What the result ``mine`` says in place of ``right``."""
    return signature(Comparison(tuple(leaves_of("the result", mine, right)), arguments))


def changed(before: dict[str, Any], mine: dict[str, Any], right: dict[str, Any]) -> Diagnosis | None:
    """What the arguments say that were ``before``, became ``mine`` and should have become ``right``."""
    leaves = [
        leaf
        for name, value in before.items()
        for leaf in leaves_of(f"`{name}`", mine.get(name, value), right.get(name, value), value, is_argument=True)
    ]
    return signature(Comparison(tuple(leaves), before))


def expect(found: Diagnosis | None, key: str, *facts: str) -> None:
    """``found`` goes by ``key``, and its words hold the numbers and names of ``facts``."""
    assert found is not None
    assert found.key == key
    assert [fact for fact in facts if fact not in found.words] == [], found.words


# --- results ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "right", "arguments", "key", "words"),
    [
        (None, RIGHT, {}, "none", ""),
        # type, dtype, shape
        (2.5, torch.tensor(2.5), {}, "type only", "a float in place of a tensor"),
        (RIGHT[0].tolist(), RIGHT[0], {}, "type only", "a list in place of a tensor"),
        (t(1.0, 2.0), [1.0, 2.0], {}, "type only", "a tensor in place of a list"),
        (RIGHT.float(), RIGHT, {}, "dtype", "dtype"),
        (RIGHT.half(), RIGHT, {}, "dtype", "dtype"),
        (COLUMN, COLUMN[:, 0], {}, "shape only", "only the shape"),
        (RIGHT.T, RIGHT, {}, "transposed", "The result is the transpose"),
        # dimensions
        (OTHER.sum(0), OTHER.sum(1), {"x": OTHER}, "other dim: x", "sum of `x` over dim 0; it should be over dim 1."),
        (OTHER.mean(1), OTHER.mean(0), {"x": OTHER}, "other dim: x", "mean of `x` over dim 1; it should be over dim 0"),
        (RIGHT, RIGHT.sum(), {}, "not reduced: sum", "added up"),
        (RIGHT, RIGHT.mean(1), {}, "not reduced: mean", "averaged over dim 1"),
        (RIGHT.mean(), RIGHT, {}, "reduced: mean", "averaged"),
        (RIGHT.sum(0), RIGHT, {}, "reduced: sum", "added up over dim 0"),
        # places
        ((OTHER, RIGHT), (RIGHT, OTHER), {}, "other order", "the result[0] is what should be the result[1]"),
        (SQUARE.T, SQUARE, {}, "transposed", "The result is the transpose"),
        (torch.stack([SQUARE.T, SQUARE.T.exp()]), torch.stack([SQUARE, SQUARE.exp()]), {}, "transposed", "transpose"),
        (RIGHT[0].flip(0), RIGHT[0], {}, "reversed", "in reverse order"),
        (RIGHT.T.reshape(2, 3), RIGHT, {}, "wrong places", "in wrong places"),
        (OTHER, RIGHT, {"x": OTHER}, "came in: `x`", "The result is what came in as `x`"),
        (OTHER[0, :2], RIGHT[0, :2], {"x": OTHER[0, :2]}, "came in: `x`", "The result is what came in as `x`"),
        (OTHER, RIGHT, {"batches": [SQUARE, OTHER]}, "came in: `batches`", "is what came in as `batches`"),
        # numbers of their own
        (NAN_ROW, RIGHT, {"x": LARGE}, "nonfinite: nan from large x", "`x` reaches 1000 "),
        (NAN_ROW, RIGHT, {"x": OTHER}, "nonfinite: nan", "nan in 3 of 6 places"),
        (t(1.0, math.inf), t(1.0, 2.0), {}, "nonfinite: inf", "inf in 1 of 2 places"),
        (RIGHT * 0, RIGHT, {}, "zero", "The result is 0 everywhere."),
        (0.0, 3.7, {}, "zero", "The result is 0."),
        (t(8 * LN10), t(41.7), {}, "capped", "-log(1e-8)"),
        (t(3 * LN10), t(9.9), {}, "capped", "-log(1e-3)"),
        (RIGHT + 3, RIGHT, {}, "offset", "The result is too large by 3 everywhere."),
        (RIGHT - 0.25, RIGHT, {}, "offset", "The result is too small by 0.25 everywhere."),
        (RIGHT * (1 + 2e-7), RIGHT, {}, "precision", "6 digits"),
        # other results
        (RIGHT + 0.1 * OTHER, RIGHT, {"x": OTHER}, "plus x", "The result is the right one plus 0.1 times `x`."),
        (RIGHT + OTHER, RIGHT, {"x": OTHER}, "plus x", "The result is the right one plus 1 times `x`."),
        (OTHER - 0.5 * RIGHT, RIGHT, {"x": OTHER}, "added to x", "The result is `x` plus -0.5 times the right one."),
        # a sequence
        ([5.0, 8.5, 11.6, 13.8], LOSSES, {}, "running sum", "The result is a running sum"),
        ([4.0, 3.0, 4.0, 3.0], [4.0, 2.0, 6.0, 0.0], {}, "running mean", "The result is a running mean"),
        ([9.0, *LOSSES[:-1]], LOSSES, {}, "one step late", "The result is one step late"),
        ([*LOSSES[1:], 0.7], LOSSES, {}, "one step early", "The result is one step early"),
        ([2.2] * 4, LOSSES, {}, "last everywhere", "The result is its last entry everywhere"),
    ],
)
def test_wrong_results_say_what_they_are(mine: Any, right: Any, arguments: Any, key: str, words: str) -> None:
    expect(said(mine, right, **arguments), key, words)


@pytest.mark.parametrize(
    ("mine", "right", "arguments"),
    [
        (OTHER, RIGHT, {}),
        (OTHER * 1e-9, RIGHT * 1e-9, {}),  # small is not the same as close
        (RIGHT, None, {}),
        ("a", "b", {}),
        # type, dtype, shape: the numbers are not the right ones
        (2.6, torch.tensor(2.5), {}),
        (OTHER[0].tolist(), RIGHT[0], {}),
        (OTHER.float(), RIGHT, {}),
        (OTHER[:, :1], COLUMN[:, 0], {}),
        (OTHER.T, RIGHT, {}),
        # dimensions: both sums are the same, or it is another function over the dimension
        (OTHER.amax(0), OTHER.sum(1), {"x": OTHER}),
        (OTHER, RIGHT.sum(), {}),
        (OTHER.mean(1), RIGHT, {}),
        # places: one value is of another kind, one number altered
        ((OTHER, RIGHT + OTHER.sin()), (RIGHT, OTHER), {}),
        (SQUARE.T + t([0, 0.01], [0, 0]), SQUARE, {}),
        (RIGHT[0].flip(0) + t(0, 0.01, 0), RIGHT[0], {}),
        (RIGHT.T.reshape(2, 3) + t([0, 0, 0], [0, 0, 0.01]), RIGHT, {}),
        (OTHER, RIGHT, {"x": OTHER + t([0, 0, 0], [0, 0, 0.01])}),
        (t(2.5), t(7.3), {"x": t(2.5)}),  # two numbers may be the same by chance
        # numbers of their own
        (t(math.nan, 1.7, 4.1), t(math.nan, 0.2, 5.3), {}),  # nan is right there
        (t([0, 0, 0], [0, 0, 0.01]), RIGHT, {}),
        (t(8 * LN10), t(11.3), {}),  # a cap that lies above the right number
        (t(8.3 * LN10), t(41.7), {}),
        (RIGHT + 3 + t([0, 0, 0], [0, 0, 0.01]), RIGHT, {}),
        (RIGHT[0, :2] + 3, RIGHT[0, :2], {}),  # any two numbers may be too large by nearly the same
        ((RIGHT * (1 + 1e-7 * OTHER)).float(), RIGHT.float() * 1.01 + OTHER.float(), {}),
        (RIGHT + 1e-4 * OTHER, RIGHT, {}),  # four digits are a mistake, not rounding
        # other results
        (RIGHT + 0.1 * OTHER, RIGHT, {"x": OTHER + t([0, 0, 0], [0, 0, 0.01])}),
        (RIGHT + 0.1 * OTHER, RIGHT, {"x": OTHER.long()}),
        ([0.7, 1.1], [math.exp(0.7), 5.3], {}),  # exp of one of them, and of two alone that is not certain
        ([math.exp(0.7), 1.1], [0.7, 5.3], {}),
        # a sequence
        ([5.0, 8.5, 11.6, 13.9], LOSSES, {}),
        ([9.0, 5.0], [5.0, 3.5], {}),  # two entries are no sequence
        ([*LOSSES[1:-1], 2.3, 0.7], LOSSES, {}),
        ([2.1] * 4, LOSSES, {}),
    ],
)
def test_what_nearly_holds_is_not_said(mine: Any, right: Any, arguments: Any) -> None:
    assert said(mine, right, **arguments) is None


@pytest.mark.parametrize("name", ["relu", "abs", "square", "exp", "sigmoid", "tanh", "reciprocal"])
def test_a_function_too_many_is_named(name: str) -> None:
    right = t(0.3, -1.7, 2.1)
    function: Callable[[torch.Tensor], torch.Tensor] = getattr(torch, name)

    twice = said(function(right), right)

    expect(twice, f"too much: {name}", f"{name}()")
    assert twice is not None
    assert twice.certain
    assert said(function(right) + 0.01 * t(1, 2, 5), right) is None


@pytest.mark.parametrize("name", ["relu", "abs", "square", "exp", "sigmoid", "tanh"])
def test_a_function_that_is_missing_is_named(name: str) -> None:
    mine = t(0.3, -1.7, 2.1)
    function: Callable[[torch.Tensor], torch.Tensor] = getattr(torch, name)

    found = said(mine, function(mine))

    expect(found, f"missing: {name}", f"{name}()")
    assert said(mine, function(mine) + 0.01 * t(1, 2, 5)) is None


@pytest.mark.parametrize(
    ("mine", "right", "key"),
    [
        (t(0.3, 1.7, 2.1).sqrt(), t(0.3, 1.7, 2.1), "missing: square"),
        (t(0.3, 1.7, 2.1), t(0.3, 1.7, 2.1).sqrt(), "too much: square"),
        (t(0.3, 1.7, 2.1).log(), t(0.3, 1.7, 2.1), "missing: exp"),
        (t(0.3, 1.7, 2.1), t(0.3, 1.7, 2.1).log(), "too much: exp"),
    ],
)
def test_of_a_function_and_its_inverse_the_one_that_is_always_defined_is_named(mine: Any, right: Any, key: str) -> None:
    found = said(mine, right)

    assert found is not None
    assert found.key == key


def test_a_function_of_a_single_number_is_not_certain() -> None:
    found = said(t(0.7).exp(), t(0.7))

    assert found is not None
    assert (found.key, found.certain) == ("too much: exp", False)


def test_a_single_number_is_not_counted_in_places() -> None:
    found = said(torch.tensor(math.nan), torch.tensor(2.0))

    assert found is not None
    assert found.key == "nonfinite: nan"
    assert "place" not in found.words


def test_exp_of_the_named_limit_is_finite_and_of_more_is_not() -> None:
    for dtype, limit in ((torch.float64, "709.8"), (torch.float32, "88.72"), (torch.float16, "11.09")):
        x = torch.tensor([float(limit) + 0.01, 1.0, 2.0], dtype=dtype)
        mine, right = torch.softmax(x, 0) * math.nan, torch.softmax(x, 0)

        found = said(mine, right, x=x)
        fine = said(mine, right, x=x - 1)

        assert found is not None
        assert f"exp() of more than {limit} is inf in {str(dtype).removeprefix('torch.')}." in found.words
        assert x.exp().isinf().any()
        assert (x - 1).exp().isfinite().all()
        assert fine is not None
        assert fine.key == "nonfinite: nan"


@pytest.mark.parametrize(
    ("mine", "right", "words"),
    [
        (t(1.0, 2.5), torch.tensor(3.5, dtype=F64), "added up, "),
        (t(1.0, 2.5, 3.0).mean(), t(1.0, 2.5, 3.0), "averaged: "),
        (torch.tensor(3.5, dtype=F64), t(1.0, 2.5), "added up: "),
        (RIGHT.mean(1), RIGHT, "averaged over dim 1: "),
    ],
)
def test_a_dimension_is_named_where_there_are_several(mine: Any, right: Any, words: str) -> None:
    found = said(mine, right)

    assert found is not None
    assert words in found.words


def test_one_dimension_for_another_explains_no_second_wrong_value() -> None:
    first = said((OTHER.sum(0), RIGHT), (OTHER.sum(1), SQUARE), x=OTHER)
    alone = said((OTHER.sum(0), SQUARE), (OTHER.sum(1), SQUARE), x=OTHER)

    assert alone is not None
    assert first is not None
    assert first.key == alone.key == "other dim: x"  # a part speaks for itself


# --- one number times the right ones ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratio", "arguments", "key", "words"),
    [
        (-1.0, {"x": OTHER}, "-1", "The result is -1 times the right one: the sign is wrong."),
        (0.05, {"lr": 0.05}, "lr", "The result is 0.05 times as large as it should be, and 0.05 is `lr`."),
        (-0.05, {"lr": 0.05}, "-lr", "The result is -0.05 times as large as it should be, and 0.05 is `lr`."),
        (1 / 0.05, {"lr": 0.05}, "1/lr", "The result is 20 times as large as it should be: that is 1 / `lr`."),
        (0.1, {"beta": 0.9}, "1-beta", "The result is 0.1 times as large as it should be: that is 1 - `beta`."),
        (1.9, {"beta": 0.9}, "1+beta", "The result is 1.9 times as large as it should be: that is 1 + `beta`."),
        (1 / 0.3, {"p": 0.7}, "1/(1-p)", "The result is 3.33333 times as large as it should be: 1 / (1 - `p`)."),
        (
            5,
            {"x": torch.ones(5, 7)},
            "size 0 of `x`",
            "5 times as large as it should be, and 5 is the size of `x` in dim 0",
        ),
        (1 / 7, {"x": torch.ones(5, 7)}, "1/size 1 of `x`", "is 7 times too small, and 7 is the size of `x` in dim 1"),
        (35, {"x": torch.ones(5, 7)}, "elements of `x`", "35 times as large as it should be, and `x` has 35 elements"),
        (
            7**0.5,
            {"x": torch.ones(5, 7)},
            "sqrt size 1 of `x`",
            "2.64575 times as large as it should be: the square root",
        ),
        (5**-0.5, {"x": torch.ones(5, 7)}, "1/sqrt size 0 of `x`", "2.23607 times too small: the square root of 5"),
        (
            5 / 7,
            {"x": torch.ones(5, 7)},
            "size 0 of `x`/size 1 of `x`",
            "is 5/7 times as large as it should be. 5 is the size of `x` in dim 0, 7 is the size of `x` in dim 1",
        ),
        (3, {"batches": [[torch.ones(3)]]}, "size 0 of `batches[0][0]`", "3 is the size of `batches[0][0]` in dim 0"),
        (2, {}, "2", "The result is twice as large as it should be."),
        (0.5, {}, "1/2", "The result is half as large as it should be."),
        (2, {"beta": 1.0}, "2", "The result is twice as large as it should be."),
        (5.0001, {"x": torch.ones(5, 7)}, "constant", "The result is 5.0001 times as large as it should be."),
        (1.2345, {"lr": 0.05}, "constant", "The result is 1.2345 times as large as it should be."),
    ],
)
def test_a_ratio_goes_by_what_the_call_holds(ratio: float, arguments: Any, key: str, words: str) -> None:
    found = said(RIGHT * ratio, RIGHT, **arguments)

    expect(found, f"ratio: {key}", words)
    assert found is not None
    assert found.certain


def test_a_ratio_with_two_names_goes_by_none() -> None:
    two_numbers = said(RIGHT * 0.9, RIGHT, lr=0.9, momentum=0.9)
    number_and_root = said(RIGHT * 4, RIGHT, x=torch.ones(4, 16))

    expect(two_numbers, "ratio: constant", "The result is 0.9 times as large as it should be.")
    expect(number_and_root, "ratio: constant", "The result is 4 times as large as it should be.")


def test_a_size_that_occurs_twice_has_one_name() -> None:
    found = said(RIGHT * 5, RIGHT, x=torch.ones(5, 7), y=torch.ones(5))

    assert found is not None
    assert found.key == "ratio: size 0 of `x`"


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_ratio_of_a_single_number_is_not_certain(dtype: torch.dtype) -> None:
    right = torch.tensor(2.3, dtype=dtype)

    named = said(right * 5, right, x=torch.ones(5, 7))
    unnamed = said(right * 5, right, x=torch.ones(6, 7))
    of_three = said(RIGHT[0] * 5, RIGHT[0])

    assert named is not None
    assert (named.key, named.certain) == ("ratio: size 0 of `x`", False)
    assert unnamed is None  # any two numbers have a ratio
    assert of_three is not None
    assert of_three.certain


def test_zeros_do_not_count_for_a_ratio() -> None:
    right = t(0.0, 0.0, 0.0, 2.3)

    assert said(right * 1.7, right) is None
    assert said(right * 1.7 + t(0.01, 0, 0, 0), right) is None


def test_all_wrong_values_have_the_ratio_in_common() -> None:
    same = said([RIGHT * 3, OTHER[:, 0], OTHER * 3], [RIGHT, OTHER[:, 0], OTHER], n=3)
    several = said([RIGHT * 3, OTHER.sin()], [RIGHT, OTHER], n=3)

    expect(same, "ratio: n", "he result[0]", "he result[2]", "3 times as large as it should be, and 3 is `n`.")
    expect(several, "ratio: n", "The result[0] is 3 times as large as it should be, and 3 is `n`.")  # of a part


# --- changed arguments --------------------------------------------------------------------------------------------


def test_of_an_answer_of_thousands_of_values_nothing_is_said() -> None:
    assert said([3.0 * x for x in range(400)], [1.0 * x for x in range(400)]) is not None
    assert said([3.0 * x for x in range(3000)], [1.0 * x for x in range(3000)]) is None


def test_an_argument_that_should_have_stayed() -> None:
    found = changed({"x": RIGHT}, {"x": RIGHT + OTHER}, {})

    expect(found, "changed in place: `x`", "changes `x` in place")


def test_of_two_arguments_only_the_one_that_should_have_stayed_is_named() -> None:
    found = changed({"x": RIGHT, "p": OTHER}, {"x": OTHER, "p": OTHER.sin()}, {"p": OTHER - RIGHT.cos()})

    assert found is not None
    assert found.key == "changed in place: `x`"


def test_two_names_for_one_tensor() -> None:
    found = changed({"best": SQUARE, "now": RIGHT}, {"best": OTHER, "now": OTHER}, {"now": OTHER})
    apart = changed({"best": RIGHT, "now": RIGHT}, {"best": OTHER + RIGHT, "now": OTHER}, {"now": OTHER})

    expect(found, "aliasing: `best`", "`best` is the same as `now`")
    expect(apart, "changed in place: `best`", "`best`")


def test_an_argument_that_should_have_changed() -> None:
    all_of_it = changed({"params": [RIGHT, OTHER]}, {}, {"params": [RIGHT + 1, OTHER - SQUARE[0, 0]]})
    one_of_two = changed({"params": [RIGHT, OTHER]}, {"params": [RIGHT + 1, OTHER]}, {"params": [RIGHT + 1, RIGHT]})

    expect(all_of_it, "not changed: `params`", "`params` should change in place")
    expect(one_of_two, "not changed: `params`", "`params[1]` should change in place")


def test_an_entry_of_a_dict_that_should_have_changed() -> None:
    found = changed({"state": {"v": RIGHT, "n": 1}}, {"state": {"v": RIGHT, "n": 2}}, {"state": {"v": OTHER, "n": 2}})

    expect(found, "not changed: `state`", "`state['v']`")


def test_of_many_entries_the_first_four_are_named() -> None:
    before = [RIGHT + index for index in range(6)]
    right = [tensor.cos() for tensor in before]

    found = changed({"params": before}, {"params": [*before[:5], right[5]]}, {"params": right})

    expect(found, "not changed: `params`", "`params[0]`", "`params[3]`")
    assert found is not None
    assert "`params[4]`" not in found.words


def test_an_argument_that_changed_otherwise() -> None:
    assert changed({"p": RIGHT}, {"p": RIGHT + OTHER}, {"p": RIGHT - SQUARE.sum() * RIGHT.sin()}) is None


def test_the_change_of_an_argument_has_a_ratio() -> None:
    found = changed({"p": RIGHT, "lr": 0.5}, {"p": RIGHT - 0.5 * OTHER}, {"p": RIGHT - OTHER})
    against = changed({"p": RIGHT}, {"p": RIGHT + OTHER}, {"p": RIGHT - OTHER})

    words = "The change of `p` is 0.5 times as large as it should be, and 0.5 is `lr`."
    expect(found, "ratio: lr", words)
    expect(against, "ratio: -1", "The change of `p` is -1 times the right one: the sign is wrong.")


# --- the reference on other arguments -----------------------------------------------------------------------------


def asked(
    right: Callable[..., Any], mine: Any, arguments: dict[str, Any], defaults: Mapping[str, Any] | None = None
) -> Diagnosis | None:
    """What ``mine`` says when the function ``right`` can be asked about other arguments."""

    def what_if(key: str, others: Mapping[str, Any]) -> Comparison | None:
        try:
            answer = right(**arguments | dict(others))
        except (IndexError, RuntimeError, TypeError):
            return None
        return Comparison(tuple(leaves_of("the result", mine, answer)), arguments)

    leaves = tuple(leaves_of("the result", mine, right(**arguments)))
    return signature(Comparison(leaves, arguments, defaults or {}, what_if))


def noisy(x: torch.Tensor, weight: Any = None, lr: float = 0.5, steps: int = 3, flip: bool = False) -> torch.Tensor:
    """A function in which every argument counts."""
    total = torch.zeros(x.shape[0], dtype=F64)
    for step in range(steps):
        total = total + torch.cos(total + lr * x.exp().sum(1) + step)
    if weight is not None:
        total = total * (weight + 0.3) + lr
    return -total.exp() if flip else total


WEIGHT = t(0.7, 1.9)


@pytest.mark.parametrize(
    ("others", "key", "words"),
    [
        ({"weight": torch.ones(2, dtype=F64)}, "ones: weight", "gives if `weight` were all 1: has it no effect?"),
        ({"weight": torch.zeros(2, dtype=F64)}, "zeros: weight", "gives if `weight` were all 0: has it no effect?"),
        ({"weight": -WEIGHT}, "negated: weight", "gives for `weight` with the opposite sign."),
        ({"weight": None}, "ignored: weight", "gives without `weight`."),
        ({"lr": 0.5}, "ignored: lr", "gives for `lr=0.5`, and `lr` is 0.2 here."),
        ({"lr": 0.0}, "ignored: lr", "gives for `lr=0`, and `lr` is 0.2 here."),
        ({"lr": 1.0}, "ignored: lr", "gives for `lr=1`, and `lr` is 0.2 here."),
        ({"lr": -0.2}, "negated: lr", "gives for `lr` with the opposite sign."),
        ({"lr": 0.8}, "complement: lr", "gives for 1 - `lr` in place of `lr`."),
        ({"lr": 0.2 * 0.2}, "squared: lr", "gives for `lr` times `lr`: is it applied twice?"),
        ({"steps": 3}, "ignored: steps", "gives for `steps=3`, and `steps` is 5 here."),
        ({"steps": 4}, "off by one: steps", "gives for `steps=4`, and `steps` is 5 here."),
        ({"steps": 6}, "off by one: steps", "gives for `steps=6`, and `steps` is 5 here."),
        ({"flip": True}, "ignored: flip", "gives for `flip=True`."),
    ],
)
def test_an_argument_that_is_taken_otherwise_is_named(others: Any, key: str, words: str) -> None:
    arguments = {"x": RIGHT, "weight": WEIGHT, "lr": 0.2, "steps": 5, "flip": False}
    defaults = {"weight": None, "lr": 0.5, "steps": 3, "flip": False}

    expect(asked(noisy, noisy(**arguments | others), arguments, defaults), key, f"exactly what the right code {words}")


def test_another_seed_explains_nothing() -> None:
    def drawn(seed: int) -> torch.Tensor:
        return torch.randn(4, generator=torch.Generator().manual_seed(seed), dtype=F64)

    assert asked(drawn, drawn(8), {"seed": 7}, {}) is None


def test_none_of_the_other_arguments_may_fit() -> None:
    arguments = {"x": RIGHT, "weight": WEIGHT, "lr": 0.2, "steps": 5}

    assert asked(noisy, noisy(**arguments | {"lr": 0.23}), arguments) is None
    assert asked(noisy, noisy(**arguments | {"steps": 7}), arguments) is None


def test_integers_that_count_from_another_number() -> None:
    def picked(table: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        return table[target].sin()

    arguments = {"table": t(0.3, 1.7, 2.1, 4.4, 0.9), "target": torch.tensor([1, 3, 2])}

    found = asked(picked, picked(arguments["table"], arguments["target"] - 1), arguments)

    expect(found, "off by one: target", "`target` - 1 in place of `target`")


def test_a_list_of_tensors_that_has_no_effect() -> None:
    def step(x: torch.Tensor, state: list[torch.Tensor | None]) -> torch.Tensor:
        return torch.cos(x + sum(s for s in state if s is not None))

    arguments = {"x": RIGHT, "state": [OTHER, None]}

    found = asked(step, torch.cos(RIGHT), arguments)

    expect(found, "zeros: state", "if `state` were all 0")


def test_a_square_argument_that_is_transposed() -> None:
    def product(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return (x @ weight).exp()

    arguments = {"x": OTHER[:, :2], "weight": SQUARE}

    found = asked(product, product(arguments["x"], SQUARE.T), arguments)

    expect(found, "transposed: weight", "the right code gives for the transpose of `weight`")


@pytest.mark.parametrize(
    ("cut", "key", "words"),
    [
        (slice(None, -1), "without the last: batches", "without the last entry of `batches`."),
        (slice(1, None), "without the first: batches", "without the first entry of `batches`."),
        (slice(None, 1), "only the first: batches", "for the first entry of `batches` alone."),
        (slice(-1, None), "only the last: batches", "for the last entry of `batches` alone."),
    ],
)
def test_entries_of_a_list_that_do_not_count(cut: slice, key: str, words: str) -> None:
    def total(batches: list[list[float]]) -> torch.Tensor:
        return torch.cos(t(*batches).sum(0))

    batches = [[0.3, 1.7, 2.0], [5.1, 0.4, 1.0], [2.2, 6.3, 0.9], [1.3, 0.8, 4.0]]

    found = asked(total, total(batches[cut]), {"batches": batches})

    expect(found, key, f"exactly what the right code gives {words}")


@pytest.mark.parametrize(
    ("cut", "key", "words"),
    [
        (slice(0, 1), "only the first: x dim 0", "for the first one alone of 4 along dim 0 of `x`."),
        (slice(3, 4), "only the last: x dim 0", "for the last one alone of 4 along dim 0 of `x`."),
        (slice(0, 3), "without the last: x dim 0", "without the last one of 4 along dim 0 of `x`."),
        (slice(1, 4), "without the first: x dim 0", "without the first one of 4 along dim 0 of `x`."),
    ],
)
def test_samples_that_do_not_count(cut: slice, key: str, words: str) -> None:
    def loss(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return (x.sin().sum(1) - y).square().mean()

    x, y = t([0.3, 1.7, 2.2], [5.1, 0.4, 1.2], [2.2, 6.3, 0.1], [1.3, 0.8, 3.3]), t(0.2, 0.9, -0.4, 1.1)

    found = asked(loss, loss(x[cut], y[cut]), {"x": x, "y": y})

    expect(found, key, f"exactly what the right code gives {words}")


def test_two_explanations_are_none() -> None:
    def product(a: float, b: float, x: torch.Tensor) -> torch.Tensor:
        return (a * b * x).cos()

    mine = product(-0.3, 0.7, OTHER).sin()
    arguments = {"a": 0.3, "b": 0.7, "x": OTHER}

    def odd(a: float, b: float, x: torch.Tensor) -> torch.Tensor:
        return mine if min(a, b) < 0 else product(a, b, x)

    assert asked(odd, mine, arguments) is None
    assert asked(lambda a, b, x: mine if a < 0 else product(a, b, x), mine, arguments) is not None


def test_an_answer_of_nothing_but_zeros_explains_nothing() -> None:
    def scaled(x: torch.Tensor, scale: float) -> list[Any]:
        return [x.sin() * scale, "some" if scale else "none"]

    assert asked(scaled, [RIGHT * 0, "none"], {"x": RIGHT, "scale": 2.5}) is None


# --- several wrong values -----------------------------------------------------------------------------------------


def test_of_several_wrong_values_one_may_speak_for_itself() -> None:
    found = said([RIGHT.cos(), SQUARE.T, LOSSES[0]], [OTHER, SQUARE, LOSSES[0]])

    expect(found, "transposed", "The result[1] is the transpose")


def test_what_is_not_certain_does_not_speak_for_a_part() -> None:
    assert said([RIGHT.cos(), SQUARE * 0], [OTHER, SQUARE]) is None


def test_what_is_right_but_for_rounding_says_only_that() -> None:
    rounded = said(RIGHT.float().double(), RIGHT, x=RIGHT.float().double())
    single = said((RIGHT * (1 + 1e-7)).float(), OTHER.float())

    assert rounded is not None
    assert rounded.key == "precision"
    assert not rounded.certain
    assert single is None


def test_a_nested_answer_is_compared_value_by_value() -> None:
    mine, right = {"a": [1.0, (OTHER, None)], "b": 2}, {"a": [1.0, (RIGHT, None)], "b": 2}

    leaves = list(leaves_of("the result", mine, right))

    assert [leaf.label for leaf in leaves] == [
        "the result['a'][0]",
        "the result['a'][1][0]",
        "the result['a'][1][1]",
        "the result['b']",
    ]
    assert [leaf.wrong for leaf in leaves] == [False, True, False, False]


def test_where_forms_part_there_is_one_value() -> None:
    assert list(leaves_of("`x`", [1, 2], [1, 2, 3], [1], is_argument=True)) == [
        Leaf("`x`", [1, 2], [1, 2, 3], [1], True)
    ]
    assert [leaf.label for leaf in leaves_of("`x`", {"a": 1}, {"b": 1})] == ["`x`"]


# --- anything at all ----------------------------------------------------------------------------------------------

FLOATS = (torch.float16, torch.float32, torch.float64)
PLAIN = (torch.bool, torch.int64, *FLOATS)
SIZES = st.lists(st.integers(0, 3), max_size=3)
NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1.0, -1.0, 1e-300, 1e300, 8 * LN10])
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**255), 2**255 - 1) | st.integers(-3, 5) | NUMBERS | st.text(max_size=3)
)


@st.composite
def tensors(draw: st.DrawFn, dtypes: tuple[torch.dtype, ...]) -> torch.Tensor:
    dtype, shape = draw(st.sampled_from(dtypes)), draw(SIZES)
    count = math.prod(shape)
    if dtype is torch.bool or dtype is torch.int64:
        limit = 1 if dtype is torch.bool else 2**62
        values = draw(st.lists(st.integers(-limit * (dtype is torch.int64), limit), min_size=count, max_size=count))
        return torch.tensor(values, dtype=torch.int64).to(dtype).reshape(shape)
    values = draw(st.lists(NUMBERS, min_size=count, max_size=count))
    return torch.tensor(values, dtype=F64).to(dtype).reshape(shape)


def nested(dtypes: tuple[torch.dtype, ...]) -> st.SearchStrategy[Any]:
    return st.recursive(
        SCALARS | tensors(dtypes),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(inner, max_size=3).map(tuple)
            | st.dictionaries(st.sampled_from(["a", "b", 0]), inner, max_size=2)
        ),
        max_leaves=5,
    )


ANSWERS = nested((*PLAIN, torch.complex64))
ARGUMENTS = st.dictionaries(st.sampled_from(["x", "y", "lr"]), nested(PLAIN), max_size=3)
OPERATIONS: list[Callable[[torch.Tensor], Any]] = [
    lambda x: x,
    lambda x: -x if x.dtype is not torch.bool else ~x,
    lambda x: x * 3,
    lambda x: x + 0.5,
    lambda x: x.flatten().flip(0).reshape(x.shape),
    lambda x: x.transpose(0, -1) if x.dim() else x,
    lambda x: x.sum(),
    lambda x: x.flatten(),
    lambda x: x.float() if not x.is_complex() else x.real,
    lambda x: x.tolist(),
    lambda x: x.exp(),
    lambda x: x * 0,
    lambda x: None,
]


def altered(tree: Any, operation: Callable[[torch.Tensor], Any]) -> Any:
    if isinstance(tree, torch.Tensor):
        return operation(tree)
    if isinstance(tree, list | tuple):
        return type(tree)(altered(item, operation) for item in tree)
    if isinstance(tree, dict):
        return {key: altered(item, operation) for key, item in tree.items()}
    return tree * 3 if type(tree) is float else tree


@st.composite
def pairs(draw: st.DrawFn, answers: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """Two answers that have nothing, or something, to do with each other."""
    right = draw(answers)
    if draw(st.booleans()):
        return draw(answers), right
    return altered(right, draw(st.sampled_from(OPERATIONS))), right


@settings(max_examples=300, deadline=None)
@given(pairs(ANSWERS), pairs(nested(PLAIN)), ARGUMENTS, ANSWERS, st.dictionaries(st.just("lr"), SCALARS))
def test_whatever_is_returned_there_is_a_diagnosis_or_none(
    result: tuple[Any, Any], argument: tuple[Any, Any], arguments: dict[str, Any], other: Any, defaults: dict[str, Any]
) -> None:
    def what_if(key: str, others: Mapping[str, Any]) -> Comparison:
        return Comparison(tuple(leaves_of("the result", result[0], other)), arguments)

    before = arguments.get("x")
    leaves = (
        *leaves_of("the result", *result),
        *leaves_of("`x`", *argument, before, is_argument=True),
    )

    for found in (
        signature(Comparison(leaves, arguments, defaults, what_if)),
        said(*result, **arguments),
        said(*result, x=result[1], y=result[0]) if not _has_complex(result) else None,
    ):
        assert found is None or isinstance(found, Diagnosis)
        assert found is None or type(found.words) is type(found.key) is str


def _has_complex(tree: Any) -> bool:
    if isinstance(tree, torch.Tensor):
        return tree.is_complex()
    items = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list | tuple) else ()
    return any(map(_has_complex, items))


@settings(max_examples=100, deadline=None)
@given(ANSWERS, ARGUMENTS)
def test_a_right_answer_says_nothing(right: Any, arguments: dict[str, Any]) -> None:
    assert said(copied(right), right, **arguments) is None
