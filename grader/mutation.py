"""Spoiled sources: a reference with one small mistake in it, by rule.

A suite is worth as much as the mistakes that it finds. :func:`mutants` makes them: an operator swapped, a term dropped,
another ``dim``, a ``zero_grad()`` forgotten. What a mutant computes is nobody's concern here; many of them do not even
run. Left out is what no suite could tell from the reference: the sum of a Python number in place or not, two statements
that have nothing to do with each other in the other order, the two names for the same forgotten line.

A new rule is a generator of what may stand in place of a node, and a row in :data:`RULES`.
"""

from __future__ import annotations

import ast
import copy
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reference's own, and those about a mutant: it is odd on purpose
        tree = ast.parse(source)
        changes = sorted(_changes(tree, _mutable(tree, source)), key=lambda change: change.order)
        return _named(_distinct(tree, changes), _lines(source))


# -- rules: what may stand in place of a node -----------------------------------------------------------------------


@dataclass(frozen=True)
class Surroundings:
    """What a rule may want to know beyond its node."""

    modules: frozenset[str] = frozenset()  # names that an import binds
    bound: tuple[tuple[str, int], ...] = ()  # names that the function binds, and in which line
    numbers: frozenset[str] = frozenset()  # names of the function that only ever hold a Python number

    def bound_before(self, node: ast.stmt) -> set[str]:
        return {name for name, line in self.bound if line < node.lineno}


# An expression (or a keyword argument) for another one, or a list of statements for one statement.
Replacement = ast.expr | ast.keyword | list[ast.stmt]
Rule = Callable[[Any, Surroundings], Iterator[Replacement]]

_SWAPPED_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
}
_SWAPPED_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_PAIRS = (
    ("add", "sub"),
    ("mul", "div"),
    ("sum", "mean"),
    ("max", "min"),
    ("amax", "amin"),
    ("argmax", "argmin"),
    ("maximum", "minimum"),
    ("all", "any"),
    ("var", "std"),
    ("tanh", "sigmoid"),
    ("softmax", "log_softmax"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
)
_SWAPPED_NAMES = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])} | {"exp": "expm1", "log": "log1p"}
_SWAPPED_BUILTINS = {"max": "min", "min": "max", "all": "any", "any": "all"}
_SWAPPED_MODES = {"train": "eval", "eval": "train"}
_ARITHMETIC_CALLS = {"add", "sub", "mul", "div"}
_DROPPED_CALLS = {  # f(x, …) or x.f(…) becomes x
    *_ARITHMETIC_CALLS,
    *("detach", "item", "clone", "contiguous"),
    *("t", "transpose", "permute", "swapaxes", "swapdims"),
    *("sqrt", "abs", "relu", "clamp", "clip"),
}
_TRANSPOSES = {"T", "mT", "H", "mH"}
_TRANSPOSING_CALLS = {"t", "transpose", "permute", "swapaxes", "swapdims"}
# x.f_(…) of these exists as x.f(…) too: what a student writes who forgets the underscore. Not so zero_ and copy_.
_ALSO_OUT_OF_PLACE = {
    *_ARITHMETIC_CALLS,
    *("addcmul", "addcdiv", "lerp", "pow", "neg", "abs", "sqrt", "square", "exp", "log", "sigmoid", "tanh", "relu"),
    *("clamp", "clip", "masked_fill", "scatter", "scatter_add", "index_add", "index_copy", "index_fill"),
}
_SYMMETRIC_CALLS = {  # f(a, b) is f(b, a)
    *("add", "mul", "dot", "eq", "ne", "max", "min", "maximum", "minimum", "hypot", "logaddexp"),
    *("equal", "allclose", "isclose", "logical_and", "logical_or", "logical_xor"),
    *("transpose", "swapaxes", "swapdims"),
}
_DIMENSIONS = {"dim", "axis", "dims"}
_OTHER_DIMENSION = {0: 1, 1: 0, -1: 0, -2: -1, 2: 1}
# Not part of an answer: `strict` of zip guards against what no suite hands over, `device` shows on a GPU only.
_GUARDS = {"strict", "device"}


def _operator_swapped(node: ast.BinOp | ast.AugAssign, _: Surroundings) -> Iterator[Replacement]:
    other = _SWAPPED_OPERATORS.get(type(node.op))
    if other is not None:
        new = _like(node, op=other())
        yield [new] if isinstance(new, ast.AugAssign) else new


def _product_turned(node: ast.BinOp, _: Surroundings) -> Iterator[ast.expr]:
    """Other matrix products of the same two; one that is transposed already loses its transpose by another rule."""
    if not isinstance(node.op, ast.MatMult):
        return
    if not _is_transposed(node.right):
        yield _like(node, right=_attribute(node.right, "mT"))
    if not _is_transposed(node.left):
        yield _like(node, left=_attribute(node.left, "mT"))
    yield _like(node, left=node.right, right=node.left)


def _term_dropped(node: ast.BinOp, _: Surroundings) -> Iterator[ast.expr]:
    if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        yield node.left
    if isinstance(node.op, ast.Add | ast.Mult):
        yield node.right
    elif isinstance(node.op, ast.Sub):
        yield ast.UnaryOp(ast.USub(), node.right)


def _sign_dropped(node: ast.UnaryOp, _: Surroundings) -> Iterator[ast.expr]:
    if not isinstance(node.op, ast.UAdd):
        yield node.operand


def _comparison_swapped(node: ast.Compare, _: Surroundings) -> Iterator[ast.expr]:
    for index, found in enumerate(node.ops):
        for other in _SWAPPED_COMPARISONS[type(found)]:
            yield _like(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def _and_for_or(node: ast.BoolOp, _: Surroundings) -> Iterator[ast.expr]:
    yield _like(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _one_branch(node: ast.IfExp, _: Surroundings) -> Iterator[ast.expr]:
    yield node.body
    yield node.orelse


def _condition_fixed(node: ast.If, _: Surroundings) -> Iterator[list[ast.stmt]]:
    yield [_like(node, test=ast.Constant(True))]
    yield [_like(node, test=ast.Constant(False))]


def _dimension_changed(node: ast.keyword, _: Surroundings) -> Iterator[ast.keyword]:
    if node.arg not in _DIMENSIONS:
        return
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1:
        for index in range(len(node.value.elts)):
            elements = [*node.value.elts[:index], *node.value.elts[index + 1 :]]
            yield _like(node, value=_like(node.value, elts=elements))
    number = _number(node.value)
    if isinstance(number, int):
        other = _OTHER_DIMENSION.get(number, number - 1 if number > 0 else number + 1)
        yield _like(node, value=_literal(other))


def _number_changed(node: ast.expr, _: Surroundings) -> Iterator[ast.expr]:
    number = _number(node)
    if isinstance(number, int):
        yield _literal(number + 1)
        if number > 0:
            yield _literal(number - 1)
    elif number is not None:
        yield _literal(float(f"{number * 1.1:.12g}") if number else 1.0)  # rounded: 0.11, not 0.11000000000000001


def _truth_flipped(node: ast.Constant, _: Surroundings) -> Iterator[ast.expr]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)


def _keyword_dropped(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """Not one that is True or False: who writes it does not mean the default, so to drop it is to flip it."""
    for index, keyword in enumerate(node.keywords):
        flag = isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
        if keyword.arg is not None and keyword.arg not in _GUARDS and not flag:
            yield _like(node, keywords=[*node.keywords[:index], *node.keywords[index + 1 :]])


def _call_dropped(node: ast.Call, around: Surroundings) -> Iterator[ast.expr]:
    name = _called(node)
    if name in _DROPPED_CALLS or (name.endswith("_") and name[:-1] in _DROPPED_CALLS):
        yield from _operands(node, around)


def _transpose_dropped(node: ast.Attribute, _: Surroundings) -> Iterator[ast.expr]:
    if node.attr in _TRANSPOSES:
        yield node.value


def _function_swapped(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    name = _called(node)
    if isinstance(node.func, ast.Name):
        if name in _SWAPPED_BUILTINS:
            yield _like(node, func=_like(node.func, id=_SWAPPED_BUILTINS[name]))
        return
    plain, underscore = (name[:-1], "_") if name.endswith("_") else (name, "")
    other = _SWAPPED_NAMES.get(plain) or (_SWAPPED_MODES.get(plain) if not node.args and not node.keywords else None)
    if other is not None:
        yield _like(node, func=_like(node.func, attr=other + underscore))


def _arguments_swapped(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """Not one that is a string, which is no operand: of ``einsum``, of ``getattr``."""
    first_two = node.args[:2]
    if len(first_two) < 2 or _called(node) in _SYMMETRIC_CALLS:
        return
    if not any(isinstance(a, ast.Starred) or _is_string(a) for a in first_two):
        yield _like(node, args=[*first_two[::-1], *node.args[2:]])


def _range_shortened(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """Not of a literal length, which is changed as a number."""
    if _called(node) == "range" and len(node.args) == 1 and _number(node.args[0]) is None:
        yield _like(node, args=[ast.BinOp(node.args[0], ast.Sub(), ast.Constant(1))])


def _result_changed(node: ast.Return, _: Surroundings) -> Iterator[list[ast.stmt]]:
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1:
        first, second, *others = node.value.elts
        yield [_like(node, value=_like(node.value, elts=[second, first, *others]))]
    if node.value is not None:
        yield [_like(node, value=ast.Constant(None))]


def _sum_spelled_out(node: ast.AugAssign, around: Surroundings) -> Iterator[list[ast.stmt]]:
    """``x += y`` → ``x = x + y``: the caller's tensor no longer changes."""
    if not (isinstance(node.target, ast.Name) and node.target.id in around.numbers):
        new = ast.Assign([node.target], ast.BinOp(node.target, node.op, node.value))
        yield [ast.copy_location(new, node)]


def _sum_in_place(node: ast.Assign, around: Surroundings) -> Iterator[list[ast.stmt]]:
    """``x = x + y`` → ``x += y``: the caller's tensor changes."""
    match node:
        case ast.Assign([ast.Name(name) as target], ast.BinOp(ast.Name(left), op, right)):
            if name == left and name not in around.numbers:
                yield [ast.copy_location(ast.AugAssign(target, op, right), node)]


def _assignment_dropped(node: ast.Assign, around: Surroundings) -> Iterator[list[ast.stmt]]:
    """Only where every target has a value without it: else the mutant is a NameError, which every suite finds."""
    if _stored(node) <= around.bound_before(node):
        yield []


def _addition_dropped(_node: ast.AugAssign, _: Surroundings) -> Iterator[list[ast.stmt]]:
    yield []


def _call_statement_dropped(node: ast.Expr, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """The statement; where an underscore makes it one, only the underscore: the same loss, as students write it."""
    if not isinstance(node.value, ast.Call):
        return
    innermost = _innermost_in_place(node.value)
    name = _called(innermost)[:-1] if innermost else ""
    if innermost and name in _ALSO_OUT_OF_PLACE:
        yield [_like(node, value=_with_name(node.value, innermost, name))]
    else:
        yield []


def _context_dropped(node: ast.With, _: Surroundings) -> Iterator[list[ast.stmt]]:
    for index, item in enumerate(node.items):
        if item.optional_vars is None:
            others = [*node.items[:index], *node.items[index + 1 :]]
            yield [_like(node, items=others)] if others else node.body


def _continue_for_break(node: ast.Continue | ast.Break, _: Surroundings) -> Iterator[list[ast.stmt]]:
    yield [ast.Break() if isinstance(node, ast.Continue) else ast.Continue()]


RULES: tuple[tuple[tuple[type[ast.AST], ...], Rule], ...] = (
    ((ast.BinOp, ast.AugAssign), _operator_swapped),
    ((ast.BinOp,), _product_turned),
    ((ast.BinOp,), _term_dropped),
    ((ast.UnaryOp,), _sign_dropped),
    ((ast.Compare,), _comparison_swapped),
    ((ast.BoolOp,), _and_for_or),
    ((ast.IfExp,), _one_branch),
    ((ast.If,), _condition_fixed),
    ((ast.keyword,), _dimension_changed),
    ((ast.Constant, ast.UnaryOp), _number_changed),
    ((ast.Constant,), _truth_flipped),
    ((ast.Call,), _keyword_dropped),
    ((ast.Call,), _call_dropped),
    ((ast.Attribute,), _transpose_dropped),
    ((ast.Call,), _function_swapped),
    ((ast.Call,), _arguments_swapped),
    ((ast.Call,), _range_shortened),
    ((ast.Return,), _result_changed),
    ((ast.AugAssign,), _sum_spelled_out),
    ((ast.Assign,), _sum_in_place),
    ((ast.Assign,), _assignment_dropped),
    ((ast.AugAssign,), _addition_dropped),
    ((ast.Expr,), _call_statement_dropped),
    ((ast.With,), _context_dropped),
    ((ast.Continue, ast.Break), _continue_for_break),
)


# -- what the rules share -------------------------------------------------------------------------------------------

_Node = TypeVar("_Node", bound=ast.AST)


def _like(node: _Node, **fields: Any) -> _Node:
    """A copy of ``node`` with other ``fields``; the tree that holds ``node`` stays as it is."""
    twin = copy.copy(node)
    for field, value in fields.items():
        setattr(twin, field, value)
    return twin


def _attribute(value: ast.expr, name: str) -> ast.Attribute:
    return ast.Attribute(value, name, ast.Load())


def _number(node: ast.AST) -> int | float | None:
    """The value of a literal, which may have a minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        number = _number(node.operand)
        return None if number is None else -number
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    return None


def _is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _literal(number: int | float) -> ast.expr:
    return ast.Constant(number) if number >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-number))


def _called(call: ast.Call) -> str:
    """``f`` for ``f(…)`` and for ``x.f(…)``."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _operands(call: ast.Call, around: Surroundings) -> list[ast.expr]:
    """``x`` of ``x.f(…)``, of ``torch.f(x, …)`` and of ``f(x, …)``."""
    if isinstance(call.func, ast.Attribute) and not _is_module(call.func.value, around):
        return [call.func.value]
    return call.args[:1]


def _is_module(node: ast.expr, around: Surroundings) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in around.modules


def _is_transposed(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return _called(node) in _TRANSPOSING_CALLS
    return isinstance(node, ast.Attribute) and node.attr in _TRANSPOSES


def _innermost_in_place(node: ast.expr) -> ast.Call | None:
    """The first call of a chain to change its tensor: ``x.mul_(m)`` in ``x.mul_(m).add_(g)``."""
    found = None
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.endswith("_"):
            found = node
        node = node.func if isinstance(node, ast.Call) else node.value
    return found


def _with_name(chain: ast.expr, call: ast.Call, name: str) -> ast.expr:
    """``chain`` with another name for the method of ``call``, which is a link of it."""
    if chain is call:
        return _like(call, func=_like(call.func, attr=name))
    if isinstance(chain, ast.Call):
        return _like(chain, func=_with_name(chain.func, call, name))
    assert isinstance(chain, ast.Attribute)
    return _like(chain, value=_with_name(chain.value, call, name))


def _stored(node: ast.AST) -> set[str]:
    """The names that are bound somewhere in ``node``."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


# -- what surrounds a node ------------------------------------------------------------------------------------------

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_MARK = re.compile(r"\s*#+\s*(BEGIN|END) SOLUTION\s*")


def _lines(source: str) -> list[str]:
    """Lines as Python counts them: ``str.splitlines`` would also break them at a form feed."""
    return re.split(r"\r\n|\r|\n", source)


def _mutable(tree: ast.Module, source: str) -> set[int]:
    """The ids of the nodes that may be replaced."""
    begun, solution, marked = False, set(), False
    for number, line in enumerate(_lines(source), 1):
        mark = _MARK.fullmatch(line)
        if mark:
            begun, marked = mark[1] == "BEGIN", True
        elif begun:
            solution.add(number)
    if marked:
        placed = (node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.stmt | ast.keyword))
        return {id(node) for node in placed if {node.lineno, node.end_lineno} <= solution}
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, _Function))
    return {id(node) for body in bodies for statement in body for node in ast.walk(statement)}


def _modules(tree: ast.Module) -> frozenset[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return frozenset(alias.asname or alias.name.split(".")[0] for node in imports for alias in node.names)


def _surroundings(function: _Function, modules: frozenset[str]) -> Surroundings:
    bindings = list(_bindings(function))
    bound = tuple((name, line) for name, line, _ in bindings)
    others = {name for name, _, value in bindings if not _is_python_number(value, name)}
    return Surroundings(modules, bound, frozenset(name for name, _ in bound) - others)


def _bindings(function: _Function) -> Iterator[tuple[str, int, ast.expr | None]]:
    """Each name that ``function`` binds, with the line and the value; None for a value that is not written there."""
    for node in ast.walk(function.args):
        if isinstance(node, ast.arg):
            yield node.arg, node.lineno, None
    seen: set[int] = set()
    for node in ast.walk(function):
        for target, value in _assigned(node):
            seen.add(id(target))
            yield target.id, target.lineno, value
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in seen:
            yield node.id, node.lineno, None


def _assigned(node: ast.AST) -> Iterator[tuple[ast.Name, ast.expr]]:
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
    return node is not None and _number(node) is not None


# -- changes: a rule at a place -------------------------------------------------------------------------------------

_Path = tuple[tuple[str, int | None], ...]  # from the module to a node: fields, and indices where they are lists
_BLOCKS = ("body", "orelse", "finalbody")
_ANNOTATIONS = {"annotation", "returns"}  # fields of what is defined


@dataclass(frozen=True)
class _Change:
    order: tuple[int, int, int]  # line, column, rule
    path: _Path
    count: int  # of the nodes from there on that are replaced
    new: Replacement


def _changes(tree: ast.Module, mutable: set[int]) -> Iterator[_Change]:
    for node, path, around in _places(tree, (), Surroundings(_modules(tree))):
        if id(node) in mutable:
            for rank, (kinds, rule) in enumerate(RULES):
                if isinstance(node, kinds):
                    yield from (_Change(_order(node, rank), path, 1, new) for new in rule(node, around))
        for field in _BLOCKS:
            block = getattr(node, field, None)
            for index, (first, second) in enumerate(pairwise(block) if isinstance(block, list) else ()):
                if {id(first), id(second)} <= mutable and _order_matters(first, second, around):
                    yield _Change(_order(first, len(RULES)), (*path, (field, index)), 2, [second, first])


def _places(node: ast.AST, path: _Path, around: Surroundings) -> Iterator[tuple[ast.AST, _Path, Surroundings]]:
    """Every node that a rule may look at, the outer ones first."""
    if isinstance(node, _Function):
        around = _surroundings(node, around.modules)
    yield node, path, around
    if _is_whole(node):
        return
    for field, value in ast.iter_fields(node):
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if field not in _ANNOTATIONS and isinstance(child, ast.AST) and not _is_out_of_bounds(child):
                yield from _places(child, (*path, (field, index)), around)


def _is_whole(node: ast.AST) -> bool:
    """Whether rules look at ``node`` and not into it: ``-1``, ``dim=1``, ``dim=(0, 1)``."""
    if isinstance(node, ast.keyword) and node.arg in _DIMENSIONS:
        values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        return all(_number(value) is not None for value in values)
    return _number(node) is not None


def _is_out_of_bounds(node: ast.AST) -> bool:
    """Words and guards, which are not what a function computes."""
    if isinstance(node, ast.keyword):
        return node.arg in _GUARDS
    return isinstance(node, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom | ast.JoinedStr)


def _order(node: Any, rank: int) -> tuple[int, int, int]:
    return node.lineno, node.col_offset, rank


def _order_matters(first: ast.stmt, second: ast.stmt, around: Surroundings) -> bool:
    """Whether the two may do something else in the other order than run or raise a NameError."""
    if not (_is_simple(first) and _is_simple(second)):
        return False
    reads = {n.id for n in ast.walk(second) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    if isinstance(second, ast.AugAssign):
        reads |= _stored(second)
    return _stored(first) & reads <= around.bound_before(first) and not _commute(first, second)


def _is_simple(statement: ast.stmt) -> bool:
    """Expressions without a call, such as docstrings, do nothing anywhere."""
    if isinstance(statement, ast.Expr):
        return _calls(statement)
    return isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign)


def _commute(first: ast.stmt, second: ast.stmt) -> bool:
    """Whether it is plain that the order does not matter: neither binds what the other names, and both do nothing but
    bind names, or one of them binds names to constants."""
    if _stored(first) & _names(second) or _stored(second) & _names(first):
        return False
    binding = [statement for statement in (first, second) if _only_binds(statement)]
    return len(binding) == 2 or any(_names(one) == _stored(one) and not _calls(one) for one in binding)


def _only_binds(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return False
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", statement)]
    return all(isinstance(node, ast.Name | ast.Tuple | ast.expr_context) for t in targets for node in ast.walk(t))


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _calls(node: ast.AST) -> bool:
    return any(isinstance(n, ast.Call | ast.Await | ast.Yield | ast.YieldFrom) for n in ast.walk(node))


# -- mutants: a change in words and as a module ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Spoiled:
    line: int
    source: str
    views: tuple[tuple[str, str], ...]  # before and after, from the narrowest that can be read to the whole statement


def _distinct(tree: ast.Module, changes: Iterable[_Change]) -> list[_Spoiled]:
    """The changes that make a module of their own: compiled, unlike the reference and unlike the ones before."""
    seen = {ast.dump(ast.parse(ast.unparse(tree)))}
    found = []
    for change in changes:
        if _is_idle(tree, change):
            continue
        mutated = _edited(tree, change.path, change)
        source = ast.unparse(mutated) + "\n"
        dump = _dump(source)
        if dump is not None and dump not in seen:
            seen.add(dump)
            found.append(_Spoiled(change.order[0], source, tuple(dict.fromkeys(_views(tree, mutated, change)))))
    return found


def _is_idle(tree: ast.Module, change: _Change) -> bool:
    """Whether a statement is left without a call; it is dropped, under that name, by another rule."""
    holder = _at(tree, change.path[:-1])
    return isinstance(holder, ast.Expr) and isinstance(change.new, ast.AST) and not _calls(change.new)


def _dump(source: str) -> str | None:
    """None when ``source`` does not compile. Not the dump of the mutated tree: ``-1`` has two trees and one text."""
    try:
        compile(source, "mutant", "exec")
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError):
        return None


def _edited(node: ast.AST, path: _Path, change: _Change) -> ast.AST:
    """A copy of ``node`` with ``change`` made at ``path``; it shares what is not on the way."""
    (field, index), *rest = path
    child = getattr(node, field)
    if index is None:
        return _like(node, **{field: _edited(child, tuple(rest), change) if rest else change.new})
    new: Sequence[ast.AST]
    if rest:
        new, end = [_edited(child[index], tuple(rest), change)], index + 1
    else:
        new, end = change.new if isinstance(change.new, list) else [change.new], index + change.count
    siblings = [*child[:index], *new, *child[end:]]
    return _like(node, **{field: siblings or [ast.Pass()]})


def _at(tree: ast.AST, path: _Path) -> Any:
    node: Any = tree
    for field, index in path:
        node = getattr(node, field) if index is None else getattr(node, field)[index]
    return node


def _views(tree: ast.Module, mutated: ast.AST, change: _Change) -> Iterator[tuple[str, str]]:
    if isinstance(change.new, list):
        field, index = change.path[-1]
        old = getattr(_at(tree, change.path[:-1]), field)[index:][: change.count]
        dropped = not change.new or change.new is getattr(old[0], "body", None)
        yield _text(old), DROPPED if dropped else _text(change.new)
        return
    for length in range(len(change.path), 0, -1):
        path = change.path[:length]
        node = _at(tree, path)
        if _says_something(node):
            yield _text([node]), _text([_at(mutated, path)])
        if isinstance(node, ast.stmt):
            return


def _says_something(node: ast.AST) -> bool:
    """Whether a reader sees from ``node`` what is meant: ``x.sum(dim=1)`` yes, ``1``, ``dim=1`` and ``0, 1`` no."""
    if isinstance(node, ast.Slice | ast.Starred | ast.Constant | ast.Tuple) or _number(node) is not None:
        return False
    return isinstance(node, ast.stmt | ast.expr)


def _text(nodes: Iterable[ast.AST]) -> str:
    return "; ".join(_one_line(node) for node in nodes)


def _one_line(node: ast.AST) -> str:
    text = ast.unparse(node)
    compound = isinstance(node, ast.stmt) and (hasattr(node, "body") or hasattr(node, "cases"))
    return text.split("\n")[0] if compound else text.replace("\n", " ")


def _named(found: Sequence[_Spoiled], lines: Sequence[str]) -> list[Mutant]:
    """In the words of the narrowest view that no other change of the same line of code has, too."""
    statements = [lines[one.line - 1].strip() for one in found]
    uses = Counter((words, view) for one, words in zip(found, statements, strict=True) for view in one.views)
    named = []
    for one, words in zip(found, statements, strict=True):
        before, after = next((view for view in one.views if uses[words, view] == 1), one.views[-1])
        named.append(Mutant(one.line, before, after, words, one.source))
    return named
