"""Forbidden names: a use that is seen costs the points that the exercise says; what could hide one is a note."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise import Course, CourseError
from grader.grading import Grader, Settings
from grader.policy import Findings, Forbidden, judged, notes
from grader.result import Outcome, Result, Verdict
from grader.submission import Submission
from grader.worker.names import scan

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


@pytest.fixture
def softmax(write_exercise: Callable[..., Path]) -> Path:
    toml = TOML + f"[forbid]\nnames = {[*FORBID, 'aten._softmax']}\n"
    return write_exercise(SUITE, CODE, "toy/softmax", exercise__toml=toml)


@pytest.fixture
def grade(softmax: Path) -> Callable[[str], Result]:
    def grade(source: str) -> Result:
        with Grader(Settings(softmax)) as grader:
            return grader.grade(Submission("eve", "toy/softmax", textwrap.dedent(source)))

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
    "too deep": "def softmax(x):\n    return " + "+".join(["x"] * 3000),
}


@pytest.mark.parametrize("way", SUSPICIOUS)
def test_what_hides_names_is_suspicious_and_no_more(way: str) -> None:
    found = scan(SUSPICIOUS[way], FORBID, ["softmax"])

    assert found.uses == []
    assert found.suspicious


def test_forbidding_autograd_leaves_no_grad_alone() -> None:
    source = "import torch\ndef f(x):\n    with torch.no_grad():\n        return x\ndef g(x):\n    {}"

    assert scan(source.format("torch.autograd.grad(x, x)"), ["torch.autograd"], ["f", "g"]).uses == [
        ("torch.autograd", 6)
    ]
    assert scan(source.format("torch.autograd.no_grad()"), ["torch.autograd"], ["f", "g"]).uses == []


CALLS = {
    "computed name": "import torch\ndef softmax(x):\n    return getattr(torch, 'xamtfos'[::-1])(x, -1)",
    "class by a computed name": "import torch\ndef softmax(x):\n    return vars(torch.nn)['Soft' + 'max'](-1)(x)",
    "kernel": "import torch\ndef softmax(x):\n    return getattr(torch.ops.aten, '_soft' 'max')(x, -1, False)",
}


@pytest.mark.parametrize("way", CALLS)
def test_a_call_is_seen_however_it_is_written(grade: Callable[[str], Result], way: str) -> None:
    result = grade(CALLS[way])

    assert (result.outcome, result.cause, result.score) == (Outcome.FAILED, "forbidden", 0)
    assert "may not be used in this exercise (line 3: `" in result.feedback


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
