"""Which mistake gives these very numbers?

A check that fails is replayed on each misconception of the exercise. One that gave the same answers, call by call, and
that fails no check which the submission passes, speaks: its docstring. Else the numbers themselves may tell something
(:mod:`grader.signatures`). No match, no claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.errors import meaning
from grader.result import Outcome
from grader.signatures import Comparison, Diagnosis, Leaf, leaves_of, signature
from grader.testing import is_close
from grader.transcript import Exchange, copied

MAX_CURIOUS = 3  # checks of a submission for which the reference is asked what it says to other arguments
_EXPLAINED = (Outcome.FAILED, Outcome.CRASHED)


@dataclass(frozen=True)
class Trace:
    """How one check ended: in which of its cases, and what was said in that case."""

    outcome: Outcome
    case: str = ""
    exchanges: tuple[Exchange, ...] | None = ()  # None: too much was said to be kept

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED


class Misconception(Protocol):
    """A known-wrong variant: its explanation, and how it fares in the checks."""

    @property
    def name(self) -> str: ...
    @property
    def words(self) -> str: ...
    def trace(self, check: str) -> Trace: ...


class Oracle(Protocol):
    """The reference, asked what it would have answered."""

    def exchanges(self, check: str, case: str) -> Sequence[Exchange]:
        """What the reference said in this case."""

    @property
    def is_quick(self) -> bool:
        """Whether it answered the case that it played last quickly enough to be asked a hundred more times."""

    def ask(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> Exchange | None:
        """What the reference would say to this; None when it cannot."""

    def bind(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        """The arguments by name, those left out with their defaults."""

    def defaults(self, op: str, name: str) -> dict[str, Any]:
        """The defaults of the function's parameters."""


def diagnose(
    traces: Mapping[str, Trace], misconceptions: Sequence[Misconception], oracle: Oracle
) -> dict[str, Diagnosis]:
    """For each check that failed what is known of why; checks of which nothing is known are left out.

    A check whose exchanges were too much to be kept gets no diagnosis, and bears none out.
    """
    failed = [name for name, trace in traces.items() if trace.outcome in _EXPLAINED and trace.exchanges != ()]
    diagnoses = _from_misconceptions(failed, traces, misconceptions)
    rest = [name for name in failed if name not in diagnoses]
    told = [name for name in rest if traces[name].exchanges]
    numbers = {
        name: _from_numbers(name, traces[name], oracle, curious=index < MAX_CURIOUS) for index, name in enumerate(told)
    }
    support = Counter(found.key for found in numbers.values() if found is not None)
    for name, found in numbers.items():
        if found is not None and (found.certain or support[found.key] >= min(2, len(rest))):
            diagnoses[name] = found
    return diagnoses


# --- misconceptions -----------------------------------------------------------------------------------------------


def _from_misconceptions(
    failed: Sequence[str], traces: Mapping[str, Trace], misconceptions: Sequence[Misconception]
) -> dict[str, Diagnosis]:
    same = {name: [m for m in misconceptions if _same(traces[name], m.trace(name))] for name in failed}
    votes = Counter(m.name for several in same.values() for m in several)
    passed = [name for name, trace in traces.items() if trace.passed]
    believed = {m.name for m in misconceptions if votes[m.name] and _is_believed(m, votes[m.name], failed, passed)}
    diagnoses = {}
    for name, several in same.items():
        found = _best([m for m in several if m.name in believed], votes)
        if found is not None:
            diagnoses[name] = found
    return diagnoses


def _is_believed(misconception: Misconception, votes: int, failed: Sequence[str], passed: Sequence[str]) -> bool:
    """Not for one check among many, nor against the others: another mistake may give the same numbers somewhere."""
    if votes < min(2, len(failed)):
        return False
    shared = sum(not misconception.trace(name).passed for name in failed)
    return 2 * votes >= shared and all(misconception.trace(name).passed for name in passed)


def _same(mine: Trace, theirs: Trace) -> bool:
    if theirs.outcome not in _EXPLAINED or mine.case != theirs.case or not mine.exchanges or not theirs.exchanges:
        return False
    pairs = zip(mine.exchanges, theirs.exchanges, strict=False)
    return len(mine.exchanges) == len(theirs.exchanges) and all(same_answer(*pair) for pair in pairs)


def same_answer(one: Exchange, other: Exchange) -> bool:
    """Whether two variants answered the same question alike: values, changed arguments, or the same exception."""
    if (one.op, one.name, one.error) != (other.op, other.name, other.error):
        return False
    return is_close(one.value, other.value) and is_close(one.arguments_after(), other.arguments_after())


def _best(candidates: Sequence[Misconception], votes: Mapping[str, int]) -> Diagnosis | None:
    """The one that explains the most checks; two that explain as many explain nothing."""
    ranked = sorted(candidates, key=lambda m: -votes[m.name])
    if not ranked or (len(ranked) > 1 and votes[ranked[0].name] == votes[ranked[1].name]):
        return None
    return Diagnosis(ranked[0].name, ranked[0].words)


# --- numbers ------------------------------------------------------------------------------------------------------


def _from_numbers(check: str, trace: Trace, oracle: Oracle, *, curious: bool) -> Diagnosis | None:
    """The signature of the first answer that differs from the reference's."""
    for mine, right in zip(trace.exchanges or (), oracle.exchanges(check, trace.case), strict=False):
        if mine.asked != right.asked and not is_close(mine.arguments(), right.arguments()):
            return None  # the suite went another way: these are two questions
        if not same_answer(mine, right):
            return meaning(*mine.error) if mine.error else signature(_compare(mine, right, oracle, curious=curious))
    return None


def _compare(mine: Exchange, right: Exchange, oracle: Oracle, *, curious: bool) -> Comparison:
    named = oracle.bind(right.op, right.name, *right.arguments())

    known: dict[str, Comparison | None] = {}

    def what_if(key: str, others: Mapping[str, Any]) -> Comparison | None:
        if key not in known:
            answer = oracle.ask(right.op, right.name, *_other_question(right, named, others))
            leaves = _leaves(mine, _on_the_arguments_of(right, answer), named, oracle) if answer else ()
            known[key] = Comparison(leaves, named) if answer else None
        return known[key]

    leaves = _leaves(mine, right, named, oracle)
    if not curious or not oracle.is_quick:  # a probe may train for seconds, and tries would add up
        return Comparison(leaves, named, oracle.defaults(right.op, right.name))
    return Comparison(leaves, named, oracle.defaults(right.op, right.name), what_if)


def _leaves(mine: Exchange, right: Exchange, before: dict[str, Any], oracle: Oracle) -> tuple[Leaf, ...]:
    if mine.op == "vjp":
        leaves = [
            leaf
            for name, m, r in zip(before, mine.value, right.value, strict=False)
            for leaf in leaves_of(f"the gradient of `{name}`", m, r)
        ]
    else:
        label = "the outcome" if mine.op == "run" else "the result"  # of a probe; of the student's own function
        leaves = list(leaves_of(label, mine.value, right.value))
    mine_after, right_after = (oracle.bind(x.op, x.name, *x.arguments_after()) for x in (mine, right))
    for name, value in before.items():
        changed = leaves_of(f"`{name}`", mine_after[name], right_after[name], value, is_argument=True)
        leaves += [leaf for leaf in changed if not (is_close(leaf.mine, value) and is_close(leaf.right, value))]
    return tuple(leaves)


def _other_question(
    right: Exchange, named: Mapping[str, Any], others: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """The arguments of the call, with ``others`` in place of some."""
    args, kwargs = right.arguments()
    positional = [*args[0]] if right.op == "vjp" else args
    for name, other in others.items():
        position = list(named).index(name)
        value = copied(other)  # parts of it may be parts of ``named``, and the reference may work in place
        if position < len(positional):
            positional[position] = value
        else:
            kwargs[name] = value
    return ([positional, args[1]] if right.op == "vjp" else positional), kwargs


def _on_the_arguments_of(right: Exchange, answer: Exchange) -> Exchange:
    """``answer`` as if the question had been that of ``right``: what was altered was altered by us, not by the call."""
    return Exchange(right.op, right.name, right.asked, answer.value, answer.changes)
