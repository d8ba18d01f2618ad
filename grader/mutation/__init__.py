"""Spoiled sources: a reference with one small mistake in it, by rule.

A suite is worth as much as the mistakes that it finds. :func:`mutants` makes them: an operator swapped, a term dropped,
another ``dim``, a ``zero_grad()`` forgotten. What a mutant computes is nobody's concern here; many of them do not even
run. Left out is what no suite could tell from the reference: the sum of a Python number in place or not, two statements
that have nothing to do with each other in the other order, the two names for the same forgotten line.

A new rule is a generator of what may stand in place of a node, in :mod:`~grader.mutation.expressions` or
:mod:`~grader.mutation.statements`, and a row in :data:`RULES`.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.mutation.changes import RULES, Change, at, changed, changes_in, replaced
from grader.mutation.syntax import number_in

__all__ = ["Mutant", "mutants", "DROPPED", "RULES"]

DROPPED = "(dropped)"


@dataclass(frozen=True)
class Mutant:
    """The reference with one change.

    ``statement``, ``before`` and ``after`` together say which, wherever in the file it moves to. Two mutants have them
    in common only when they make the same change to two lines that do not differ.
    """

    line: int  # in the reference
    before: str  # the expression or statement as it stands, in one line
    after: str  # what it becomes, or DROPPED
    statement: str  # that line of the reference, stripped
    source: str  # the whole mutated module

    @property
    def name(self) -> str:
        return f"line {self.line}: {self.before} → {self.after}"


def mutants(source: str) -> list[Mutant]:
    """All mutants of ``source``, by line and column; always the same ones in the same order.

    Mutated is what lies between the marks of a solution, or, in a source without any, the body of every function.
    Raises :class:`SyntaxError` when ``source`` is not valid Python.
    """
    lines = re.split(r"\r\n|\r|\n", source)  # as Python counts them: splitlines would also break them at a form feed
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reference's own, and those about a mutant: it is odd on purpose
        tree = ast.parse(source)
        return _named(_distinct(tree, lines))


@dataclass(frozen=True)
class _Spoiled:
    line: int
    statement: str
    source: str
    views: tuple[tuple[str, str], ...]  # before and after, from the narrowest that can be read to the whole statement


def _distinct(tree: ast.Module, lines: Sequence[str]) -> list[_Spoiled]:
    """The changes that make a module of their own: compiled, unlike the reference and unlike the ones before."""
    seen = {ast.dump(ast.parse(ast.unparse(tree)))}
    found = []
    for change in changes_in(tree, lines):
        mutated = changed(tree, change)
        source = ast.unparse(mutated) + "\n"
        dump = _dump(source)
        if dump is not None and dump not in seen:
            seen.add(dump)
            line, views = change.order[0], tuple(dict.fromkeys(_views(tree, mutated, change)))
            found.append(_Spoiled(line, lines[line - 1].strip(), source, views))
    return found


def _dump(source: str) -> str | None:
    """None when ``source`` does not compile. Not the dump of the mutated tree: ``-1`` has two trees and one text."""
    try:
        compile(source, "mutant", "exec")
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError):
        return None


# -- a change in words ----------------------------------------------------------------------------------------------


def _views(tree: ast.Module, mutated: ast.AST, change: Change) -> Iterator[tuple[str, str]]:
    """What ``change`` does, before and after; of an expression the node itself, then the ones around it."""
    if isinstance(change.new, list):
        old = replaced(tree, change)
        dropped = not change.new or change.new is getattr(old[0], "body", None)  # all of it, or the line above a body
        yield _text(old), DROPPED if dropped else _text(change.new)
        return
    for length in range(len(change.path), 0, -1):
        path = change.path[:length]
        node = at(tree, path)
        if _says_something(node):
            yield _text([node]), _text([at(mutated, path)])
        if isinstance(node, ast.stmt):
            return


def _says_something(node: ast.AST) -> bool:
    """Whether a reader sees from ``node`` what is meant: ``x.sum(dim=1)`` yes, ``1``, ``dim=1`` and ``0, 1`` no."""
    if isinstance(node, ast.Slice | ast.Starred | ast.Constant | ast.Tuple) or number_in(node) is not None:
        return False
    return isinstance(node, ast.stmt | ast.expr)


def _text(nodes: Iterable[ast.AST]) -> str:
    return "; ".join(_one_line(node) for node in nodes)


def _one_line(node: ast.AST) -> str:
    """A statement that holds others is its first line."""
    text = ast.unparse(node)
    compound = isinstance(node, ast.stmt) and (hasattr(node, "body") or hasattr(node, "cases"))
    return text.split("\n")[0] if compound else text.replace("\n", " ")


def _named(found: Sequence[_Spoiled]) -> list[Mutant]:
    """In the words of the narrowest view that no other change of the same line of code has, too."""
    uses = Counter((one.statement, view) for one in found for view in one.views)
    named = []
    for one in found:
        before, after = next((view for view in one.views if uses[one.statement, view] == 1), one.views[-1])
        named.append(Mutant(one.line, before, after, one.statement, one.source))
    return named
