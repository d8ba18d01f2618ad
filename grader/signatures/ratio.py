"""One number times the right ones, and what goes by that number: a size, a learning rate, a sign."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from grader.signatures.comparison import (
    Comparison,
    Diagnosis,
    constant_ratio,
    names_of,
    subject,
    tensors_in,
)

if TYPE_CHECKING:
    pass

_MAX_SIZES = 40  # tensors among the arguments whose sizes may name a ratio


def ratio(comparison: Comparison) -> Diagnosis | None:
    """All wrong values are one number times the right ones."""
    pairs = [leaf.numbers() for leaf in comparison.wrong]
    ratios = [constant_ratio(*pair) for pair in pairs if pair is not None]
    if len(ratios) < len(pairs) or any(r is None for r in ratios):
        return None
    ratio = ratios[0]
    assert ratio is not None
    if any(r is None or abs(r - ratio) > 1e-6 * abs(ratio) for r in ratios):
        return None
    name = _ratio_name(ratio, comparison.arguments)
    elements = sum(int(pair[1].count_nonzero()) for pair in pairs if pair is not None)
    if name is None and elements < 3:
        return None  # any two numbers have a ratio
    what = subject(comparison, comparison.wrong)
    if comparison.wrong[0].is_argument:
        what = f"The change of {names_of(comparison, comparison.wrong)} is"
    key, words = name or ("constant", f"{ratio:.6g} times as large as it should be.")
    return Diagnosis(f"ratio: {key}", f"{what} {words}", certain=elements >= 3)


def _ratio_name(ratio: float, arguments: Mapping[str, Any]) -> tuple[str, str] | None:
    """A key and words for the ratio, from the quantities of the call; None when it goes by no name, or by two."""
    for candidates in (_constants(), _of_numbers(arguments), _of_sizes(arguments), _of_two(arguments)):
        names = {key: words for value, key, words in candidates if _is_number(ratio, value)}
        if names:
            return next(iter(names.items())) if len(names) == 1 else None
    return None


def _constants() -> Iterator[tuple[float, str, str]]:
    yield -1.0, "-1", "-1 times the right one: the sign is wrong."


def _of_numbers(arguments: Mapping[str, Any]) -> Iterator[tuple[float, str, str]]:
    for name, value in arguments.items():
        if type(value) in (int, float) and value not in (0, 1, -1) and math.isfinite(value):
            yield value, name, f"{value:g} times as large as it should be, and {value:g} is `{name}`."
            yield -value, f"-{name}", f"{-value:g} times as large as it should be, and {value:g} is `{name}`."
            yield 1 / value, f"1/{name}", f"{1 / value:.6g} times as large as it should be: that is 1 / `{name}`."


def _of_sizes(arguments: Mapping[str, Any]) -> Iterator[tuple[float, str, str]]:
    for size, key, meaning in _sizes(arguments):
        words = (
            f"{size} times as large as it should be, and {meaning}: a sum where a mean belongs, or counted that often?"
        )
        yield size, key, words
        yield 1 / size, f"1/{key}", f"{size} times too small, and {meaning}: divided by it once too often?"
        root, words = math.sqrt(size), f"the square root of {size}, and {meaning}."
        yield root, f"sqrt {key}", f"{root:.6g} times as large as it should be: {words}"
        yield 1 / root, f"1/sqrt {key}", f"{root:.6g} times too small: {words}"


def _of_two(arguments: Mapping[str, Any]) -> Iterator[tuple[float, str, str]]:
    yield 2.0, "2", "twice as large as it should be."
    yield 0.5, "1/2", "half as large as it should be."
    for name, value in arguments.items():
        if type(value) is float and 0 < value < 1:
            yield 1 - value, f"1-{name}", f"{1 - value:.6g} times as large as it should be: that is 1 - `{name}`."
            yield 1 + value, f"1+{name}", f"{1 + value:.6g} times as large as it should be: that is 1 + `{name}`."
            yield (
                1 / (1 - value),
                f"1/(1-{name})",
                f"{1 / (1 - value):.6g} times as large as it should be: 1 / (1 - `{name}`).",
            )
    sizes = list(_sizes(arguments))
    for one, key, meaning in sizes:
        for other, other_key, other_meaning in sizes:
            if key != other_key and max(one, other) % min(one, other):
                where = f"{meaning}, {other_meaning}: divided by the wrong one?"
                words = f"{one}/{other} times as large as it should be. {where}"
                yield one / other, f"{key}/{other_key}", words


def _sizes(arguments: Mapping[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Every size among the arguments, with where it occurs first."""
    known: dict[int, tuple[str, str]] = {}
    for name, tensor in list(tensors_in(arguments))[:_MAX_SIZES]:
        for dim, size in enumerate(tensor.shape):
            known.setdefault(size, (f"size {dim} of {name}", f"{size} is the size of {name} in dim {dim}"))
    for name, tensor in list(tensors_in(arguments))[:_MAX_SIZES]:
        known.setdefault(tensor.numel(), (f"elements of {name}", f"{name} has {tensor.numel()} elements"))
    for size, (key, meaning) in known.items():
        if size > 1:
            yield size, key, meaning


def _is_number(ratio: float, value: float) -> bool:
    return abs(ratio - value) <= 1e-6 * abs(value)
