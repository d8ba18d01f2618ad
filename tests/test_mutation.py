"""Mutants: which there are by rule, and that each is one module of its own."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.mutation import DROPPED, Mutant, mutants

REPOSITORY = Path(__file__).parent.parent
REFERENCES = sorted(path for path in REPOSITORY.glob("solutions/*/*/*.py") if path.stem == path.parent.name)


def of(body: str, parameters: str = "x, y, w") -> list[Mutant]:
    """The mutants of a function with this body."""
    header = f"import torch\nimport torch.nn.functional as F\n\ndef f({parameters}):\n"
    return mutants(header + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ") + "\n")


def afters(body: str, parameters: str = "x, y, w") -> set[str]:
    found = of(body, parameters)
    assert len({mutant.name for mutant in found}) == len(found)
    return {mutant.after for mutant in found}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        # arithmetic
        ("z = x + y", {"x - y", "x", "y"}),
        ("z = x - y", {"x + y", "x", "-y"}),
        ("z = x * y", {"x / y", "x", "y"}),
        ("z = x / y", {"x * y", "x"}),
        ("z = x ** y", {"x * y"}),
        ("z = x // y", {"x / y"}),
        ("z = x % y", {"x // y"}),
        ("z = x @ y", {"x @ y.mT", "x.mT @ y", "y @ x"}),
        ("z = x @ y.T", {"x.mT @ y.T", "y.T @ x", "y"}),
        ("z = x.t() @ y", {"x.t() @ y.mT", "y @ x.t()", "x"}),
        ("z = -x", {"x"}),
        ("z = not x", {"x"}),
        ("z = ~x", {"x"}),
        ("z = x - y + w", {"x - y - w", "x - y", "w", "x + y", "x", "-y"}),
        # arithmetic as methods and as functions
        ("z = x.add(y)", {"x.sub(y)", "x"}),
        ("z = torch.mul(x, y)", {"torch.div(x, y)", "x"}),
        # comparisons and conditions
        ("z = x < y", {"x <= y", "x > y"}),
        ("z = x <= y", {"x < y", "x >= y"}),
        ("z = x > y", {"x >= y", "x < y"}),
        ("z = x >= y", {"x > y", "x <= y"}),
        ("z = x == y", {"x != y"}),
        ("z = x != y", {"x == y"}),
        ("z = x is None", {"x is not None"}),
        ("z = x is not None", {"x is None"}),
        ("z = x in y", {"x not in y"}),
        ("z = x not in y", {"x in y"}),
        ("z = x and y", {"x or y"}),
        ("z = x or y", {"x and y"}),
        ("z = x if w else y", {"x", "y"}),
        ("if x:\n    continue_(y)", {"if True:", "if False:", DROPPED}),
        ("if x is y:\n    z = w", {"if True:", "if False:", "x is not y"}),
        # dimensions
        ("z = x.norm(dim=0)", {"x.norm(dim=1)", "x.norm()"}),
        ("z = x.norm(dim=1)", {"x.norm(dim=0)", "x.norm()"}),
        ("z = x.norm(axis=-1)", {"x.norm(axis=0)", "x.norm()"}),
        ("z = x.norm(dim=-2)", {"x.norm(dim=-1)", "x.norm()"}),
        ("z = x.norm(dim=2)", {"x.norm(dim=1)", "x.norm()"}),
        ("z = x.norm(dim=3)", {"x.norm(dim=2)", "x.norm()"}),
        ("z = x.norm(dim=(0, 1))", {"x.norm(dim=(0,))", "x.norm(dim=(1,))", "x.norm()"}),
        ("z = x.norm(dim=None)", {"x.norm()"}),
        # numbers
        ("z = x.cumsum(0)", {"x.cumsum(1)"}),
        ("z = x.cumsum(1)", {"x.cumsum(2)", "x.cumsum(0)"}),
        ("z = x[-1]", {"x[0]", "x[1]"}),
        ("z = x[1:]", {"x[2:]", "x[0:]"}),
        ("z = x[:, 0]", {"x[:, 1]"}),
        ("z = g(0.5)", {"g(0.55)"}),
        ("z = g(0.1)", {"g(0.11)"}),
        ("z = 0.0", {"z = 1.0"}),
        ("z = g(True)", {"g(False)"}),
        ("z = lambda a, b=0: a", {"lambda a, b=1: a"}),
        # keyword arguments; the flags among them are flipped instead
        ("z = x.norm(p=y)", {"x.norm()"}),
        ("z = x.norm(keepdim=True)", {"x.norm(keepdim=False)"}),
        ("z = g(x, reduction='sum', **y)", {"g(x, **y)"}),
        ("z = zip(x, y, strict=True)", {"zip(y, x, strict=True)"}),
        ("z = torch.eye(x, device=y)", set()),
        # calls and attributes dropped
        ("z = x.detach()", {"x"}),
        ("z = x.detach().item()", {"x", "x.detach()"}),
        ("z = x.clone()", {"x"}),
        ("z = x.contiguous()", {"x"}),
        ("z = x.T", {"x"}),
        ("z = x.mT", {"x"}),
        ("z = x.t()", {"x"}),
        ("z = x.transpose(y, w)", {"x"}),
        ("z = x.permute(y)", {"x"}),
        ("z = x.sqrt()", {"x"}),
        ("z = torch.sqrt(x)", {"x"}),
        ("z = abs(x)", {"x"}),
        ("z = F.relu(x)", {"x"}),
        ("z = torch.nn.functional.relu(x)", {"x"}),
        # functions swapped
        ("z = x.sum()", {"x.mean()"}),
        ("z = x.mean()", {"x.sum()"}),
        ("z = x.max()", {"x.min()"}),
        ("z = x.amin()", {"x.amax()"}),
        ("z = x.argmax()", {"x.argmin()"}),
        ("z = x.exp()", {"x.expm1()"}),
        ("z = x.log()", {"x.log1p()"}),
        ("z = x.var()", {"x.std()"}),
        ("z = x.std()", {"x.var()"}),
        ("z = x.tanh()", {"x.sigmoid()"}),
        ("z = torch.sigmoid(x)", {"torch.tanh(x)"}),
        ("z = max(x, y)", {"min(x, y)"}),
        ("z = sum(x)", set()),  # there is no builtin mean
        # arguments, ranges, results
        ("z = g(x, y, w)", {"g(y, x, w)"}),
        ("z = g(*x, y)", set()),
        ("z = torch.einsum('ij,jk', x)", set()),
        ("z = torch.maximum(x, y)", {"torch.minimum(x, y)"}),
        ("z = range(x)", {"range(x - 1)"}),
        ("z = range(10)", {"range(11)", "range(9)"}),
        ("return x", {"return None"}),
        ("return", set()),
        ("return x, y, w", {"return (y, x, w)", "return None"}),
        # statements
        ("x += y", {"x -= y", "x = x + y", DROPPED}),
        ("x *= y", {"x /= y", "x = x * y", DROPPED}),
        ("x = x + y", {"x += y", "x - y", "x", "y", DROPPED}),
        ("x = y", {DROPPED}),
        ("x[w] = y", {DROPPED}),
        ("x.grad = None", {DROPPED}),
        ("z = y", set()),  # without it there is no z
        ("x.step()", {DROPPED}),
        ("x.train()", {"x.eval()", DROPPED}),
        ("x.eval()", {"x.train()", DROPPED}),
        ("x.train(True)", {"x.train(False)", DROPPED}),
        ("with torch.no_grad():\n    x.step()", {DROPPED}),
        ("with torch.no_grad(), g(x):\n    z = y", {"with g(x):", "with torch.no_grad():"}),
        ("with g(x) as z:\n    w = z", {DROPPED}),  # the assignment: what a context is named for needs it
        # in place: the statement without its underscore does nothing, so it is not dropped as well
        ("x.sub_(y)", {"x.add_(y)", "x.sub(y)"}),
        ("x.copy_(y)", {DROPPED}),
        ("x.mul_(y).add_(w)", {"x.mul_(y)", "x", "x.mul_(y).sub_(w)", "x.div_(y)", "x.mul(y).add_(w)"}),
        ("x.zero_().add_(y)", {"x.zero_()", "x.zero_().sub_(y)", DROPPED}),
        # left alone
        ("raise ValueError(x + 1, 'message')", set()),
        ("assert x > 0, x + 1", set()),
        ("z = f'{x + 1}'", set()),
        ("z: int | 1", set()),
        ("z: g(1) = x + y", {"x - y", "x", "y"}),
        ("import math", set()),
        ("'a docstring'", set()),
        ("z = None", set()),
        ("def g(a: h(1)) -> h(2):\n    'a docstring'\n    z = a", set()),
    ],
)
def test_rules(statement: str, expected: set[str]) -> None:
    assert afters(statement) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        # one of them uses what the other one changes
        ("x = y + w\nx = g(x)", {"x = g(x); x = y + w"}),
        ("x.zero_grad()\ny.backward()", {"y.backward(); x.zero_grad()"}),
        ("z = g(x)\ny.step()", {"y.step(); z = g(x)"}),
        ("x[0] = y\nw = x", {"w = x; x[0] = y"}),
        ("x += y\nw = x", {"w = x; x += y"}),
        # they have nothing to do with each other
        ("z = g(x)\nv = g(y)", set()),
        ("z = []\ny.step()", set()),
        ("x.train()\nz, v = 0.0, 0", set()),
        # the other order is a NameError, which is no mistake worth a run
        ("z = g(x)\nv = g(z)", set()),
        # only simple statements move
        ("'a docstring'\nx.step()", set()),
        ("if y:\n    x.step()\nx.backward()", set()),
        ("x.step()\nreturn y", set()),
    ],
)
def test_neighbours_swapped(block: str, expected: set[str]) -> None:
    assert {after for after in afters(block) if "; " in after} == expected


def test_a_swap_of_neighbours_is_named_by_both() -> None:
    (swapped,) = [mutant for mutant in of("x.backward()\ny.step()") if ";" in mutant.name]

    assert swapped.name == "line 5: x.backward(); y.step() → y.step(); x.backward()"
    assert swapped.statement == "x.backward()"
    assert ast.unparse(ast.parse(swapped.source)).endswith("    y.step()\n    x.backward()")


def test_continue_and_break() -> None:
    assert afters("for i in x:\n    if i:\n        continue") == {"if True:", "if False:", "break"}
    assert afters("for i in x:\n    if i:\n        break") == {"if True:", "if False:", "continue"}


def test_a_number_is_not_changed_in_place() -> None:
    """No suite can tell ``n += 1`` from ``n = n + 1``; with a tensor it can."""
    body = """
        n, m, total = 0, 0, x
        for i in y:
            n += len(i)
            m += g(i)
            total += i.item()
    """

    found = afters(body)

    assert {"m = m + g(i)", "total = total + i.item()"} <= found
    assert "n = n + len(i)" not in found


def test_an_emptied_block_passes() -> None:
    (dropped,) = [mutant for mutant in of("for i in x:\n    i.step()") if mutant.after == DROPPED]

    assert dropped.source.rstrip().endswith("pass")


def test_the_body_of_a_dropped_context_is_kept() -> None:
    (dropped,) = [m for m in of("with torch.no_grad():\n    x.sub_(y)") if m.before == "with torch.no_grad():"]

    assert dropped.source.rstrip().endswith("\n    x.sub_(y)")
    assert "no_grad" not in dropped.source


MARKED = '''\
"""About 1 + 1."""

def before(x=1):
    return x + 1


def f(x: int = 1) -> int:
    """Twice 2 * x."""
    n = 3 * x
    ### BEGIN SOLUTION
    n = n @ x  # the only line
    ### END SOLUTION
    return n / 2


class Net:
    ### BEGIN SOLUTION
    def g(self, y, scale=0.5):
        """2 * y"""
        return -y
    ### END SOLUTION
'''


def test_only_between_the_marks() -> None:
    found = mutants(MARKED)

    assert [(mutant.line, mutant.after) for mutant in found if mutant.line < 17] == [
        (11, "n @= x"),
        (11, DROPPED),
        (11, "n @ x.mT"),
        (11, "n.mT @ x"),
        (11, "x @ n"),
    ]
    assert {mutant.line for mutant in found} == {11, 18, 20}
    assert {mutant.statement for mutant in found if mutant.line == 11} == {"n = n @ x  # the only line"}


def test_a_default_between_the_marks() -> None:
    (mutant,) = [mutant for mutant in mutants(MARKED) if mutant.line == 18]

    assert "scale=0.55" in mutant.source
    assert mutant.statement == "def g(self, y, scale=0.5):"


def test_without_marks_the_bodies_of_functions() -> None:
    source = "limit = 1 + 1\n\ndef f(x=1):\n    return -x\n\nclass A:\n    b = 2\n    def g(self):\n        return 3\n"

    assert {mutant.line for mutant in mutants(source)} == {4, 9}


def test_no_code_no_mutants() -> None:
    assert mutants("") == []
    assert mutants("def f():\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION\n") == []


def test_a_source_that_is_no_python() -> None:
    with pytest.raises(SyntaxError):
        mutants("def f(:\n")


def test_what_is_odd_in_the_source_raises_no_warning() -> None:
    """Warnings are errors in these tests."""
    assert {mutant.after for mutant in mutants("def f(x):\n    y = x is 1, '\\d'\n")} >= {"x is not 1"}


def test_a_mutant() -> None:
    first = mutants("def f(x):\n    return 2 - x  # less\n")[-1]

    assert first == Mutant(2, "2 - x", "1 - x", "return 2 - x  # less", "def f(x):\n    return 1 - x\n")
    assert first.name == "line 2: 2 - x → 1 - x"


def test_the_same_change_twice_in_a_line_has_two_names() -> None:
    """Name and statement tell any two mutants of a line apart: the words are as wide as that takes."""
    found = of("z = g(x.sum(dim=1)) / h(x.sum(dim=1))")

    assert len({(mutant.before, mutant.after) for mutant in found}) == len(found)
    assert ("g(x.sum(dim=1))", "g(x.sum(dim=0))") in {(mutant.before, mutant.after) for mutant in found}


def test_a_statement_over_several_lines() -> None:
    found = of("z = g(\n    x,\n    y - w,\n)")

    assert [(mutant.line, mutant.statement, mutant.after) for mutant in found] == [
        (5, "z = g(", "g(y - w, x)"),
        (7, "y - w,", "y + w"),
        (7, "y - w,", "y"),
        (7, "y - w,", "-w"),
    ]


def sound(source: str) -> list[Mutant]:
    """The mutants of ``source``, after checking what is true of all mutants."""
    found = mutants(source)
    dumps = [ast.dump(ast.parse(mutant.source)) for mutant in found]
    lines = source.split("\n")

    assert len({ast.dump(ast.parse(source)), *dumps}) == len(found) + 1
    assert [mutant.line for mutant in found] == sorted(mutant.line for mutant in found)
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        assert mutant.statement == lines[mutant.line - 1].strip()
        assert "\n" not in mutant.name
        assert mutant.before != mutant.after
    assert mutants(source) == found
    return found


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_the_references(path: Path) -> None:
    assert len(sound(path.read_text())) >= 10


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def fill(form: str) -> st.SearchStrategy[str]:
        return st.tuples(inner, inner).map(lambda pair: form.format(*pair))

    forms = (
        "({} + {})",
        "({} @ g({}).T)",
        "({} < {})",
        "g({}, {})",
        "g({}).sum(dim=1)[{}:]",
        "({} if {} else -1)",
        "[{}, not {}]",
    )
    return st.one_of([fill(form) for form in forms])


EXPRESSIONS = st.recursive(st.sampled_from(["x", "y", "0", "2.5", "True", "None", "'s'"]), _grown, max_leaves=4)
FORMS = ("{} = {}", "x += {1}", "x = x + {1}", "x.add_({1}).mul_(2)", "if {1}:\n        x = {1}", "return {1}, {1}")


def _statement(draw: tuple[str, str, str]) -> str:
    form, name, value = draw
    return form.format(name, value)


STATEMENTS = st.tuples(st.sampled_from(FORMS), st.sampled_from(["x", "z"]), EXPRESSIONS).map(_statement)


@settings(max_examples=40, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=3))
def test_any_source(statements: list[str]) -> None:
    sound("def f(x, y):\n" + "".join(f"    {statement}\n" for statement in statements))


def test_a_mutant_computes_something_else() -> None:
    """Of all mutants of a small function, the ones that agree with it everywhere are none."""
    source = "def f(x, y):\n    if x > y:\n        y = x - 2 * y\n    return x * 3, y\n"

    def answers(text: str) -> Iterator[object]:
        namespace: dict[str, object] = {}
        exec(text, namespace)
        function = namespace["f"]
        assert callable(function)
        yield from (function(*point) for point in [(7, 2), (2, 7), (2, 2)])

    expected = list(answers(source))

    assert len(mutants(source)) > 10
    assert [mutant.name for mutant in mutants(source) if list(answers(mutant.source)) == expected] == []
