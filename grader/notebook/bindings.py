"""What a top-level statement of a cell defines, what it needs at once, and what only when its functions are called."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Set

from grader.worker import scopes

# Loops are training runs, expressions print and plot. The rest is left out unless something that is checked needs it.
_KEPT = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom),
    *(ast.Assign, ast.AnnAssign, ast.AugAssign, ast.If, ast.Try, ast.TryStar, ast.With),
)


def is_definition(node: ast.stmt) -> bool:
    """Whether a check may run ``node``; else it is left out, and so is what only it defines."""
    if isinstance(node, ast.If) and any(isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(node.test)):
        return False  # `if __name__ == "__main__"`: true in a notebook, not where the code is graded
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return False  # it belongs to the compiler
    return isinstance(node, _KEPT)


def defined(node: ast.stmt) -> set[str]:
    """Top-level names to which ``node`` gives a value. What ``import *`` brings is asked for by :func:`brings`."""
    found: set[str] = set()
    for inner in _inside(node):
        match inner:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found.update(alias.asname or alias.name.partition(".")[0] for alias in names)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
    return found - {"*"}


def brings(node: ast.stmt, name: str) -> bool:
    """Whether ``node`` is a ``from … import *`` that has brought ``name`` into this session."""
    if not isinstance(node, ast.ImportFrom) or node.names[0].name != "*":
        return False
    module = sys.modules.get(node.module or "")
    return name in getattr(module, "__all__", dir(module))


def changed(node: ast.stmt) -> set[str]:
    """Names whose value ``node`` changes in place: ``table[0] = 1``, ``Layer.forward = f``, ``total += 1``."""
    found = {name for target in scopes.targets(node) if (name := scopes.base(target))}
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        found.add(node.target.id)
    return found


def may_change(node: ast.stmt) -> str:
    """The name on which an expression statement calls a method: ``table`` for ``table.append(1)``; "" for others."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute() as method)):
            return scopes.base(method) or ""
    return ""


def needed_at_once(node: ast.AST) -> set[str]:
    """Names that must have a value when ``node`` runs; those in the bodies of functions may get theirs later."""
    if isinstance(node, scopes.Function):
        return _union(needed_at_once(child) for child in ast.iter_child_nodes(node) if child not in _body(node))
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return _union(map(needed_at_once, ast.iter_child_nodes(node))) - {
            name for part in node.generators for name in scopes.stored(part.target)
        }
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    return _union(map(needed_at_once, ast.iter_child_nodes(node)))


def needed_later(node: ast.AST) -> set[str]:
    """Names that the bodies of functions and methods in ``node`` take from outside."""
    if isinstance(node, scopes.Function):
        inside = _union(map(scopes.free, _body(node))) - scopes.bound_inside(node)
        outside = (child for child in ast.iter_child_nodes(node) if child not in _body(node))
        return inside | _union(map(needed_later, outside))
    return _union(map(needed_later, ast.iter_child_nodes(node)))


def _body(node: scopes.Function) -> list[ast.AST]:
    return list(node.body) if isinstance(node.body, list) else [node.body]


def _union(sets: Iterator[Set[str]]) -> set[str]:
    return {name for names in sets for name in names}


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """``node`` and what stands in it, but for the insides of functions, classes and comprehensions."""
    yield node
    if not isinstance(node, scopes.Function | ast.ClassDef | ast.comprehension):
        for child in ast.iter_child_nodes(node):
            yield from _inside(child)
