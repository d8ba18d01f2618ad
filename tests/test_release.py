"""``gradstep release``: what students get, and what they never get."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from grader.exercise import Course, CourseError
from grader.release import content, out_of_step, release

REPOSITORY = Path(__file__).resolve().parents[1]

REFERENCE = '''"""Two numbers."""


def double(x):
    """Twice ``x``."""
    ### BEGIN SOLUTION
    secret = x
    return secret + x
    ### END SOLUTION


def clamp(x):
    """``x``, or 0 when it is negative."""
    if x < 0:
        return 0
    else:
        ### BEGIN SOLUTION
        return x
        ### END SOLUTION
'''
TEMPLATE = '''"""Two numbers."""


def double(x):
    """Twice ``x``."""
    # YOUR CODE HERE
    raise NotImplementedError()


def clamp(x):
    """``x``, or 0 when it is negative."""
    if x < 0:
        return 0
    else:
        # YOUR CODE HERE
        raise NotImplementedError()
'''
FILES = {
    "exercise.toml": '# for the reader\ntitle = "Numbers"\nstep = "forward pass"\n\n[limits]\ncpu_seconds = 3\n',
    "README.md": "# Numbers\n\nWrite `double` and `clamp`: $x^2 ≥ 0$.\n",
    "hints.md": "## Nudge\n\nAdd.\n",
    "test_public.py": "def test_double(student):\n    assert student.double(1) == 2\n",
    "probes.py": "def twice(module, x):\n    return module.double(module.double(x))\n",
    "numbers.py": REFERENCE,
    "test_hidden.py": "def test_secret(student):\n    assert student.double(21) == 42\n",
    "alternatives/shift.py": "def double(x):\n    return x << 1\n",
    "misconceptions/square.py": '"""The square."""\n\n\ndef double(x):\n    return x**2\n',
}
RELEASED = {
    "exercise.toml",
    "README.md",
    "hints.md",
    "test_public.py",
    "probes.py",
    "numbers.py",
    "numbers.ipynb",
    "diagnoses.json",
}

Write = Callable[..., Course]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """``write(name, {file: text, …})`` adds an exercise, :data:`FILES` with changes, and opens the course."""

    def add(name: str = "forward/numbers", changes: dict[str, str] | None = None) -> Course:
        folder = tmp_path / "solutions" / name
        for file, text in (FILES | (changes or {})).items():
            path = folder / (f"{folder.name}.py" if file == "numbers.py" else file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Course.open(tmp_path)

    return add


def released(course: Course) -> dict[str, bytes]:
    """Every file below ``exercises/``, by path."""
    folder = course.root / "exercises"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is released


def test_releases_what_students_may_have_and_nothing_else(write: Write) -> None:
    course = write()

    written = release(course)

    files = released(course)
    assert set(files) == {f"forward/numbers/{name}" for name in RELEASED}
    assert set(written) == {course.root / "exercises" / name for name in files}
    assert files["forward/numbers/exercise.toml"] == b"points = 1\n" + FILES["exercise.toml"].encode()
    for name in ("README.md", "hints.md", "test_public.py", "probes.py"):
        assert files[f"forward/numbers/{name}"] == FILES[name].encode()
    assert not any(b"secret" in text or b"BEGIN SOLUTION" in text for text in files.values())


def test_released_course_opens_without_solutions(write: Write, tmp_path: Path) -> None:
    course = write()
    release(course)
    (tmp_path / "solutions").rename(tmp_path / "kept back")

    (exercise,) = Course.open(tmp_path).exercises

    assert (exercise.name, exercise.title, exercise.limits["cpu_seconds"]) == ("forward/numbers", "Numbers", 3)
    assert exercise.probes == FILES["probes.py"]


def test_template_keeps_the_indentation_of_every_region(write: Write) -> None:
    course = write()
    release(course)

    assert (course.root / "exercises/forward/numbers/numbers.py").read_text() == TEMPLATE


def test_template_runs_up_to_the_missing_part(write: Write) -> None:
    course = write()
    release(course)

    module = runpy.run_path(str(course.root / "exercises/forward/numbers/numbers.py"))

    assert module["clamp"](-1) == 0
    with pytest.raises(NotImplementedError):
        module["clamp"](1)
    with pytest.raises(NotImplementedError):
        module["double"](1)


def test_notebook_is_valid_and_made_of_statement_and_template(write: Write) -> None:
    from nbgrader.nbgraderformat import MetadataValidator

    nbformat = import_module("nbformat")
    course = write()
    release(course)

    notebook = nbformat.read(course.root / "exercises/forward/numbers/numbers.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    statement, solution, check = notebook.cells
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert (statement.cell_type, statement.source) == ("markdown", FILES["README.md"].strip())
    assert (solution.cell_type, solution.source) == ("code", TEMPLATE.strip())
    assert solution.metadata.nbgrader == {
        "grade": False,
        "grade_id": "numbers",
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    assert (check.cell_type, check.source) == ("code", 'from grader import check\n\ncheck("forward/numbers")')
    assert check.metadata == {"tags": ["gradstep-check"]}  # grading leaves it out


def test_own_cross_entropy_becomes_a_template() -> None:
    exercise = Course.open(REPOSITORY).exercise("loss/cross_entropy")
    solution = exercise.code.read_text().split("### BEGIN SOLUTION\n")[1].split("### END SOLUTION")[0]

    files = content(exercise)

    assert not {"test_hidden.py", "alternatives", "misconceptions"} & set(files)
    template = files["cross_entropy.py"]
    (function,) = [node for node in ast.parse(template).body if isinstance(node, ast.FunctionDef)]
    assert ast.unparse(function.body[-1]) == "raise NotImplementedError()"
    for line in solution.strip().splitlines():
        assert line.strip() not in template
        assert line.strip() not in files["cross_entropy.ipynb"]


def test_own_exercises_are_in_step_with_solutions() -> None:
    assert out_of_step(Course.open(REPOSITORY)) == [], "run `gradstep release` and commit exercises/"


# Releasing again


def test_second_release_writes_the_same_bytes_and_touches_nothing(write: Write) -> None:
    course = write()
    release(course)
    paths = [course.root / "exercises" / name for name in released(course)]
    before = released(course), [path.stat().st_mtime_ns for path in paths]

    assert release(course) == []

    assert (released(course), [path.stat().st_mtime_ns for path in paths]) == before
    for path in paths:
        path.unlink()
    assert set(release(course)) == set(paths)
    assert released(course) == before[0]


def test_optional_files_may_be_absent_and_stale_ones_go(write: Write) -> None:
    course = write()
    release(course)
    folder = course.root / "exercises/forward/numbers"
    (folder / "notes.txt").write_text("mine")
    (course.root / "solutions/forward/numbers/probes.py").unlink()
    assert out_of_step(course) == [
        "exercises/forward/numbers/diagnoses.json differs from what release writes",  # it was made with the probes
        "exercises/forward/numbers/probes.py is no longer released",
    ]

    release(course)

    assert {path.name for path in folder.iterdir()} == RELEASED - {"probes.py"} | {"notes.txt"}
    assert out_of_step(course) == []


def test_exercise_that_is_gone_goes(write: Write) -> None:
    write("forward/other")
    course = write()
    release(course)
    (course.root / "solutions/forward/other/test_hidden.py").unlink()
    course = Course.open(course.root)
    assert "exercises/forward/other/other.ipynb: its exercise is gone" in out_of_step(course)

    release(course, ["forward/numbers"])
    assert (course.root / "exercises/forward/other/other.py").exists()

    release(course)
    assert not (course.root / "exercises/forward/other").exists()
    assert out_of_step(course) == []


def test_release_of_one_exercise_leaves_the_others(write: Write) -> None:
    write("forward/other")
    course = write()

    release(course, ["forward/other"])

    assert {Path(name).parent.as_posix() for name in released(course)} == {"forward/other"}
    with pytest.raises(CourseError, match="no exercise 'forward/third'"):
        release(course, ["forward/third"])


def test_out_of_step_names_what_differs(write: Write) -> None:
    course = write()
    assert len(out_of_step(course)) == len(RELEASED)
    release(course)
    folder = course.root / "exercises/forward/numbers"
    (folder / "numbers.py").write_text("edited by hand")
    (folder / "hints.md").unlink()
    (folder / "test_hidden.py").write_text("leaked")

    assert out_of_step(course) == [
        "exercises/forward/numbers/hints.md is missing",
        "exercises/forward/numbers/numbers.py differs from what release writes",
        "exercises/forward/numbers/test_hidden.py is for instructors only: delete it",
    ]


def test_out_of_step_goes_on_after_an_exercise_that_cannot_be_released(write: Write) -> None:
    write("forward/broken", {"numbers.py": "x = 1\n"})
    course = write()

    differences = out_of_step(course)

    assert differences[0].startswith("forward/broken cannot be released: ")
    assert len(differences) == 1 + len(RELEASED)


# What is refused


BEGIN, END = "    ### BEGIN SOLUTION\n", "    ### END SOLUTION\n"
DEF = "def double(x):\n"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"numbers.py": DEF + "    return 2 * x\n"}, r"numbers\.py has no solution marked"),
        ({"numbers.py": DEF + BEGIN + "    return 2 * x\n"}, "line 2: BEGIN SOLUTION, but no END SOLUTION follows"),
        ({"numbers.py": DEF + "    return 2 * x\n" + END}, "line 3: END SOLUTION, but no solution has begun"),
        (
            {"numbers.py": DEF + BEGIN + "    x\n" + BEGIN + END},
            "line 4: BEGIN SOLUTION, but the one of line 2 has not",
        ),
        ({"numbers.py": REFERENCE + END}, "END SOLUTION, but no solution has begun"),
        ({"numbers.py": DEF + BEGIN + "\n    # later\n" + END}, "line 5: no code between"),
        ({"numbers.py": DEF + "    return x  ### BEGIN SOLUTION\n" + END}, "line 2: a mark stands alone in its line"),
        ({"numbers.py": DEF + "    y = (\n" + BEGIN + "    x)\n" + END}, "without its solution it is not valid Python"),
        ({"numbers.py": REFERENCE + "# begin solution\nkey = 1\n"}, "'# begin solution' would be released"),
        ({"numbers.py": REFERENCE + "### BEGIN HIDDEN TESTS\n"}, "'### BEGIN HIDDEN TESTS' would be released"),
        ({"test_public.py": "x = 1\n### BEGIN HIDDEN TESTS\n"}, r"test_public\.py: .* \(line 2 "),
        ({"probes.py": BEGIN + "x = 1\n" + END}, r"probes\.py: '### BEGIN SOLUTION' would be released"),
    ],
)
def test_refuses_before_anything_is_written(write: Write, changes: dict[str, str], words: str) -> None:
    write("backward/fine")
    course = write(changes=changes)

    with pytest.raises(CourseError, match=words):
        release(course)

    assert released(course) == {}


def test_refuses_an_exercise_without_a_statement(write: Write) -> None:
    course = write()
    (course.root / "solutions/forward/numbers/README.md").unlink()

    with pytest.raises(CourseError, match=r"forward/numbers: expected the file README\.md"):
        release(course)


def test_refuses_text_that_is_not_utf_8(write: Write) -> None:
    course = write()
    (course.root / "solutions/forward/numbers/hints.md").write_bytes(b"\xff\xfe")

    with pytest.raises(CourseError, match=r"hints\.md is not text in UTF-8"):
        release(course)


def test_refuses_a_course_that_is_itself_released(write: Write) -> None:
    course = write()
    release(course)
    (course.root / "solutions").rename(course.root / "kept back")
    before = released(course)

    with pytest.raises(CourseError, match="holds no exercise to release"):
        release(Course.open(course.root))

    assert released(course) == before
