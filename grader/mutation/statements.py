"""Rules for statements: one forgotten, written in another way, or in the wrong order.

Each is a generator of the lists of statements that may stand in place of one; :mod:`~grader.mutation.changes` has the
table. Two neighbours that change places are no row of it: :func:`order_matters` says which are worth it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.mutation.expressions import ARITHMETIC_CALLS, OTHER_OPERATOR
from grader.mutation.syntax import Surroundings, bound_in, called, has_call, like, names_in, without

# x.f_(…) of these exists as x.f(…) too: what a student writes who forgets the underscore. Not so zero_ and copy_.
_ALSO_OUT_OF_PLACE = {
    *ARITHMETIC_CALLS,
    *("addcmul", "addcdiv", "lerp", "pow", "neg", "abs", "sqrt", "square", "exp", "log", "sigmoid", "tanh", "relu"),
    *("clamp", "clip", "masked_fill", "scatter", "scatter_add", "index_add", "index_copy", "index_fill"),
}


# -- control flow ---------------------------------------------------------------------------------------------------


def condition_fixed(node: ast.If, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """``if True`` and ``if False`` for ``if x``."""
    yield [like(node, test=ast.Constant(True))]
    yield [like(node, test=ast.Constant(False))]


def results_swapped(node: ast.Return, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """The first two of a tuple."""
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1:
        first, second, *others = node.value.elts
        yield [like(node, value=like(node.value, elts=[second, first, *others]))]


def result_dropped(node: ast.Return, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """``return None`` for ``return x``."""
    if node.value is not None:
        yield [like(node, value=ast.Constant(None))]


def context_dropped(node: ast.With, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """The body without ``with torch.no_grad()``; not a context with a name, which the body needs."""
    for index, item in enumerate(node.items):
        if item.optional_vars is None:
            others = without(node.items, index)
            yield [like(node, items=others)] if others else node.body


def continue_for_break(node: ast.Continue | ast.Break, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """And the other way round."""
    yield [ast.Break() if isinstance(node, ast.Continue) else ast.Continue()]


# -- assignments ----------------------------------------------------------------------------------------------------


def operator_swapped(node: ast.AugAssign, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """``x -= y`` for ``x += y``."""
    other = OTHER_OPERATOR.get(type(node.op))
    if other is not None:
        yield [like(node, op=other())]


def sum_spelled_out(node: ast.AugAssign, around: Surroundings) -> Iterator[list[ast.stmt]]:
    """``x = x + y`` for ``x += y``: the caller's tensor no longer changes."""
    if not (isinstance(node.target, ast.Name) and node.target.id in around.numbers):
        new = ast.Assign([node.target], ast.BinOp(node.target, node.op, node.value))
        yield [ast.copy_location(new, node)]


def sum_in_place(node: ast.Assign, around: Surroundings) -> Iterator[list[ast.stmt]]:
    """``x += y`` for ``x = x + y``: the caller's tensor changes."""
    match node:
        case ast.Assign([ast.Name(name) as target], ast.BinOp(ast.Name(left), op, right)):
            if name == left and name not in around.numbers:
                yield [ast.copy_location(ast.AugAssign(target, op, right), node)]


def assignment_dropped(node: ast.Assign, around: Surroundings) -> Iterator[list[ast.stmt]]:
    """Only where every target has a value without it: else the mutant is a NameError, which every suite finds."""
    if bound_in(node) <= around.bound_before(node):
        yield []


def addition_dropped(_node: ast.AugAssign, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """Nothing for ``x += y``, with any operator."""
    yield []


# -- calls ----------------------------------------------------------------------------------------------------------


def call_dropped(node: ast.Expr, _: Surroundings) -> Iterator[list[ast.stmt]]:
    """The statement; where an underscore makes it one, only the underscore: the same loss, as students write it."""
    if not isinstance(node.value, ast.Call):
        return
    innermost = _innermost_in_place(node.value)
    name = called(innermost).removesuffix("_") if innermost else ""
    if innermost and name in _ALSO_OUT_OF_PLACE:
        yield [like(node, value=_with_name(node.value, innermost, name))]
    else:
        yield []


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
        return like(call, func=like(call.func, attr=name))
    if isinstance(chain, ast.Call):
        return like(chain, func=_with_name(chain.func, call, name))
    assert isinstance(chain, ast.Attribute)
    return like(chain, value=_with_name(chain.value, call, name))


# -- the order of two neighbours ------------------------------------------------------------------------------------


def order_matters(first: ast.stmt, second: ast.stmt, around: Surroundings) -> bool:
    """Whether the two may do something else in the other order than run or raise a NameError."""
    if not (_is_simple(first) and _is_simple(second)):
        return False
    reads = {n.id for n in ast.walk(second) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    if isinstance(second, ast.AugAssign):
        reads |= bound_in(second)
    return bound_in(first) & reads <= around.bound_before(first) and not _commute(first, second)


def _is_simple(statement: ast.stmt) -> bool:
    """Expressions without a call, such as docstrings, do nothing anywhere."""
    if isinstance(statement, ast.Expr):
        return has_call(statement)
    return isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign)


def _commute(first: ast.stmt, second: ast.stmt) -> bool:
    """Whether it is plain that the order does not matter: neither binds what the other names, and both do nothing but
    bind names, or one of them binds names to constants."""
    if bound_in(first) & names_in(second) or bound_in(second) & names_in(first):
        return False
    binding = [statement for statement in (first, second) if _only_binds(statement)]
    return len(binding) == 2 or any(names_in(one) == bound_in(one) and not has_call(one) for one in binding)


def _only_binds(statement: ast.stmt) -> bool:
    """Whether the targets are names: to assign to ``x[0]`` or ``x.grad`` changes what others may see."""
    if isinstance(statement, ast.Expr):
        return False
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", statement)]
    return all(isinstance(node, ast.Name | ast.Tuple | ast.expr_context) for t in targets for node in ast.walk(t))
