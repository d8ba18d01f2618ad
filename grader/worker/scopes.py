"""What a piece of a syntax tree binds, and which names it takes from outside: Python's rules of scope."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@functools.lru_cache(maxsize=2**13)  # bounded, because a node lives as long as it is remembered
def children(node: ast.AST) -> tuple[ast.AST, ...]:
    """Kept, because a tree is gone through from many sides, and reading the fields of a node is what costs."""
    return tuple(ast.iter_child_nodes(node))


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """``node`` and all below it, in no particular order."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting += children(inner)


def targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign | ast.Delete):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []


def stored(node: ast.AST) -> list[str]:
    """Names that get a value somewhere in ``node``."""
    return [n.id for n in walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


def base(node: ast.AST) -> str | None:
    """The name of that whose attribute or item ``node`` is."""
    if not isinstance(node, ast.Attribute | ast.Subscript):
        return None
    inner: ast.AST = node
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    return inner.id if isinstance(inner, ast.Name) else None


def declared_global(node: ast.AST) -> set[str]:
    return {name for n in walk(node) if isinstance(n, ast.Global) for name in n.names}


@functools.lru_cache(maxsize=2**10)
def own(node: Function) -> tuple[ast.AST, ...]:
    """What stands in a function, but not in functions and classes within it, of which only the names count."""
    waiting: list[ast.AST] = list(node.body) if isinstance(node.body, list) else [node.body]
    found = []
    while waiting:
        inner = waiting.pop()
        found.append(inner)
        if not isinstance(inner, Function | ast.ClassDef):
            waiting += children(inner)
    return tuple(found)


@functools.lru_cache(maxsize=2**10)
def bound_inside(node: Function) -> frozenset[str]:
    """Parameters and local variables: they hide what the file calls by that name."""
    found = {argument.arg for argument in walk(node.args) if isinstance(argument, ast.arg)}
    shared: set[str] = set()
    for inner in own(node):
        match inner:
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add(name)
            case ast.Import(names=imports) | ast.ImportFrom(names=imports):
                found.update(alias.asname or alias.name.partition(".")[0] for alias in imports)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                shared.update(names)
    return frozenset(found - shared)


@functools.lru_cache(maxsize=2**13)
def free(node: ast.AST) -> frozenset[str]:
    """Names whose value ``node`` takes from outside."""
    if isinstance(node, ast.Name):
        return frozenset([node.id]) if isinstance(node.ctx, ast.Load) else frozenset()
    inside = children(node)
    if isinstance(node, Function):
        body: list[ast.AST] = list(node.body) if isinstance(node.body, list) else [node.body]
        outside = [child for child in inside if child not in body]  # defaults, decorators, annotations
        return _free_in(outside) | (_free_in(body) - bound_inside(node))
    if isinstance(node, _Comprehension):
        return _free_in(inside) - {name for part in node.generators for name in stored(part.target)}
    return _free_in(inside)


def _free_in(nodes: Iterable[ast.AST]) -> frozenset[str]:
    return frozenset().union(*map(free, nodes))
