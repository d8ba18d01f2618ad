"""The syntax tree as the rules read it: what a node says, and what the code around it binds."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Function = ast.FunctionDef | ast.AsyncFunctionDef
_Node = TypeVar("_Node", bound=ast.AST)
_Item = TypeVar("_Item")


def like(node: _Node, **fields: Any) -> _Node:
    """A copy of ``node`` with other ``fields``; the tree that holds ``node`` stays as it is."""
    twin = copy.copy(node)
    for field, value in fields.items():
        setattr(twin, field, value)
    return twin


def without(items: Sequence[_Item], index: int) -> list[_Item]:
    """All ``items`` but one."""
    return [*items[:index], *items[index + 1 :]]


def number_in(node: ast.AST) -> int | float | None:
    """The value of a literal, which may have a minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        number = number_in(node.operand)
        return None if number is None else -number
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    return None


def called(call: ast.Call) -> str:
    """``f`` for ``f(…)`` and for ``x.f(…)``."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def has_call(node: ast.AST) -> bool:
    """Whether ``node`` may do more than have a value."""
    return any(isinstance(n, ast.Call | ast.Await | ast.Yield | ast.YieldFrom) for n in ast.walk(node))


def names_in(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def bound_in(node: ast.AST) -> set[str]:
    """The names that are bound somewhere in ``node``."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


@dataclass(frozen=True)
class Surroundings:
    """What a rule may want to know beyond its node."""

    modules: frozenset[str] = frozenset()  # names that an import binds
    bound: tuple[tuple[str, int], ...] = ()  # names that the function binds, and in which line
    numbers: frozenset[str] = frozenset()  # names of the function that only ever hold a Python number

    def bound_before(self, node: ast.stmt) -> set[str]:
        return {name for name, line in self.bound if line < node.lineno}

    def inside(self, function: Function) -> Surroundings:
        """What surrounds the nodes of ``function``."""
        bindings = list(_bindings(function))
        names = frozenset(name for name, _, _ in bindings)
        others = {name for name, _, value in bindings if not _is_python_number(value, name)}
        return Surroundings(self.modules, tuple((name, line) for name, line, _ in bindings), names - others)


def surroundings(tree: ast.Module) -> Surroundings:
    """What surrounds the nodes of a module that are in no function."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return Surroundings(frozenset(alias.asname or alias.name.split(".")[0] for node in imports for alias in node.names))


def _bindings(function: Function) -> Iterator[tuple[str, int, ast.expr | None]]:
    """Each name that ``function`` binds, with the line and the value; None for a value that is not written there."""
    for node in ast.walk(function.args):
        if isinstance(node, ast.arg):
            yield node.arg, node.lineno, None
    values = {id(target): value for node in ast.walk(function) for target, value in _assigned(node)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno, values.get(id(node))


def _assigned(node: ast.AST) -> Iterator[tuple[ast.Name, ast.expr]]:
    """Each name that is a target of ``node``, with its value."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _paired(target, node.value)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign) and node.value is not None:
        yield from _paired(node.target, node.value)


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _paired(one, its)


def _is_python_number(node: ast.expr | None, name: str) -> bool:
    """Whether ``node`` is surely no tensor, when ``name`` is none."""
    match node:
        case ast.Name(id=found):
            return found == name
        case ast.UnaryOp(operand=operand):
            return _is_python_number(operand, name)
        case ast.BinOp(left=left, right=right):
            return _is_python_number(left, name) and _is_python_number(right, name)
        case ast.Call(func=ast.Name(id="len" | "int" | "float" | "round")):
            return True
        case ast.Call(func=ast.Attribute(attr="item" | "numel" | "dim")):
            return True
        case ast.Subscript(value=ast.Attribute(attr="shape"), slice=index):
            return not isinstance(index, ast.Slice)
    return node is not None and number_in(node) is not None
