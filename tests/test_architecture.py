"""Imports run one way: down this list, as docs/architecture.md draws it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "grader"
ORDER = (
    "worker", "result", "machine", "devices", "policy", "exercise", "submission", "intake", "link", "process",
    "layers", "sandbox", "plain", "transcript", "originals", "student", "opening", "effort", "direct", "reference",
    "convergence", "testing", "signatures", "errors", "diagnosis", "replay", "plugin", "suite", "ending", "examiner",
    "recorded", "grading", "checking", "workspace", "pictures", "batch", "forked", "release", "mutation", "spoiling",
    "audit", "scaffolding", "tables", "gradebook", "report", "submitting", "exchange", "notebook", "cli",
)  # fmt: skip
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base", "misc"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "grader":
            parts = node.module.split(".")
            rooms |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("grader.")}
    return rooms


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_above_it(path: Path) -> None:
    own = room(path)
    above = set(ORDER[: ORDER.index(own)])

    assert imported_rooms(path) - {own} <= above
    assert path.stem not in FORBIDDEN_NAMES


def test_the_far_side_imports_nothing_of_ours() -> None:
    for path in (PACKAGE / "worker").rglob("*.py"):
        assert imported_rooms(path) == set(), path


def test_the_front_door_is_light() -> None:
    code = "import sys, grader.cli, grader.plugin; print(*sys.modules)"

    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert {"torch", "pandas", "nbgrader", "numpy"} & set(imported) == set()


BUILDS_OBJECTS = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "shelve",
    "marshal",
    "multiprocessing.connection",
    "joblib",
}
CALLED = {"eval", "exec", "compile", "extractall", "torch.load", "unpack_archive"}


@pytest.mark.parametrize("path", [p for p in FILES if room(p) != "worker"], ids=lambda path: str(path.name))
def test_trusted_code_makes_no_code_of_data(path: Path) -> None:
    """Nothing that could be handed a submission, or an answer of one, builds more than plain data of it."""
    tree = ast.parse(path.read_text())

    modules = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not modules & BUILDS_OBJECTS
    own = {"compile"} if room(path) == "mutation" else set()  # of the course's own references
    assert not {call for call in calls if call in CALLED - own or call.rpartition(".")[2] in ("extractall", "exec")}
