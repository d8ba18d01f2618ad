"""What wrong numbers have in common with the right ones: a ratio, a transpose, a running sum, a forgotten argument.

Every sentence here is a fact about the numbers; what may be behind it stands as a question. A signature that does not
hold exactly is not mentioned: a wrong diagnosis is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from grader.signatures import form, numbers
from grader.signatures.comparison import Comparison, Diagnosis, Leaf, leaves_of
from grader.signatures.ratio import ratio
from grader.signatures.what_if import what_if

MAX_LEAVES = 500  # values of one answer; what a stranger returns may be ten thousand tensors, each tried in twenty ways
MAX_PARTS = 50  # wrong values that are looked at one by one

__all__ = ["Comparison", "Diagnosis", "Leaf", "leaves_of", "signature"]

_SIGNATURES: tuple[Callable[[Comparison], Diagnosis | None], ...] = (
    form.none,
    form.changed_argument,
    form.not_changed,
    form.other_order,
    form.only_the_type,
    form.only_the_dtype,
    form.only_the_shape,
    form.other_dim,
    form.not_reduced,
    numbers.nonfinite,
    numbers.zero,
    numbers.capped,
    form.came_in,
    numbers.turned,
    numbers.sequence,
    ratio,
    numbers.offset,
    numbers.elementwise,
    what_if,
    numbers.plus_argument,
)


def signature(comparison: Comparison) -> Diagnosis | None:
    """The first signature that holds for all wrong values of an answer; None for none, and for too many values."""
    if len(comparison.leaves) > MAX_LEAVES or not comparison.wrong:
        return None
    wrong = comparison.wrong
    if (nearly := numbers.precision(comparison)) is not None:
        return nearly  # what is right but for rounding has many other signatures by chance
    for find in _SIGNATURES:
        if (found := find(comparison)) is not None:
            return found
    for part in _parts(comparison) if 1 < len(wrong) <= MAX_PARTS else ():
        for find in _SIGNATURES:
            if (found := find(part)) is not None and found.certain:
                return found
    return None


def _parts(comparison: Comparison) -> Iterator[Comparison]:
    """When the wrong values have nothing in common: each alone, beside those that are right."""
    right = tuple(leaf for leaf in comparison.leaves if not leaf.wrong)
    for leaf in comparison.wrong:
        yield replace(comparison, leaves=(leaf, *right))  # it knows all labels still
