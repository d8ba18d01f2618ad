"""Checks from a notebook, in a real kernel, and from a script; how they are shown, and how their process ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from grader.exercise import Course
from grader.grading import Grader
from grader.notebook import CannotCheck, _exercise
from grader.notebook.rendering import Report
from grader.notebook.warm import CheckerGone, WarmChecker
from grader.result import Outcome, Provenance, Result, Verdict
from grader.submission import from_file
from grader.workspace import Workspace

from .conftest import REPOSITORY

COURSE = Course.open(REPOSITORY)
NAME = "loss/cross_entropy"
RELEASED = REPOSITORY / "exercises" / NAME / "cross_entropy.ipynb"
RIGHT = (REPOSITORY / "examples/class/ada" / NAME).with_suffix(".py").read_text()
WRONG = textwrap.dedent("""
    import torch

    def cross_entropy(input, target):
        print("<b>bold</b>")
        return -torch.log_softmax(input, -1)[torch.arange(len(target)), target].sum()
""")

# --- in a kernel --------------------------------------------------------------------------------------------------


@pytest.fixture
def run_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], list[str]]:
    """Run a notebook in a kernel of its own; what stands below each code cell, as text."""
    pytest.importorskip("ipykernel", reason="the kernel of a notebook")
    nbclient = pytest.importorskip("nbclient", reason="runs a notebook without a browser")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))

    def run(notebook: Any) -> list[str]:
        folder = {"metadata": {"path": str(tmp_path)}}
        nbclient.NotebookClient(notebook, timeout=120, allow_errors=True, resources=folder).execute()
        return ["\n".join(map(_shown, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"]

    return run


def _shown(output: Any) -> str:
    match output.output_type:
        case "stream":
            return str(output.text)
        case "error":
            return "\n".join(output.traceback)
    return str(output.data["text/plain"])


def released(solution: str | None = None, *more: str) -> Any:
    import nbformat

    notebook = nbformat.read(RELEASED, 4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if solution is not None:
        cells[0].source = solution
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in more]
    return notebook


pytestmark = pytest.mark.filterwarnings("ignore")  # of the kernel's client, which is not ours


def test_the_released_notebook_with_a_solution(run_cells: Callable[[Any], list[str]], tmp_path: Path) -> None:
    notebook = released(WRONG, RIGHT, "check(cross_entropy)")

    _, wrong, _, right = run_cells(notebook)

    assert "1 of 3 points" in wrong
    assert "added up, not averaged" in wrong
    assert "All checks that you can see pass. Grading runs hidden checks as well." in right
    page = notebook.cells[2].outputs[-1].data["text/html"]
    assert "&lt;b&gt;bold" in page
    assert "<b>bold" not in page


def test_what_is_checked_as_a_notebook_gets_full_marks_as_one(
    run_cells: Callable[[Any], list[str]], tmp_path: Path, grader: Grader
) -> None:
    import nbformat

    notebook = released(RIGHT, "%load_ext grader", f"%%check {NAME}\n{RIGHT}", "%check")
    outputs = run_cells(notebook)
    nbformat.write(notebook, tmp_path / "cross_entropy.ipynb")

    result = grader.grade(from_file(tmp_path / "cross_entropy.ipynb", "ada", NAME))

    assert all("3 of 3 points" in shown for shown in (outputs[1], *outputs[3:]))
    assert result.score == result.max_score


def test_a_template_reads_as_not_started(run_cells: Callable[[Any], list[str]]) -> None:
    assert "Not started yet" in run_cells(released())[1]


def test_magics_run_the_cell_and_name_its_lines(run_cells: Callable[[Any], list[str]]) -> None:
    _, _, loaded, failed, broken, again = run_cells(
        released(
            RIGHT,
            "%load_ext grader",
            "%%check\ndef cross_entropy(input, target):\n    return input @ target\nprint('ran')",
            "%%check\n1 / 0",
            "cross_entropy(1, 2)",
        )
    )

    assert loaded == ""
    assert failed.startswith("ran\n")
    assert "(cell 4, line 3: `return input @ target`)" in failed
    assert "Cells have the numbers that stand beside them" in failed
    assert "ZeroDivisionError" in broken
    assert "points" not in broken
    assert "unsupported operand" in again  # the cell has defined it, in the notebook itself


def test_settings_of_the_kernel_do_not_reach_the_checks(run_cells: Callable[[Any], list[str]]) -> None:
    settings = "import torch\ntorch.set_default_dtype(torch.float64)\ntorch.set_num_threads(2)\ntorch.manual_seed(3)"
    after = "before == torch.rand(1), torch.get_num_threads()"

    *_, checked, kept = run_cells(
        released(RIGHT, f"{settings}\nbefore = torch.rand(1)\ntorch.manual_seed(3)", f"check('{NAME}')", after)
    )

    assert "3 of 3 points" in checked
    assert "True" in kept
    assert kept.endswith("2)")


def test_what_cannot_be_checked_is_said_without_a_traceback(run_cells: Callable[[Any], list[str]]) -> None:
    import nbformat

    sources = ["from grader import check", "check('loss/cross_entropy')", "check(print)", "%load_ext grader", "%check"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])

    _, undefined, unknown, _, unsaid = run_cells(notebook)

    assert undefined.startswith("loss/cross_entropy asks for `cross_entropy`, and no cell that was run defines it.")
    assert unknown.startswith("No exercise asks for `print`. These are asked for:")
    assert "sgd_step  (optimizer/sgd)" in unknown
    assert unsaid == "Say what to check: %check loss/cross_entropy"


# --- in a script --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call", ["check(cross_entropy)", f"check('{NAME}')", "import grader; grader.check(cross_entropy)"]
)
def test_a_script_checks_its_own_file(tmp_path: Path, call: str) -> None:
    path = tmp_path / "cross_entropy.py"
    path.write_text(f"{RIGHT}\nfrom grader import check\n{call}\n")

    done = subprocess.run(
        [sys.executable, path.name],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.count("3 of 3 points. All checks that you can see pass.") == 1  # no check within the check


def test_a_check_counts_in_the_working_folder(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    subprocess.run([sys.executable, REPOSITORY / "cli.py", "start", "loss"], cwd=tmp_path, env=environment, check=True)
    script = tmp_path / "loss/cross_entropy/cross_entropy.py"
    solution = (REPOSITORY / "solutions/loss/cross_entropy/cross_entropy.py").read_text()
    script.write_text(f"{solution}\nfrom grader import check\ncheck(cross_entropy)\n")

    subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, check=True, capture_output=True)

    progress = Workspace.find(tmp_path).progress["loss/cross_entropy"]
    assert (progress.attempts, progress.points, progress.solved) == (1, 3, True)


def test_importing_the_package_is_light() -> None:
    code = "import sys, grader; grader.load_ipython_extension; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert {"torch", "IPython", "grader.notebook"} & set(modules) == set()


# --- which exercise -----------------------------------------------------------------------------------------------


def test_an_exercise_is_found_by_function_and_by_name() -> None:
    def sgd_step() -> None: ...

    assert _exercise(COURSE, sgd_step).name == "optimizer/sgd"
    assert _exercise(COURSE, "sgd_step").name == "optimizer/sgd"
    assert _exercise(COURSE, "loss/cross_entropy").name == "loss/cross_entropy"
    with pytest.raises(CannotCheck, match="a function without a name"):
        _exercise(COURSE, lambda: None)


def test_an_ambiguous_function_lists_its_exercises(write_exercise: Callable[..., Path]) -> None:
    write_exercise(name="toy/double")
    course = Course.open(write_exercise(name="toy/twice", twice__py="def double(x):\n    return x\n"))

    with pytest.raises(CannotCheck, match=r'check\("toy/double"\) or check\("toy/twice"\)'):
        _exercise(course, "double")


# --- the process that checks --------------------------------------------------------------------------------------


def request(source: str) -> dict[str, Any]:
    return {"course": str(REPOSITORY), "exercise": NAME, "source": source, "cells": [[1, 3]], "unstarted": False}


@pytest.fixture
def warm() -> Iterator[WarmChecker]:
    warm = WarmChecker()
    yield warm
    warm.close()


def gone(pid: int) -> bool:
    """Whether the process ends; it is waited for."""
    for _ in range(600):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z"):
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def descendants(pid: int) -> list[int]:
    children = [
        int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()
    ]
    return children + [pid for child in children for pid in descendants(child)]


def test_the_process_is_kept_and_ends_when_it_is_closed(warm: WarmChecker) -> None:
    right = warm.ask(request(RIGHT))
    pid = warm.pid
    wrong = warm.ask(request("def cross_entropy(a, b):\n    raise ValueError('x')"))
    assert pid == warm.pid
    assert pid
    others = descendants(pid)

    warm.close()
    warm.close()

    assert Result.from_json(right["result"]).score == 3
    assert "(cell 3, line 2: `raise ValueError('x')`)" in Result.from_json(wrong["result"]).feedback
    assert others
    assert all(gone(one) for one in (pid, *others))


def test_an_error_of_the_course_is_an_answer(warm: WarmChecker) -> None:
    assert "There is no exercise 'a/b'" in warm.ask(request("") | {"exercise": "a/b"})["error"]
    assert "is no course" in warm.ask(request("") | {"course": "/nowhere"})["error"]


def test_a_process_that_was_killed_is_said_and_started_again(warm: WarmChecker) -> None:
    warm.start(REPOSITORY)
    assert warm.pid
    os.kill(warm.pid, signal.SIGKILL)

    try:
        warm.ask(request(RIGHT))  # it may be seen to be gone before it is asked
    except CheckerGone as error:
        assert "the next check starts it again" in str(error)
    assert Result.from_json(warm.ask(request(RIGHT))["result"]).score == 3


def test_nothing_is_left_when_the_kernel_is_killed() -> None:
    code = f"""
        import json, sys, time
        from grader.notebook.warm import WarmChecker
        warm = WarmChecker()
        warm.ask(json.loads({json.dumps(json.dumps(request(RIGHT)))}))
        print(warm.pid, flush=True)
        time.sleep(600)
    """
    kernel = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert kernel.stdout
    pid = int(kernel.stdout.readline())
    left = [pid, *descendants(pid)]

    kernel.kill()
    kernel.wait()
    kernel.stdout.close()

    assert len(left) > 1
    assert all(gone(one) for one in left)


# --- how it is shown ----------------------------------------------------------------------------------------------


def report(*checks: Verdict, **more: Any) -> Report:
    return Report("Cross-entropy", Result("", NAME, checks, Provenance("", "", "", "cpu", (), {})), **more)


def verdict(outcome: Outcome, words: str = "", explanation: str = "", title: str = "A title") -> Verdict:
    score = 2.0 if outcome is Outcome.PASSED else 0.0
    return Verdict("test", title, 2.0, outcome, score, feedback=words, explanation=explanation)


class Page(HTMLParser):
    """Which tags and which words a page has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


EVIL = "<script>alert(1)</script> `<img src=x onerror=y>` & \" '</div>"


def test_nothing_that_a_student_wrote_is_markup() -> None:
    said = verdict(Outcome.CRASHED, f"ValueError: {EVIL} Found {EVIL.split(maxsplit=1)[0]}, expected <i>. ", EVIL, EVIL)
    page = Page(report(said, printed=EVIL, notes=(EVIL,))._repr_html_())

    assert page.tags <= {"div", "span", "b", "code", "pre"}
    assert page.words.count("<script>alert(1)</script>") == 6
    assert page.words.count("<img src=x onerror=y>") == 5


def test_the_first_failure_is_shown_in_full_with_its_numbers() -> None:
    passed = verdict(Outcome.PASSED)
    first = verdict(Outcome.FAILED, "Not right. Found 0.5, expected 1.5. It is halved.", "It is halved.")
    second = verdict(Outcome.FAILED, "Something else.")

    text = repr(report(passed, first, second))

    assert text == textwrap.dedent("""\
        loss/cross_entropy  Cross-entropy
          ✓ A title
          ✗ A title  (0 of 2)
              Not right.
              found     0.5
              expected  1.5
              It is halved.
          ✗ A title  (0 of 2)

          2 of 6 points. Grading runs hidden checks as well.""")
    words = Page(report(passed, first, second)._repr_html_()).words
    for part in ("Not right.", "0.5", "1.5", "It is halved.", "2 of 6 points", "Grading runs hidden checks as well."):
        assert part in words
    assert "Something else" not in words


def test_code_that_does_not_load_is_said_once() -> None:
    crashed = verdict(Outcome.CRASHED, "The file is not valid Python.")

    for text in (repr(report(crashed, crashed)), Page(report(crashed, crashed)._repr_html_()).words):
        assert text.count("The file is not valid Python.") == 1
        assert "A title" not in text


def test_a_template_is_no_failure() -> None:
    for text in (
        repr(report(verdict(Outcome.CRASHED), unstarted=True)),
        Page(report(verdict(Outcome.CRASHED), unstarted=True)._repr_html_()).words,
    ):
        assert "Not started yet: loss/cross_entropy is still the template." in text
        assert "✗" not in text
