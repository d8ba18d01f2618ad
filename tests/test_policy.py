"""Forbidden names: a use that is seen costs the points that the exercise says; what could hide one is a note."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exercise import Course, CourseError
from grader.grading import Grader, Settings
from grader.policy import Findings, Forbidden, judged, notes
from grader.result import Outcome, Result, Verdict
from grader.submission import Submission
from grader.worker.names import scan
from grader.worker.opening import CHECK_TAG

SUITE = """
    import pytest
    import torch
    from grader.testing import assert_close

    @pytest.mark.points(2)
    def test_value(student, randn):
        '''The softmax.'''
        x = randn(3, 4)
        assert_close(student.softmax(x), torch.softmax(x, -1))

    @pytest.mark.points(1)
    def test_shape(student, randn):
        '''Its shape.'''
        assert student.softmax(randn(2, 2)).shape == (2, 2)
"""
CODE = """
    import torch

    def softmax(x):
        ### BEGIN SOLUTION
        e = (x - x.max(-1, keepdim=True).values).exp()
        return e / e.sum(-1, keepdim=True)
        ### END SOLUTION
"""
FORBID = ["torch.softmax", "torch.nn.functional.softmax", "torch.nn.Softmax", "torch.Tensor.softmax", "torch.special"]
TOML = 'title = "Softmax"\nstep = "forward pass"\n'


@pytest.fixture(scope="module")
def softmax_grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    course = tmp_path_factory.mktemp("course")
    toml = TOML + f"[forbid]\nnames = {[*FORBID, 'aten._softmax']}\n"
    for name, text in {"test_hidden.py": SUITE, "softmax.py": CODE, "exercise.toml": toml}.items():
        path = course / "solutions" / "toy" / "softmax" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip())
    with Grader(Settings(course)) as grader:
        yield grader


@pytest.fixture
def grade(softmax_grader: Grader) -> Callable[[str], Result]:
    def grade(source: str) -> Result:
        return softmax_grader.grade(Submission("eve", "toy/softmax", textwrap.dedent(source)))

    return grade


USES = {
    "attribute chain": "import torch\ndef softmax(x):\n    return torch.softmax(x, -1)",
    "alias": "import torch.nn.functional as F\ndef softmax(x):\n    return F.softmax(x, -1)",
    "from": "from torch.nn.functional import softmax as s\ndef softmax(x):\n    return s(x, -1)",
    "star": "from torch.nn.functional import *\ndef entry(x):\n    return softmax(x, -1)",
    "method": "def softmax(x):\n    return x.softmax(-1)",
    "unbound method": "import torch\ndef softmax(x):\n    return torch.Tensor.softmax(x, -1)",
    "module": "from torch import nn\ndef softmax(x):\n    return nn.Softmax(-1)(x)",
    "by another path": "import torch\ndef softmax(x):\n    return torch.nn.modules.activation.Softmax(-1)(x)",
    "bound at the top": "import torch\nf = torch.nn.functional.softmax\ndef softmax(x):\n    return f(x, -1)",
    "alias of an alias": "import torch\nn = torch.nn\nF = n.functional\ndef softmax(x):\n    return F.softmax(x, -1)",
    "helper": "import torch\ndef help(x):\n    return torch.softmax(x, -1)\ndef softmax(x):\n    return help(x)",
    "constant getattr": "import torch\ndef softmax(x):\n    return getattr(torch, 'soft' + 'max')(x, -1)",
    "import inside": "def softmax(x):\n    from torch import softmax as s\n    return s(x, -1)",
    "import_module": "import importlib\ndef softmax(x):\n    return importlib.import_module('torch').softmax(x, -1)",
    "sys.modules": "import sys\ndef softmax(x):\n    return sys.modules['torch'].softmax(x, -1)",
    "exec": "def softmax(x):\n    exec('import torch; y = torch.softmax(x, -1)')",
    "below a forbidden module": "import torch\ndef softmax(x):\n    return torch.special.softmax(x, -1)",
    "unicode": "import torch\ndef softmax(x):\n    return torch.𝓈oftmax(x, -1)",
    "fallback": "import torch\ndef softmax(x):\n    try:\n        return 1 / 0\n    except ZeroDivisionError:\n"
    "        return torch.softmax(x, -1)",
    "class": "import torch\nclass Mine(torch.nn.Softmax):\n    pass\ndef softmax(x):\n    return Mine(-1)(x)",
    "the import is the answer": "from torch import softmax",
    "the import comes after the answer": "def softmax(x):\n    return x\nfrom torch import softmax",
    "a star is the answer": "from torch.nn.functional import *",
    "target of a loop": "import torch\nfor softmax in [torch.softmax]:\n    pass",
    "target of with": "import torch, contextlib\nwith contextlib.nullcontext(torch.softmax) as softmax:\n    pass",
    "walrus": "import torch\nprint(softmax := torch.softmax)",
    "module's own getattr": "import torch\ndef __getattr__(name):\n    return torch.softmax",
    "no script": "import torch\nif __name__ != '__main__':\n    softmax = torch.softmax",
    "bound by another function": "import torch\ndef f():\n    global softmax\n    softmax = torch.softmax\nf()",
    "kept in a class": "import torch\nclass A: pass\nA.f = torch.softmax\ndef softmax(x):\n    return A.f(x, -1)",
    "kept in a dict": "import torch\nd = {}\nd[0] = torch.softmax\ndef softmax(x):\n    return d[0](x, -1)",
    "constant getattr of a value": "def softmax(x):\n    return getattr(x.exp(), 'soft' + 'max')(-1)",
}


@pytest.mark.parametrize("way", USES)
def test_a_use_is_seen_in_the_source(way: str) -> None:
    assert scan(USES[way], FORBID, ["softmax", "entry"]).uses, way


INNOCENT = {
    "only imported": "from torch import softmax as unused\ndef softmax(x):\n    return x.exp()",
    "own function": "def softmax(x):\n    return x\ndef mine(x):\n    return softmax(x)",
    "self-test": "import torch\ndef softmax(x):\n    return x.exp()\ndef test_it():\n    torch.softmax(1, -1)",
    "script": "import torch\ndef softmax(x):\n    return x\nif __name__ == '__main__':\n    torch.softmax(1, -1)",
    "assert at the top": "import torch\ndef softmax(x):\n    return x\nassert torch.softmax(torch.ones(1), -1) == 1",
    "parameter of that name": "from torch import softmax as s\ndef softmax(x, s):\n    return s(x)",
    "variable of that name": "from torch import special\ndef softmax(x):\n    special = x\n    return special.sum()",
    "words": "def softmax(x):\n    '''Like torch.softmax(x).'''\n    return x  # torch.softmax",
    "another module": "import torch\ndef softmax(x):\n    return torch.exp(x)",
    "no Python": "def softmax(x:\n",
    "own function after a star": "from torch.nn.functional import *\ndef softmax(x):\n    return softmax(x[None])[0]",
    "own value after a star": "from torch import *\nsoftmax = abs\ndef mine(x):\n    return softmax(x)",
    "local variable called like one of a self-test": "import torch\ndef softmax(x):\n    y = x.exp()\n    return y\n"
    "y = softmax(torch.ones(2))\ny = torch.softmax(torch.ones(2), -1)\nprint(y)",
    "local variable called like a self-test": "import torch\ndef right(x):\n    return torch.softmax(x, -1)\n"
    "def softmax(x):\n    right = x.exp()\n    return right / right.sum()",
    "local names of all kinds": "from torch import softmax as s, special as t\ndef softmax(x):\n    try:\n        x()\n"
    "    except TypeError as s:\n        s\n    def t():\n        return 1\n    return t(), [s for s in x]",
    "what a self-test collects": "import torch\ndef softmax(x):\n    return x.exp()\nfound = {}\n"
    "found['mine'], found['right'] = softmax(1), torch.softmax(1, -1)\nprint(found)",
    "script, the other way round": "import torch\ndef softmax(x):\n    return y\nif '__main__' == __name__:\n"
    "    y = torch.softmax(1, -1)",
}


@pytest.mark.parametrize("way", INNOCENT)
def test_what_is_no_use_is_not_taken_for_one(way: str) -> None:
    found = scan(INNOCENT[way], FORBID, ["softmax", "mine"])

    assert found.uses == []
    assert found.suspicious == []


SUSPICIOUS = {
    "computed getattr": "import torch\ndef softmax(x):\n    return getattr(torch, ''.join(reversed('xamtfos')))(x, -1)",
    "computed exec": "import base64\ndef softmax(x):\n    exec(base64.b64decode('eA=='))",
    "operators": "import torch\ndef softmax(x):\n    return torch.ops.aten._softmax(x, -1, False)",
    "thread": "import threading\ndef softmax(x):\n    threading.Thread(target=print).start()",
    "ctypes": "import ctypes\ndef softmax(x):\n    ctypes.CDLL(None)",
    "modes off": "import torch\ndef softmax(x):\n    torch._C.DisableTorchFunction()",
    "patch at the top": "def softmax(x):\n    return x\nglobals()['softmax'] = print",
    "own method": "class A:\n    def softmax(self):\n        pass\ndef softmax(x):\n    return x.softmax()",
    "own field": "class A:\n    softmax: int\ndef softmax(x):\n    return A(x).softmax",
    "own attribute": "def softmax(x):\n    x.softmax = 1\n    return x.softmax",
    "keyword": "from types import SimpleNamespace as S\ndef softmax(x):\n    return S(softmax=x).softmax",
    "named tuple": "from collections import namedtuple\nN = namedtuple('N', 'a softmax')\n"
    "def softmax(x):\n    return N(x, x).softmax",
    "getattr of a value": "def softmax(x):\n    return getattr(x, ''.join(reversed('xamtfos')))(-1)",
    "frames": "def softmax(x):\n    try:\n        x()\n    except TypeError as e:\n        e.__traceback__.tb_frame",
    "this very package": "import worker.tracing\nworker.tracing.Tracer._note = print\ndef softmax(x):\n    return x",
    "called while loading": "def f():\n    import gc\n    gc.get_objects()\nf()\ndef softmax(x):\n    return x",
    "replaced": "import torch\ntorch.softmax = print\ndef softmax(x):\n    return torch.exp(x)",
    "too deep": "def softmax(x):\n    return " + "+".join(["x"] * 3000),
}


@pytest.mark.parametrize("way", SUSPICIOUS)
def test_what_hides_names_is_suspicious_and_no_more(way: str) -> None:
    found = scan(SUSPICIOUS[way], FORBID, ["softmax"])

    assert found.uses == []
    assert found.suspicious


PIECES = (
    "import torch", "from torch import *", "import gc as softmax", "def softmax(x):", "class softmax(x):", "x.softmax",
    "return", "(", ")", "[", "]", "{", "}", ":", "\n", "\n ", "\n    ", "=", ":=", "lambda", "for x in", "if", "match",
    "case", "exec('x')", "getattr(x, 'softmax')", "*", "**", ",", ".", "with x as softmax", "global softmax", "@x", "'",
    "f'{x}'", "__name__ == '__main__'", "try", "except* x as y", "del x.softmax", "yield", "await", "async", "\0",
    "\ud800", "名",
)  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_can_be_scanned(source: str) -> None:
    found = scan(source, FORBID, ["softmax"])

    assert all(type(name) is str and type(line) is int for name, line in found.uses + found.suspicious)


@given(st.lists(st.sampled_from(sorted({*USES.values(), *INNOCENT.values(), *SUSPICIOUS.values()})), min_size=2))
def test_whatever_else_is_in_a_file_it_can_be_scanned(sources: list[str]) -> None:
    scan("\n".join(sources), FORBID, ["softmax"])


def test_forbidding_autograd_leaves_no_grad_alone() -> None:
    source = "import torch\ndef f(x):\n    with torch.no_grad():\n        return x\ndef g(x):\n    {}"

    assert scan(source.format("torch.autograd.grad(x, x)"), ["torch.autograd"], ["f", "g"]).uses == [
        ("torch.autograd", 6)
    ]
    assert scan(source.format("torch.autograd.no_grad()"), ["torch.autograd"], ["f", "g"]).uses == []


BEHIND_CHECKS = {
    "in a cell that is checked": "%%check toy/softmax\nimport torch\ndef softmax(x):\n    return torch.softmax(x, -1)",
    "after a magic that goes on": "%check\nimport torch\ndef softmax(x):\n    return torch.softmax(x, -1)",
    "kept in the stand-in": "import grader, torch\ngrader.f = torch.softmax\n"
    "def softmax(x):\n    return grader.f(x, -1)",
    "in place of check": "from grader import check\nfrom torch import softmax as check\n"
    "def softmax(x):\n    return check(x, -1)",
    "in the arguments": "import torch\nfrom grader import check\ncheck(s := torch.softmax)\n"
    "def softmax(x):\n    return s(x, -1)",
    "in a text that looks like a magic": 'import torch\ns = """\n%check\n"""\n'
    "def softmax(x):\n    return torch.softmax(x, -1)",
}


@pytest.mark.parametrize("way", BEHIND_CHECKS)
@pytest.mark.parametrize("tags", [[], [CHECK_TAG]])
def test_nothing_hides_behind_self_checks(softmax_grader: Grader, way: str, tags: list[str]) -> None:
    cell = {"cell_type": "code", "source": BEHIND_CHECKS[way], "metadata": {"tags": tags}}
    content = json.dumps({"cells": [cell]}).encode()

    result = softmax_grader.grade(Submission("eve", "toy/softmax", None, notebook=content))

    assert (result.cause, result.score) == ("forbidden", 0)


SELF_CHECKING = {
    "called": "from grader import check\n{}\ncheck(softmax)",
    "by the module": "import grader\n{}\ngrader.check('toy/softmax', course='.')",
    "kept": "from grader import check\n{}\nresult = check(softmax)\nassert result is None",
}


@pytest.mark.parametrize("way", SELF_CHECKING)
def test_code_that_checks_itself_is_graded(grade: Callable[[str], Result], way: str) -> None:
    result = grade(SELF_CHECKING[way].format(textwrap.dedent(CODE)))

    assert (result.score, result.notes) == (3, ())


@pytest.mark.parametrize(
    "line",
    [
        "from grader import Grader",
        "import grader.sandbox",
        "from grader.exercise import Course",
        "import grader; grader.sandbox",
        "import sys, importlib; del sys.modules['grader']; importlib.import_module('grader.exercise')",
    ],
)
def test_there_is_no_way_from_the_stand_in_to_the_real_package(grade: Callable[[str], Result], line: str) -> None:
    result = grade(f"{line}\n{textwrap.dedent(CODE)}")

    assert result.score == 0
    assert result.cause in ("import", "exception")


CALLS = {
    "computed name": "import torch\ndef softmax(x):\n    return getattr(torch, 'xamtfos'[::-1])(x, -1)",
    "class by a computed name": "import torch\ndef softmax(x):\n    return vars(torch.nn)['Soft' + 'max'](-1)(x)",
    "kernel": "import torch\ndef softmax(x):\n    return getattr(torch.ops.aten, '_soft' 'max')(x, -1, False)",
    "kernel below another name": "import torch\ndef softmax(x):\n    return torch._C._VariableFunctions.softmax(x, -1)",
    "modes off": "import torch\ndef softmax(x, off=torch._C.DisableTorchFunction):\n"
    "    with off(): return vars(torch)['soft' 'max'](x, -1)",
    "thread": "import threading, torch\ndef softmax(x):\n"
    "    y = []; t = threading.Thread(target=lambda: y.append(vars(torch)['soft' 'max'](x, -1)))\n"
    "    t.start(); t.join()\n    return y[0]",
}


@pytest.mark.parametrize("way", CALLS)
def test_a_call_is_seen_however_it_is_written(grade: Callable[[str], Result], way: str) -> None:
    result = grade(CALLS[way])

    assert (result.outcome, result.cause, result.score) == (Outcome.FAILED, "forbidden", 0)
    assert "may not be used in this exercise (line 3: `" in result.feedback


CALLS_WITHOUT_A_LINE = {
    "partial": "import functools, torch\nsoftmax = functools.partial(vars(torch)['soft' + 'max'], dim=-1)",
    "code of no file": "exec(compile('def softmax(x):\\n  return x.soft' + 'max(-1)', 'a.py', 'exec'))",
}


@pytest.mark.parametrize("way", CALLS_WITHOUT_A_LINE)
def test_a_call_is_seen_also_where_no_line_of_the_file_leads_to_it(grade: Callable[[str], Result], way: str) -> None:
    result = grade(CALLS_WITHOUT_A_LINE[way])

    assert (result.outcome, result.cause, result.score) == (Outcome.FAILED, "forbidden", 0)
    assert "may not be used in this exercise. Work it out" in result.feedback


def test_a_self_test_while_loading_costs_nothing(grade: Callable[[str], Result]) -> None:
    own = textwrap.dedent(CODE)

    assert grade(f"{own}\nassert torch.allclose(softmax(torch.ones(2)), torch.softmax(torch.ones(2), -1))").score == 3


def test_what_hides_names_is_noted_for_the_instructor(grade: Callable[[str], Result]) -> None:
    result = grade(f"{textwrap.dedent(CODE)}\n    exec('pa' + str('ss'))\n")

    assert result.score == 3
    assert result.notes == (
        "eve: toy/softmax uses exec (line 10), which can hide a forbidden name. Please look; it costs no points.",
    )


def test_the_exercise_says_which_points_a_use_takes(write_exercise: Callable[..., Path]) -> None:
    toml = TOML + f'[forbid]\nnames = {FORBID}\nchecks = ["test_value"]\n'
    course = write_exercise(SUITE, CODE, "toy/softmax", exercise__toml=toml)
    with Grader(Settings(course)) as grader:
        result = grader.grade(Submission("eve", "toy/softmax", USES["alias"]))

    assert [(check.name, check.score) for check in result.checks] == [("test_value", 0), ("test_shape", 1)]


@pytest.mark.parametrize("forbid", ["3", '"torch.optim"', "[3]", "{name = ['torch']}", "{names = 'torch'}"])
def test_a_policy_of_another_form_is_an_error_with_the_file(write_exercise: Callable[..., Path], forbid: str) -> None:
    course = write_exercise(exercise__toml=f"{TOML}forbid = {forbid}\n")

    with pytest.raises(CourseError, match=r"exercise.toml: forbid is .* expected a list of names"):
        Course.open(course)


def test_a_policy_about_no_check_is_an_error(write_exercise: Callable[..., Path]) -> None:
    course = write_exercise(exercise__toml=f'{TOML}[forbid]\nnames = ["torch.optim"]\nchecks = ["test_valeu"]\n')

    with Grader(Settings(course)) as grader, pytest.raises(CourseError, match=r"'test_valeu'. Checks are: test_value"):
        grader.grade(Submission("eve", "toy/double", "x"))


def test_findings_are_read_as_the_claims_of_a_stranger() -> None:
    findings = Findings()
    findings.add([("torch.optim", 3), ("x" * 500, 1), ("y", "z"), 7, ("\x1b[2J", 4)], {"no": "list"})

    assert findings.used == {"torch.optim": 3, "x" * 100: 1, "\\x1b[2J": 4}
    assert findings.suspicious == {}


def test_only_names_of_the_exercise_cost_points() -> None:
    verdict = Verdict("test_a", "A", 1, Outcome.PASSED, 1.0)
    place = Submission("eve", "a/b", "x").place

    assert judged((verdict,), Forbidden(("torch.optim",)), Findings({"numpy": 1}), place) == (verdict,)
    assert notes("eve", "a/b", Findings(), place) == ()
