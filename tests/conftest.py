"""What is dear to start is started once for all tests."""

from __future__ import annotations

import signal
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from grader.grading import Grader, Settings
from grader.result import Result
from grader.sandbox import Sandbox
from grader.submission import Submission

REPOSITORY = Path(__file__).parent.parent

hypothesis.settings.register_profile("gradstep", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("gradstep")
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a script starts with `&` inherits an ignored Ctrl-C

DOUBLE_SUITE = '''
    """Hidden suite."""
    import pytest
    import torch
    from grader.testing import assert_close

    @pytest.mark.points(2)
    def test_value(student, reference, randn):
        """Twice the argument."""
        x = randn(3, 2)
        assert_close(student.double(x), reference.double(x))

    def test_scalar(student):
        """Of a number."""
        assert_close(student.double(torch.tensor(2.0)), torch.tensor(4.0))
'''
DOUBLE = '''
    """Doubling."""

    def double(x):
        ### BEGIN SOLUTION
        return 2 * x
        ### END SOLUTION
'''


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Audits are kept in a folder of the tests' own: the home of who runs them is left alone."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
def write_exercise(tmp_path: Path) -> Callable[..., Path]:
    """Write ``solutions/<track>/<name>/`` of a course in ``tmp_path`` and return the course's folder."""

    def write(suite: str = DOUBLE_SUITE, code: str = DOUBLE, name: str = "toy/double", **files: str) -> Path:
        folder = tmp_path / "course" / "solutions" / name
        folder.mkdir(parents=True, exist_ok=True)
        short = folder.name
        texts = {
            "test_hidden.py": suite,
            f"{short}.py": code,
            "exercise.toml": 'title = "Toy"\nstep = "forward pass"\n[limits]\ncpu_seconds = 1\n',
        }
        for file, text in (texts | {f.replace("__", "."): t for f, t in files.items()}).items():
            (folder / file).write_text(textwrap.dedent(text).lstrip())
        return tmp_path / "course"

    return write


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """A warm grader of the repository's own course."""
    with Grader(Settings(REPOSITORY)) as grader:
        yield grader


@pytest.fixture
def grade_toy(write_exercise: Callable[..., Path], sandbox: Sandbox) -> Iterator[Callable[..., Result]]:
    """Grade a source for the exercise toy/double of a course in ``tmp_path``, in the shared sandbox."""
    from grader.examiner import Examiner
    from grader.exercise import Course
    from grader.grading import examine

    opened: list[Examiner] = []

    def grade(source: str, **exercise: str) -> Result:
        course = Course.open(write_exercise(**exercise))
        examiner = Examiner(course.exercise("toy/double"), "seed")
        opened.append(examiner)
        submission = Submission("ada", "toy/double", textwrap.dedent(source).lstrip())
        verdicts, _ = examine(submission, examiner, sandbox)
        from grader.result import Provenance

        return Result("ada", "toy/double", verdicts, Provenance("", "", "", "cpu", (), {}))

    yield grade
    for examiner in opened:
        examiner.close()
