"""The reference's own answer, for other arguments: one that is ignored, negated, cut short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from grader.signatures.comparison import (
    Comparison,
    Diagnosis,
    as_tensor,
    is_float_tensor,
    subject,
)

if TYPE_CHECKING:
    import torch


def what_if(comparison: Comparison) -> Diagnosis | None:
    """The answer is the reference's, for other arguments."""
    found = [
        (set(others), key, words)
        for others, key, words in _others(comparison)
        if _explains(comparison.what_if(words, others), comparison)
    ]
    if not found or any(names != found[0][0] for names, _, _ in found):
        return None  # two explanations are none
    _, key, words = found[0]
    return Diagnosis(key, f"{subject(comparison, comparison.wrong)} exactly what the right code gives {words}")


def _explains(other: Comparison | None, comparison: Comparison) -> bool:
    """Whether other arguments lead to my wrong numbers, and these say something."""
    if other is None:
        return False
    wrong = {leaf.label for leaf in comparison.wrong}
    there = {leaf.label for leaf in other.leaves}
    if not wrong <= there or any(leaf.label in wrong for leaf in other.wrong):
        return False
    values = [as_tensor(leaf.mine) for leaf in comparison.wrong]
    return any(v is not None and v.numel() and bool(v.isfinite().all()) and bool(v.any()) for v in values)


def _others(comparison: Comparison) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Other arguments, with a key and the words for the case that they explain the answer."""
    for name, value in comparison.arguments.items():
        if name == "seed":  # another one explains nothing: labels drawn with it are alike by chance
            continue
        for key, other, words in _other_values(name, value, comparison.defaults.get(name, ...)):
            yield {name: other}, f"{key}: {name}", words
    yield from _parts(comparison.arguments)


def _other_values(name: str, value: Any, default: Any) -> Iterator[tuple[str, Any, str]]:
    import torch

    if type(value) is bool:
        yield "ignored", not value, f"for `{name}={not value}`."
    elif type(value) in (int, float):
        yield from _other_numbers(name, value, default)
    elif is_float_tensor(value):
        yield from _other_tensors(name, value)
    elif isinstance(value, torch.Tensor) and value.dtype is torch.int64:
        yield "off by one", value - 1, f"for `{name}` - 1 in place of `{name}`."
        yield "off by one", value + 1, f"for `{name}` + 1 in place of `{name}`."
    elif isinstance(value, list) and value and all(x is None or is_float_tensor(x) for x in value):
        yield "zeros", [None if x is None else x * 0 for x in value], f"if `{name}` were all 0: has it no effect?"
    elif isinstance(value, list) and len(value) > 1:
        yield "without the last", value[:-1], f"without the last entry of `{name}`."
        yield "without the first", value[1:], f"without the first entry of `{name}`."
        yield "only the first", value[:1], f"for the first entry of `{name}` alone."
        yield "only the last", value[-1:], f"for the last entry of `{name}` alone."
    if value is not None and default is None:
        yield "ignored", None, f"without `{name}`."


def _other_numbers(name: str, value: float, default: Any) -> Iterator[tuple[str, Any, str]]:
    plain = (1, default) if type(value) is int else (0.0, 1.0, default)  # 0 steps or 0 epochs explain too much
    for other in dict.fromkeys(x for x in plain if type(x) in (int, float)):
        if other != value:
            yield "ignored", other, f"for `{name}={other:g}`, and `{name}` is {value:g} here."
    if type(value) is float:
        yield "negated", -value, f"for `{name}` with the opposite sign."
        yield "complement", 1 - value, f"for 1 - `{name}` in place of `{name}`."
        yield "squared", value * value, f"for `{name}` times `{name}`: is it applied twice?"
    else:
        for other in (value - 1, value + 1):
            yield "off by one", other, f"for `{name}={other}`, and `{name}` is {value} here."


def _other_tensors(name: str, value: torch.Tensor) -> Iterator[tuple[str, Any, str]]:
    import torch

    yield "ones", torch.ones_like(value), f"if `{name}` were all 1: has it no effect?"
    yield "zeros", torch.zeros_like(value), f"if `{name}` were all 0: has it no effect?"
    yield "negated", -value, f"for `{name}` with the opposite sign."
    if value.dim() >= 2 and value.shape[-1] == value.shape[-2]:
        yield "transposed", value.mT.contiguous(), f"for the transpose of `{name}`."


def _parts(arguments: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """All tensors that have a dimension of one size, cut along it: only one sample counts, or one is left out."""
    import torch

    tensors = {name: x for name, x in arguments.items() if isinstance(x, torch.Tensor)}
    for size in dict.fromkeys(n for x in tensors.values() for n in x.shape if n > 1):
        dims = {name: [d for d, n in enumerate(x.shape) if n == size] for name, x in tensors.items()}
        if any(len(found) > 1 for found in dims.values()):
            continue
        name, dim = next((name, found[0]) for name, found in dims.items() if found)
        for key, words, start, length in (
            ("only the first", "for the first one alone", 0, 1),
            ("only the last", "for the last one alone", size - 1, 1),
            ("without the last", "without the last one", 0, size - 1),
            ("without the first", "without the first one", 1, size - 1),
        ):
            cut = {n: tensors[n].narrow(found[0], start, length).contiguous() for n, found in dims.items() if found}
            yield cut, f"{key}: {name} dim {dim}", f"{words} of {size} along dim {dim} of `{name}`."
