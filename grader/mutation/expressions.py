"""Rules for expressions and keyword arguments: operators, dimensions, numbers, calls.

Each is a generator of the nodes that may stand in place of one; :mod:`~grader.mutation.changes` has the table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.mutation.syntax import Surroundings, called, like, number_in, without

OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
}
_OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
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
_OTHER_FUNCTION = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])} | {"exp": "expm1", "log": "log1p"}
_OTHER_BUILTIN = {"max": "min", "min": "max", "all": "any", "any": "all"}
_OTHER_MODE = {"train": "eval", "eval": "train"}
ARITHMETIC_CALLS = {"add", "sub", "mul", "div"}
_TRANSPOSES = {"T", "mT", "H", "mH"}
_TRANSPOSING_CALLS = {"t", "transpose", "permute", "swapaxes", "swapdims"}
_DROPPED_CALLS = {  # f(x, …) or x.f(…) becomes x
    *ARITHMETIC_CALLS,
    *_TRANSPOSING_CALLS,
    *("detach", "item", "clone", "contiguous"),
    *("sqrt", "abs", "relu", "clamp", "clip"),
}
_SYMMETRIC_CALLS = {  # f(a, b) is f(b, a)
    *("add", "mul", "dot", "eq", "ne", "max", "min", "maximum", "minimum", "hypot", "logaddexp"),
    *("equal", "allclose", "isclose", "logical_and", "logical_or", "logical_xor"),
    *("transpose", "swapaxes", "swapdims"),
}
_DIMENSIONS = {"dim", "axis", "dims"}
# Not part of an answer: `strict` of zip guards against what no suite hands over, `device` shows on a GPU only.
GUARDS = {"strict", "device"}


# -- operators ------------------------------------------------------------------------------------------------------


def operator_swapped(node: ast.BinOp, _: Surroundings) -> Iterator[ast.expr]:
    other = OTHER_OPERATOR.get(type(node.op))
    if other is not None:
        yield like(node, op=other())


def product_turned(node: ast.BinOp, _: Surroundings) -> Iterator[ast.expr]:
    """Other matrix products of the same two; one that is transposed already loses its transpose by another rule."""
    if not isinstance(node.op, ast.MatMult):
        return
    if not _is_transposed(node.right):
        yield like(node, right=_transposed(node.right))
    if not _is_transposed(node.left):
        yield like(node, left=_transposed(node.left))
    yield like(node, left=node.right, right=node.left)


def _transposed(node: ast.expr) -> ast.expr:
    return ast.Attribute(node, "mT", ast.Load())


def _is_transposed(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return called(node) in _TRANSPOSING_CALLS
    return isinstance(node, ast.Attribute) and node.attr in _TRANSPOSES


def term_dropped(node: ast.BinOp, _: Surroundings) -> Iterator[ast.expr]:
    """A term, a factor or a divisor."""
    if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        yield node.left
    if isinstance(node.op, ast.Add | ast.Mult):
        yield node.right
    elif isinstance(node.op, ast.Sub):
        yield ast.UnaryOp(ast.USub(), node.right)


def sign_dropped(node: ast.UnaryOp, _: Surroundings) -> Iterator[ast.expr]:
    """``x`` for ``-x``, ``not x`` and ``~x``."""
    if not isinstance(node.op, ast.UAdd):
        yield node.operand


def comparison_swapped(node: ast.Compare, _: Surroundings) -> Iterator[ast.expr]:
    """``<=`` and ``>`` for ``<``, ``!=`` for ``==``, …; each one of a chain in turn."""
    for index, found in enumerate(node.ops):
        for other in _OTHER_COMPARISONS[type(found)]:
            yield like(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def and_for_or(node: ast.BoolOp, _: Surroundings) -> Iterator[ast.expr]:
    """And the other way round."""
    yield like(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def one_branch(node: ast.IfExp, _: Surroundings) -> Iterator[ast.expr]:
    """``x`` and ``y`` for ``x if c else y``."""
    yield node.body
    yield node.orelse


# -- dimensions, numbers, truth values ------------------------------------------------------------------------------


def dimension_left_out(node: ast.keyword, _: Surroundings) -> Iterator[ast.keyword]:
    """``dim=(1,)`` and ``dim=(0,)`` for ``dim=(0, 1)``."""
    if node.arg in _DIMENSIONS and isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1:
        for index in range(len(node.value.elts)):
            yield like(node, value=like(node.value, elts=without(node.value.elts, index)))


def dimension_changed(node: ast.keyword, _: Surroundings) -> Iterator[ast.keyword]:
    """One nearer to 0, and 1 for 0."""
    number = number_in(node.value)
    if node.arg in _DIMENSIONS and isinstance(number, int):
        yield like(node, value=_literal(number - 1 if number > 0 else number + 1))


def is_whole(node: ast.AST) -> bool:
    """Whether rules look at ``node`` and not into it: ``-1``, ``dim=1``, ``dim=(0, 1)``."""
    if isinstance(node, ast.keyword) and node.arg in _DIMENSIONS:
        values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        return all(number_in(value) is not None for value in values)
    return number_in(node) is not None


def number_changed(node: ast.Constant | ast.UnaryOp, _: Surroundings) -> Iterator[ast.expr]:
    """A whole number by one, any other by a tenth."""
    number = number_in(node)
    if isinstance(number, int):
        yield _literal(number + 1)
        if number > 0:
            yield _literal(number - 1)
    elif number is not None:
        yield _literal(float(f"{number * 1.1:.12g}") if number else 1.0)  # rounded: 0.11, not 0.11000000000000001


def _literal(number: int | float) -> ast.expr:
    return ast.Constant(number) if number >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-number))


def truth_flipped(node: ast.Constant, _: Surroundings) -> Iterator[ast.expr]:
    """``False`` for ``True``, ``True`` for ``False``."""
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)


# -- calls and attributes -------------------------------------------------------------------------------------------


def keyword_dropped(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """Not one that is True or False: who writes it does not mean the default, so to drop it is to flip it."""
    for index, keyword in enumerate(node.keywords):
        flag = isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
        if keyword.arg is not None and keyword.arg not in GUARDS and not flag:
            yield like(node, keywords=without(node.keywords, index))


def call_dropped(node: ast.Call, around: Surroundings) -> Iterator[ast.expr]:
    """``x`` for ``x.detach()``, for ``torch.sqrt(x)`` and for ``abs(x)``; for ``x.add_(y)``, too."""
    if called(node).removesuffix("_") not in _DROPPED_CALLS:
        return
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value, around):
        yield node.func.value
    else:
        yield from node.args[:1]


def _is_module(node: ast.expr, around: Surroundings) -> bool:
    """Whether ``node`` is ``torch``, ``torch.nn`` or ``torch.nn.functional``."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in around.modules


def transpose_dropped(node: ast.Attribute, _: Surroundings) -> Iterator[ast.expr]:
    """``x`` for ``x.T``; ``x.t()`` is a call that is dropped."""
    if node.attr in _TRANSPOSES:
        yield node.value


def builtin_swapped(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """``max(…)`` for ``min(…)``."""
    if isinstance(node.func, ast.Name) and node.func.id in _OTHER_BUILTIN:
        yield like(node, func=like(node.func, id=_OTHER_BUILTIN[node.func.id]))


def function_swapped(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """``x.mean(…)`` for ``x.sum(…)``, ``x.sub_(…)`` for ``x.add_(…)``, and ``x.eval()`` for ``x.train()``."""
    if not isinstance(node.func, ast.Attribute):
        return
    name = node.func.attr.removesuffix("_")
    underscore = node.func.attr[len(name) :]
    has_arguments = node.args or node.keywords
    other = _OTHER_FUNCTION.get(name) or (None if has_arguments else _OTHER_MODE.get(name))
    if other is not None:
        yield like(node, func=like(node.func, attr=other + underscore))


def arguments_swapped(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """The first two; not one that is a string, which is no operand: of ``einsum``, of ``getattr``."""
    first_two = node.args[:2]
    if len(first_two) < 2 or called(node) in _SYMMETRIC_CALLS:
        return
    if not any(isinstance(argument, ast.Starred) or _is_string(argument) for argument in first_two):
        yield like(node, args=[*first_two[::-1], *node.args[2:]])


def _is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def range_shortened(node: ast.Call, _: Surroundings) -> Iterator[ast.expr]:
    """``range(n - 1)`` for ``range(n)``; not of a literal length, which is changed as a number."""
    if called(node) == "range" and len(node.args) == 1 and number_in(node.args[0]) is None:
        yield like(node, args=[ast.BinOp(node.args[0], ast.Sub(), ast.Constant(1))])
