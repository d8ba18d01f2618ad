"""From the cells that were run to the source that is checked."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook.gathering import Gathered, gather
from grader.notebook.session import Cell, read
from grader.submission import Submission


def cells(*sources: str) -> list[Cell]:
    found = (read(number, textwrap.dedent(source)) for number, source in enumerate(sources, 1))
    return [cell for cell in found if cell is not None]


def gathered(*sources: str, known: tuple[str, ...] = ()) -> Gathered:
    return gather(cells(*sources), ["f"], known)


def value_of(found: Gathered, *args: object) -> object:
    namespace: dict[str, object] = {}
    exec(found.source, namespace)
    function = namespace["f"]
    assert callable(function)
    return function(*args)


def test_the_last_definition_counts_with_all_that_it_needs() -> None:
    found = gathered(
        "import math\nimport os",
        "def f(x):\n    return 0",
        "SCALE = 2\ndef twice(x):\n    return SCALE * x",
        "def f(x):\n    return twice(math.floor(x))",
        "print(f(1))\nfor _ in range(10): f(1)",
    )

    assert value_of(found, 3.5) == 6
    assert "import os" not in found.source
    assert "return 0" not in found.source
    assert "print" not in found.source
    assert found.notes == ()


def test_a_helper_that_was_mended_afterwards_counts_as_in_the_notebook() -> None:
    assert value_of(gathered("def g(): return 1", "def f(): return g()", "def g(): return 2")) == 2


def test_a_value_that_was_computed_keeps_what_it_was_computed_from() -> None:
    found = gathered("eps = 2", "scale = 10 * eps", "eps = 3", "def f(): return scale, eps")

    assert value_of(found) == (20, 3)


def test_values_that_are_changed_in_place_are_changed() -> None:
    found = gathered("table = {}\ntotal = 1", "table['a'] = 5\ntotal += 1", "def f(): return table['a'], total")

    assert value_of(found) == (5, 2)


def test_classes_decorators_defaults_and_attributes() -> None:
    found = gathered(
        "import functools\nBASE = 1",
        "def deco(g):\n    return functools.wraps(g)(lambda *a: g(*a) + 1)",
        "class Layer:\n    size: int = BASE\n    def run(self): return helper()",
        "def helper(): return 10",
        "def other(self): return 20",
        "Layer.run = other",
        "@deco\ndef f(n=BASE): return Layer().run() + n",
    )

    assert value_of(found) == 22
    assert "def helper" in found.source  # the class mentions it


def test_what_decides_or_tries_is_kept_when_it_is_needed() -> None:
    found = gathered(
        """
        try:
            import nothing_of_this_name as m
        except ImportError:
            import math as m
        if m.pi > 3:
            big = True
        """,
        "if __name__ == '__main__':\n    big = 7",
        "def f(): return m.floor(3.5), big",
    )

    assert value_of(found) == (3, True)


def test_several_statements_on_a_line() -> None:
    found = gathered("a = 'é'; print(a); b = '''x\ny'''; c = 3", "def f(): return b, c")

    assert value_of(found) == ("x\ny", 3)
    assert "print" not in found.source


def test_stars_and_futures() -> None:
    found = gathered(
        "x = 1", "from __future__ import annotations\nfrom math import *", "def f(a: Nope): return floor(a)"
    )

    assert value_of(found, 2.5) == 2


def test_lines_are_those_of_the_cells() -> None:
    found = gathered("x = 1", "# words\nprint()\n\nimport math", "%matplotlib inline\n\ndef f():\n    return math.pi")
    submission = Submission("", "a/f", found.source, cells=found.cells)
    lines = found.source.split("\n")

    assert submission.place(lines.index("import math") + 1) == ("cell 2, line 4", "import math")
    assert submission.place(lines.index("    return math.pi") + 1) == ("cell 3, line 4", "return math.pi")


def test_what_only_a_loop_defines_is_named() -> None:
    found = gathered("for i in range(3):\n    last = i", "def f(): return last")

    assert found.notes == (
        "`last` is needed, and only what a check leaves out defines it: cell 1, line 1: `for i in range(3):`.",
    )


def test_a_plain_definition_is_better_than_a_loop() -> None:
    found = gathered("w = 1", "for i in range(3):\n    w = i", "def f(): return w")

    assert (value_of(found), found.notes) == (1, ())


def test_what_no_cell_defines_is_named() -> None:
    found = gathered("%%time\nw = 1", "def f(): return w + len('') + v", known=("w", "len"))

    assert found.notes == (
        "`w` is known in this notebook, but no cell that was run defines it. Is it cell 1, which begins with %%time?",
    )


def test_a_call_that_may_have_changed_a_value_is_named() -> None:
    found = gathered(
        "table = []\nother = []",
        "table.append(1)\nother.append(1)",
        "def f(): return table",
    )

    assert found.notes == ("Left out, though it may change `table`: cell 2, line 1: `table.append(1)`.",)


def test_nothing_is_gathered_of_what_is_not_there() -> None:
    found = gathered("x = 1", "def f(:", "%%bash\ndef f")

    assert (found.source, found.definitions) == ("", {})


@pytest.mark.parametrize("line", ["%time g()", "!ls", "files = !ls", "?g", "g?", "    %time g()"])
def test_cells_with_lines_for_jupyter_are_read(line: str) -> None:
    indented = line.startswith(" ")
    found = gathered(f"def f():\n    return 1\n{'if f:' if indented else ''}\n{line}")

    assert value_of(found) == 1


def test_our_own_lines_are_no_reason_to_refuse() -> None:
    (first, second, third) = cells("%load_ext grader\nx = 1", "%%check a/f\ny = 1\n%check", "!ls")

    assert (first.refused, second.refused, third.refused) == ("", "", "!ls")
    assert second.source == "\ny = 1\n"


PIECES = (
    "import math", "from math import *", "def f(x=y):", "class f(g):", "    return g(x)", "x = y; y = 1", "x += f",
    "for x in y:", "    x[0] = 1", "lambda: x", "[x for x in y]", "if x:", "with x as y:", "try:", "except f as x:",
    "@f", "'''", "é = '名'", "%time x", "%%check", "!x", "\\", "(", ")", "", "async def f(): await x", "del x",
    "x: y = 1",
)  # fmt: skip


def can_run(source: str) -> bool:
    """Whether IPython runs it at all: it knows `await` outside of functions, and no `return` there."""
    try:
        compile(source, "f.py", "exec", dont_inherit=True, flags=0x2000)
    except SyntaxError:
        return False
    return True


@given(st.lists(st.lists(st.sampled_from(PIECES)).map("\n".join)))
def test_whatever_was_run_is_gathered(sources: list[str]) -> None:
    found = gather([cell for n, s in enumerate(sources) if (cell := read(n, s)) and can_run(cell.source)], ["f", "x"])

    assert can_run(found.source)
