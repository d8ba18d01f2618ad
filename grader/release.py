"""``solutions/`` → ``exercises/``: what instructors write becomes what students get.

Released are the template (``.py`` and ``.ipynb``), the statement, the hints, the public suite, the probes,
``exercise.toml``, and what the misconceptions answer to the public suite; nothing else ever is. What is to be written
is worked out in full, for every exercise, before the first file is touched: an exercise that cannot be released leaves
``exercises/`` as it was.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from grader import pictures, recorded
from grader.exercise import SOLUTION, Course, CourseError, Exercise, read_text
from grader.result import write_atomically
from grader.worker.opening import CHECK_TAG

CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
STATEMENT = "README.md"
# exercise.toml is copied whole, and the points of the hidden suite with it: a course with a private key does not open.
COPIED = ("exercise.toml", STATEMENT, "hints.md", "test_public.py", "probes.py", "picture.py")
PRIVATE = ("test_hidden.py", "alternatives", "misconceptions")

_MARK = re.compile(r"\s*#+\s*(BEGIN|END) SOLUTION\s*")
_MARK_WORDS = re.compile(r"(BEGIN|END) SOLUTION")
# Broader than the marks: a mistyped one (`# begin solution`, `### BEGIN_SOLUTION`) must not let a solution out.
_LEFTOVER = re.compile(r"BEGIN (SOLUTION|HIDDEN)|#\s*(?i:(begin|end)[\s_-]*(solution|hidden))")


def release(course: Course, names: Sequence[str] = ()) -> list[Path]:
    """Write ``exercises/<track>/<name>/`` for the exercises called ``names``, or for all.

    Returns the files that are new or changed. Files that an earlier release made and this one does not are removed;
    with no ``names``, so are those of exercises that are gone. Raises :class:`CourseError` before anything is written.
    """
    exercises = _to_release(course, names)
    planned = [(_target(course, exercise), _complete(course, exercise)) for exercise in exercises]
    stale = [path for folder, files in planned for path in _stale(folder, files)]
    if not names:
        stale += _orphans(course)
    texts = {folder / name: text for folder, files in planned for name, text in files.items()}
    changed = [path for path, text in texts.items() if _current(path) != text.encode()]
    for path in changed:
        write_atomically(path, texts[path])
    for path in stale:
        path.unlink()
    _remove_empty({path.parent for path in stale})
    return changed


def out_of_step(course: Course, names: Sequence[str] = ()) -> list[str]:
    """What :func:`release` would change in ``exercises/``, or cannot, a line each; empty when all is in step."""
    differences = []
    for exercise in _to_release(course, names):
        try:
            files = _complete(course, exercise)
        except CourseError as error:
            differences.append(f"{exercise.name} cannot be released: {error}")
            continue
        differences += _differences(course, _target(course, exercise), files)
    orphans = [] if names else _orphans(course)
    return differences + [f"{_shown(course, path)}: its exercise is gone" for path in orphans]


def content(exercise: Exercise) -> dict[str, str]:
    """The text of every file that a student of ``exercise`` reads, by file name; raises :class:`CourseError`."""
    copied = {name: read_text(exercise.folder / name) for name in COPIED if (exercise.folder / name).exists()}
    if STATEMENT not in copied:
        raise CourseError(f"{exercise.folder}: expected the file {STATEMENT} in it, the statement for the student.")
    template = _template(exercise.code)
    for name, text in {**copied, exercise.code.name: template}.items():
        _refuse_leftovers(exercise.folder / name, text)
    return copied | {
        "exercise.toml": f"points = {exercise.points:g}\n{copied['exercise.toml']}",
        exercise.code.name: template,
        f"{exercise.short_name}.ipynb": _notebook(exercise, template, copied[STATEMENT]),
    }


def _complete(course: Course, exercise: Exercise) -> dict[str, str]:
    """Every file that is released: :func:`content`, and what self-checks compare with."""
    files = content(exercise)
    if exercise.public_suite.exists():
        current = _current(_target(course, exercise) / recorded.FILE) or b""
        files[recorded.FILE] = recorded.record(exercise, current.decode("utf-8", "replace"))
    if pictures.has_picture(exercise):
        current = _current(_target(course, exercise) / pictures.FILE) or b""
        files[pictures.FILE] = pictures.record(exercise, current.decode("utf-8", "replace"))
    return files | {SOLUTION: _without_marks(exercise.code)} if course.show_solutions else files


def _to_release(course: Course, names: Sequence[str]) -> list[Exercise]:
    solutions = course.root / "solutions"
    exercises = [course.exercise(name) for name in names] or list(course.exercises)
    if not exercises or not all(exercise.folder.is_relative_to(solutions) for exercise in exercises):
        raise CourseError(f"{solutions} holds no exercise to release: expected <track>/<name>/test_hidden.py in it.")
    return exercises


def _target(course: Course, exercise: Exercise) -> Path:
    return course.root / "exercises" / exercise.track / exercise.short_name


def _without_marks(code: Path) -> str:
    return "".join(line for line in read_text(code).splitlines(keepends=True) if not _MARK.fullmatch(line.rstrip("\n")))


def _template(code: Path) -> str:
    """The reference with a stub in place of each solution."""
    reference = read_text(code)
    _check_marks(code, reference)
    template = _clear_solutions(reference)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the reference's own, e.g. about an escape in its docstring
            ast.parse(template)
    except SyntaxError as error:
        raise CourseError(
            f"{code}: without its solution it is not valid Python ({error.msg}). "
            "Move the marks so that they enclose whole statements."
        ) from error
    return template


def _check_marks(code: Path, reference: str) -> None:
    """nbgrader drops a stray END, and the code beside a mark, without a word: both are found here."""
    begun: int | None = None  # the line of a BEGIN that waits for its END
    found = False
    inside: list[str] = []
    for number, line in enumerate(reference.split("\n"), 1):
        mark = _mark(code, number, line)
        if mark is None:
            inside.append(line)
        elif (mark == "BEGIN") != (begun is None):
            raise CourseError(f"{code}, line {number}: {mark} SOLUTION, but {_state(begun)}.")
        elif mark == "BEGIN":
            begun, found, inside = number, True, []
        elif not any(_is_code(line) for line in inside):
            raise CourseError(f"{code}, line {number}: no code between BEGIN SOLUTION and END SOLUTION.")
        else:
            begun = None
    if begun is not None:
        raise CourseError(f"{code}, line {begun}: BEGIN SOLUTION, but no END SOLUTION follows.")
    if not found:
        raise CourseError(f"{code} has no solution marked: put it between ### BEGIN SOLUTION and ### END SOLUTION.")


def _mark(code: Path, number: int, line: str) -> str | None:
    """``BEGIN`` or ``END`` when the line is a mark."""
    match = _MARK.fullmatch(line)
    if match is None and _MARK_WORDS.search(line):
        raise CourseError(f"{code}, line {number}: a mark stands alone in its line, like ### BEGIN SOLUTION.")
    return match[1] if match else None


def _state(begun: int | None) -> str:
    return "no solution has begun" if begun is None else f"the one of line {begun} has not ended"


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def _clear_solutions(source: str) -> str:
    """What nbgrader's own preprocessor makes of ``source``."""
    v4 = _nbformat_v4()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's and its dependencies' own, which no instructor can act on
        from nbgrader.preprocessors import ClearSolutions

        clear = ClearSolutions(enforce_metadata=False, code_stub={"python": CODE_STUB})
        notebook, _ = clear.preprocess(v4.new_notebook(cells=[v4.new_code_cell(source)]), {})
    return str(notebook.cells[0].source)


def _notebook(exercise: Exercise, template: str, statement: str) -> str:
    """The statement, the template as one solution cell of nbgrader's, and a cell that shows how to check it.

    Fixed cell ids: the same bytes each time.
    """
    v4 = _nbformat_v4()
    solution = {
        "grade": False,
        "grade_id": exercise.short_name,
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    cells = [
        v4.new_markdown_cell(statement.rstrip("\n"), id="statement"),
        v4.new_code_cell(template.rstrip("\n"), id="solution", metadata={"nbgrader": solution}),
        v4.new_code_cell(_checking(exercise), id="check", metadata={"tags": [CHECK_TAG]}),
    ]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = v4.new_notebook(cells=cells, metadata=metadata, nbformat_minor=5)
    return str(v4.writes(notebook)).rstrip("\n") + "\n"


def _checking(exercise: Exercise) -> str:
    # By name, not check(train): exercises may ask for functions of the same name.
    return f'from grader import check\n\ncheck("{exercise.name}")'


def _nbformat_v4() -> Any:
    """``nbformat.v4``, which has no annotations; imported late, like nbgrader: together they take seconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from nbformat import v4
    return v4


def _refuse_leftovers(path: Path, text: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if _LEFTOVER.search(line):
            raise CourseError(f"{path}: {line.strip()!r} would be released (line {number} of the released file).")


def _current(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _differences(course: Course, folder: Path, files: dict[str, str]) -> Iterator[str]:
    for name, text in files.items():
        current = _current(folder / name)
        if current is None:
            yield f"{_shown(course, folder / name)} is missing"
        elif current != text.encode():
            yield f"{_shown(course, folder / name)} differs from what release writes"
    for path in _stale(folder, files):
        yield f"{_shown(course, path)} is no longer released"
    for name in PRIVATE:
        if (folder / name).exists():
            yield f"{_shown(course, folder / name)} is for instructors only: delete it"


def _stale(folder: Path, files: dict[str, str]) -> Iterator[Path]:
    """What an earlier release made in ``folder`` and this one does not. Other files are not ours to touch."""
    known = (*COPIED, recorded.FILE, pictures.FILE, SOLUTION, f"{folder.name}.py", f"{folder.name}.ipynb")
    return (folder / name for name in known if name not in files and (folder / name).is_file())


def _orphans(course: Course) -> list[Path]:
    """Released files of exercises that the course no longer has."""
    folders = [path.parent for path in sorted((course.root / "exercises").glob("*/*/exercise.toml"))]
    kept = {_target(course, exercise) for exercise in course.exercises}
    return [path for folder in folders if folder not in kept for path in _stale(folder, {})]


def _remove_empty(folders: set[Path]) -> None:
    for folder in folders:
        if not any(folder.iterdir()):
            folder.rmdir()


def _shown(course: Course, path: Path) -> str:
    return path.relative_to(course.root).as_posix()
