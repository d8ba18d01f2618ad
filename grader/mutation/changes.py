"""Changes: a rule at a place, and the tree with one of them made."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from grader.mutation import expressions, statements
from grader.mutation.syntax import Function, Surroundings, has_call, like, surroundings

# An expression (or a keyword argument) for another one, or a list of statements for one statement.
Replacement = ast.expr | ast.keyword | list[ast.stmt]
Rule = Callable[[Any, Surroundings], Iterator[Replacement]]

RULES: tuple[tuple[tuple[type[ast.AST], ...], Rule], ...] = (
    ((ast.BinOp,), expressions.operator_swapped),
    ((ast.AugAssign,), statements.operator_swapped),
    ((ast.BinOp,), expressions.product_turned),
    ((ast.BinOp,), expressions.term_dropped),
    ((ast.UnaryOp,), expressions.sign_dropped),
    ((ast.Compare,), expressions.comparison_swapped),
    ((ast.BoolOp,), expressions.and_for_or),
    ((ast.IfExp,), expressions.one_branch),
    ((ast.If,), statements.condition_fixed),
    ((ast.keyword,), expressions.dimension_left_out),
    ((ast.keyword,), expressions.dimension_changed),
    ((ast.Constant, ast.UnaryOp), expressions.number_changed),
    ((ast.Constant,), expressions.truth_flipped),
    ((ast.Call,), expressions.keyword_dropped),
    ((ast.Call,), expressions.call_dropped),
    ((ast.Attribute,), expressions.transpose_dropped),
    ((ast.Call,), expressions.builtin_swapped),
    ((ast.Call,), expressions.function_swapped),
    ((ast.Call,), expressions.arguments_swapped),
    ((ast.Call,), expressions.range_shortened),
    ((ast.Return,), statements.results_swapped),
    ((ast.Return,), statements.result_dropped),
    ((ast.AugAssign,), statements.sum_spelled_out),
    ((ast.Assign,), statements.sum_in_place),
    ((ast.Assign,), statements.assignment_dropped),
    ((ast.AugAssign,), statements.addition_dropped),
    ((ast.Expr,), statements.call_dropped),
    ((ast.With,), statements.context_dropped),
    ((ast.Continue, ast.Break), statements.continue_for_break),
)

Path = tuple[tuple[str, int | None], ...]  # from the module to a node: fields, and indices where they are lists
_MARK = re.compile(r"\s*#+\s*(BEGIN|END) SOLUTION\s*")
_BLOCKS = ("body", "orelse", "finalbody")
_ANNOTATIONS = {"annotation", "returns"}  # fields of what is defined


@dataclass(frozen=True)
class Change:
    """New nodes for some of a tree."""

    order: tuple[int, int, int]  # line, column, rule
    path: Path
    count: int  # of the nodes from there on that are replaced
    new: Replacement


def changes_in(tree: ast.Module, lines: Sequence[str]) -> list[Change]:
    """All changes of ``tree`` by line, column and rule; ``lines`` are its source."""
    mutable = _mutable(tree, lines)
    found: list[Change] = []
    for place in _places(tree, (), surroundings(tree)):
        if id(place.node) in mutable:
            found += _by_rule(place)
        found += _by_order(place, mutable)
    return sorted((change for change in found if not _is_idle(change, tree)), key=lambda change: change.order)


# -- where rules may look -------------------------------------------------------------------------------------------


def _mutable(tree: ast.Module, lines: Sequence[str]) -> set[int]:
    """The ids of the nodes that may be replaced."""
    solution = _between_marks(lines)
    if solution is None:
        bodies = (node.body for node in ast.walk(tree) if isinstance(node, Function))
        return {id(node) for body in bodies for statement in body for node in ast.walk(statement)}
    placed = (node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.stmt | ast.keyword))
    return {id(node) for node in placed if {node.lineno, node.end_lineno} <= solution}


def _between_marks(lines: Sequence[str]) -> set[int] | None:
    """The numbers of the lines between the marks of a solution; None when there are no marks."""
    numbers, begun, marked = set(), False, False
    for number, line in enumerate(lines, 1):
        if mark := _MARK.fullmatch(line):
            begun, marked = mark[1] == "BEGIN", True
        elif begun:
            numbers.add(number)
    return numbers if marked else None


class _Place(NamedTuple):
    node: ast.AST
    path: Path
    around: Surroundings


def _places(node: ast.AST, path: Path, around: Surroundings) -> Iterator[_Place]:
    """Every node that a rule may look at, the outer ones first."""
    if isinstance(node, Function):
        around = around.inside(node)
    yield _Place(node, path, around)
    if expressions.is_whole(node):
        return
    for field, value in ast.iter_fields(node):
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if field not in _ANNOTATIONS and isinstance(child, ast.AST) and not _is_out_of_bounds(child):
                yield from _places(child, (*path, (field, index)), around)


def _is_out_of_bounds(node: ast.AST) -> bool:
    """Words and guards, which are not what a function computes."""
    if isinstance(node, ast.keyword):
        return node.arg in expressions.GUARDS
    return isinstance(node, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom | ast.JoinedStr)


# -- which changes there are ----------------------------------------------------------------------------------------


def _by_rule(place: _Place) -> Iterator[Change]:
    for rank, (kinds, rule) in enumerate(RULES):
        if isinstance(place.node, kinds):
            for new in rule(place.node, place.around):
                yield Change(_order(place.node, rank), place.path, 1, new)


def _by_order(place: _Place, mutable: set[int]) -> Iterator[Change]:
    """Two neighbours that change places."""
    for field in _BLOCKS:
        block = getattr(place.node, field, None)
        if not isinstance(block, list):  # the body of a lambda
            continue
        for index, (first, second) in enumerate(pairwise(block)):
            if {id(first), id(second)} <= mutable and statements.order_matters(first, second, place.around):
                yield Change(_order(first, len(RULES)), (*place.path, (field, index)), 2, [second, first])


def _order(node: Any, rank: int) -> tuple[int, int, int]:
    return node.lineno, node.col_offset, rank


def _is_idle(change: Change, tree: ast.Module) -> bool:
    """Whether a statement is left without a call; it is dropped, under that name, by another rule."""
    holder = at(tree, change.path[:-1])
    return isinstance(holder, ast.Expr) and isinstance(change.new, ast.AST) and not has_call(change.new)


# -- making one -----------------------------------------------------------------------------------------------------


def at(tree: ast.AST, path: Path) -> Any:
    """The node that ``path`` leads to."""
    node: Any = tree
    for field, index in path:
        node = getattr(node, field) if index is None else getattr(node, field)[index]
    return node


def replaced(tree: ast.AST, change: Change) -> list[ast.AST]:
    """The nodes of ``tree`` that ``change`` takes away."""
    field, index = change.path[-1]
    found = getattr(at(tree, change.path[:-1]), field)
    return [found] if index is None else found[index : index + change.count]


def changed(tree: ast.AST, change: Change) -> ast.AST:
    """A copy of ``tree`` with ``change`` made; it shares what is not on the way there."""
    return _changed(tree, change.path, change)


def _changed(node: ast.AST, path: Path, change: Change) -> ast.AST:
    (field, index), *rest = path
    old = getattr(node, field)
    child = old if index is None else old[index]
    new = _changed(child, tuple(rest), change) if rest else change.new
    if index is None:
        return like(node, **{field: new})
    end = index + (1 if rest else change.count)
    siblings = [*old[:index], *(new if isinstance(new, list) else [new]), *old[end:]]
    return like(node, **{field: siblings or [ast.Pass()]})
