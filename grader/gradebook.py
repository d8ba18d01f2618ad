"""Results → nbgrader's gradebook. nbgrader is dear to import (four seconds), so only the functions that need it do."""

from __future__ import annotations

import importlib
import json
import os
import re
import sqlite3
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.exercise import Course, Exercise
from grader.result import Outcome, Result, Verdict

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.orm import Session

_NO_COURSE = {"", "default_course"}  # what nbgrader writes for an assignment when nobody named a course
_Rows = dict[tuple[str, str], Any]  # by submitted notebook's id and cell's id
_Verdicts = dict[tuple[str, str], Verdict]  # by submitted notebook's id and check
_MOVE = "Move the file away, or write to another folder."
_CLOSE = "Close what else has it open (formgrader, a database browser) and try again."
_KERNEL = json.dumps({"display_name": "Python 3", "language": "python", "name": "python3"})


def prepare() -> None:
    """Import nbgrader and what it writes with, which :func:`write_nbgrader` would wait for."""
    known = sys.modules.get("rfc3987_syntax")
    # jsonschema's check of one kind of string, which no notebook has, compiles a grammar when it is imported: 1.4 s.
    sys.modules["rfc3987_syntax"] = known  # type: ignore[assignment]  # None: as if it were not installed
    try:
        for name in ("nbgrader.api", "alembic.runtime.migration", "alembic.script"):
            importlib.import_module(name)
    finally:
        if known is None:
            del sys.modules["rfc3987_syntax"]


def write_nbgrader(results: list[Result], course: Course, path: Path) -> None:
    """Write ``results`` into the nbgrader gradebook at ``path``, an SQLite file, which is made when it is not there.

    A track is an assignment, an exercise a notebook, a check a grade cell of as many points, and a solution cell of the
    same name that holds the check's feedback. What people entered (manual scores, extra credit, comments) stays, and so
    do students and exercises that ``results`` does not mention. Results of exercises that ``course`` does not have are
    left out.

    Raises ValueError, and leaves the file as it was, when it is no gradebook, belongs to another course, or cannot be
    written now. Whatever is killed, the file holds all of this or what it held before.
    """
    prepare()
    with warnings.catch_warnings():
        # SQLAlchemy's remarks on nbgrader's models, and deprecations inside both: no instructor can act on them.
        warnings.simplefilter("ignore")
        if path.exists() and not _is_empty_file(path):
            _require_gradebook(path)
            _fill(path, results, course)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            new = Path(folder) / path.name
            _create(new)
            _fill(new, results, course)
            os.replace(new, path)


def _is_empty_file(path: Path) -> bool:
    """Whether nothing was ever written to ``path``: what nbgrader leaves when it is cut off at its first start."""
    return path.is_file() and path.stat().st_size == 0


def _url(path: Path) -> URL:
    from sqlalchemy import URL

    return URL.create("sqlite", database=str(path.resolve()))


def _create(path: Path) -> None:
    """An empty gradebook, as ``Gradebook()`` would make it.

    That runs ``alembic heads``, found on PATH (where a virtual environment need not be), in a process that imports
    nbgrader a second time: half the time of a first write. Asking alembic here takes a tenth of a second.
    """
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from nbgrader.api import Base
    from nbgrader.dbutil import ALEMBIC_DIR
    from sqlalchemy import create_engine

    engine = create_engine(_url(path))
    try:
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            MigrationContext.configure(connection).stamp(ScriptDirectory(ALEMBIC_DIR), "head")
    finally:
        engine.dispose()


def _require_gradebook(path: Path) -> None:
    """Raise ValueError unless ``path`` has the tables that nbgrader expects; it would add them to any database."""
    from nbgrader.api import Base

    wanted = f"{path}: expected a gradebook of nbgrader's"
    columns = "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            found = set(connection.execute(columns))
    except sqlite3.DatabaseError as error:
        remedy = _CLOSE if error.sqlite_errorname == "SQLITE_BUSY" else _MOVE
        raise ValueError(f"{wanted}, and it cannot be read: {error}. {remedy}") from error
    tables = {table for table, _ in found}
    expected = {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns}
    if not {"submitted_assignment", "grade"} <= tables:
        names = ", ".join(sorted(tables)) or "none"
        raise ValueError(f"{wanted}, found an SQLite file with other tables ({names}). {_MOVE}")
    if missing := sorted(".".join(name) for name in expected - found):
        raise ValueError(
            f"{wanted} as the installed version makes it, found an older one, without {', '.join(missing)}. "
            f"Run: nbgrader db upgrade --CourseDirectory.db_url=sqlite:///{path.resolve()}"
        )


@contextmanager
def _transaction(path: Path) -> Iterator[Session]:
    """A session on the gradebook at ``path``; committed once, at the end, or not at all."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import OperationalError

    # Without a course id nbgrader neither adds a "default_course" nor commits a course before the rest is there.
    with Gradebook(_url(path), course_id="") as gradebook:
        try:
            yield gradebook.db
            gradebook.db.commit()
        except OperationalError as error:
            raise ValueError(
                f"{path}: the gradebook could not be written: {error.orig}. It is as it was. {_CLOSE}"
            ) from error


def _fill(path: Path, results: list[Result], course: Course) -> None:
    exercises = {exercise.name: exercise for exercise in course.exercises}
    known = [result for result in results if result.exercise in exercises]
    with _transaction(path) as db:
        _add_course_and_students(db, course, known)
        # Rows are looked up per exercise, not per cell: nbgrader's find_grade() is a query, and a commit, each.
        for exercise, of_exercise in _by_exercise(known):
            _fill_exercise(db, course, exercises[exercise], of_exercise)


def _by_exercise(results: list[Result]) -> Iterator[tuple[str, list[Result]]]:
    in_order = sorted(results, key=lambda result: (result.exercise, result.student))
    for name, group in groupby(in_order, key=lambda result: result.exercise):
        yield name, list(group)


def _add_course_and_students(db: Session, course: Course, results: list[Result]) -> None:
    from nbgrader import api

    if db.get(api.Course, course.id) is None:
        db.add(api.Course(id=course.id))
    known = {student for (student,) in db.query(api.Student.id)}
    db.add_all(api.Student(id=student) for student in sorted({result.student for result in results} - known))
    db.flush()


def _fill_exercise(db: Session, course: Course, exercise: Exercise, results: list[Result]) -> None:
    """The exercise's notebook, its cells, and what every student got in them."""
    assignment = _assignment(db, course, exercise.track)
    notebook = _notebook(db, assignment, exercise.short_name)
    checks = _checks_that_count(exercise, results)
    cells = _lay_out(db, notebook, checks)
    submitted = _submitted(db, assignment, notebook, results)
    verdicts = {(submitted[r.student], check.name): _verdict(r, check) for r in results for check in checks}
    _write_grades(db, notebook, cells, list(submitted.values()), verdicts)
    _write_comments(db, notebook, cells, list(submitted.values()), verdicts)
    for name in cells.stale:
        _retire(db, cells.grades[name], cells.solutions[name])


def _checks_that_count(exercise: Exercise, results: list[Result]) -> tuple[Verdict, ...]:
    """The checks of the suite as it is now, read off a result of it.

    Results of an older suite have other checks, and one that broke down altogether has none of the suite's.
    """
    fingerprint = exercise.fingerprint()
    current = [result for result in results if result.provenance.suite == fingerprint] or results
    return max(current, key=lambda result: (result.outcome is not Outcome.BROKEN, len(result.checks))).checks


def _verdict(result: Result, check: Verdict) -> Verdict:
    """The verdict of ``result`` on ``check``; where it has none the score is unknown, not 0."""
    for verdict in result.checks:
        if verdict.name == check.name:
            return verdict
    words = result.feedback if result.outcome is Outcome.BROKEN else ""
    return replace(check, outcome=Outcome.BROKEN, score=None, feedback=words)


def _write_grades(db: Session, notebook: Any, cells: _Cells, submitted: list[str], verdicts: _Verdicts) -> None:
    from nbgrader.api import Grade

    columns = Grade.auto_score, Grade.manual_score, Grade.needs_manual_grade
    old = _rows(db, notebook, Grade, *columns)
    new = {}
    for part, cell in product(submitted, [*cells.grades.values(), *cells.tasks]):
        verdict = verdicts.get((part, cell.name))
        new[part, cell.id] = _grade(old.get((part, cell.id)), verdict) if verdict else {}
    _merge(db, Grade, old, new)


def _grade(old: Any, verdict: Verdict) -> dict[str, Any]:
    """What the grader says, and whether a person has to look at it. What a person entered is not touched."""
    if old is None or old.manual_score is None:
        needed = verdict.score is None
    else:
        # Like `nbgrader autograde`: whoever set the manual score did not know this one.
        needed = old.needs_manual_grade or old.auto_score != verdict.score
    return {"auto_score": verdict.score, "needs_manual_grade": needed}


def _write_comments(db: Session, notebook: Any, cells: _Cells, submitted: list[str], verdicts: _Verdicts) -> None:
    from nbgrader.api import Comment

    new = {}
    for part, cell in product(submitted, [*cells.solutions.values(), *cells.tasks]):
        verdict = verdicts.get((part, cell.name))
        new[part, cell.id] = {"auto_comment": _comment(verdict.feedback) or None} if verdict else {}
    _merge(db, Comment, _rows(db, notebook, Comment, Comment.auto_comment), new)


def _comment(feedback: str) -> str:
    """nbgrader's pages show comments as Markdown, HTML included, and feedback quotes what students wrote.

    Where that could be a tag, a link or an image, all of it becomes a block of code, which shows it as it is.
    """
    return textwrap.indent(feedback, "    ") if re.search(r"[<\[]", feedback) else feedback


# --- rows of nbgrader's tables ------------------------------------------------------------------------------------


def _assignment(db: Session, course: Course, track: str) -> Any:
    from nbgrader import api

    found = db.query(api.Assignment).filter_by(name=track).one_or_none()
    if found is None:
        return _added(db, api.Assignment(track, course_id=course.id))
    if found.course_id not in {course.id, *_NO_COURSE}:
        raise ValueError(
            f"The gradebook holds the assignment {track!r} of the course {found.course_id!r}; this is {course.id!r} "
            "(courses are called like their folders), and nbgrader keeps one assignment of a name in a gradebook. "
            "Write to another folder, or give the course's folder its old name."
        )
    return found


def _notebook(db: Session, assignment: Any, name: str) -> Any:
    from nbgrader import api

    found = db.query(api.Notebook).filter_by(name=name, assignment_id=assignment.id).one_or_none()
    return found or _added(db, api.Notebook(name=name, assignment_id=assignment.id, kernelspec=_KERNEL))


def _added(db: Session, row: Any) -> Any:
    """``row`` with the id that it gets when it is written."""
    db.add(row)
    db.flush()
    return row


@dataclass(frozen=True)
class _Cells:
    """The cells of one notebook."""

    grades: dict[str, Any]
    solutions: dict[str, Any]
    tasks: list[Any]  # an instructor's
    stale: list[str]  # names of pairs that were made for checks which are no more


def _lay_out(db: Session, notebook: Any, checks: tuple[Verdict, ...]) -> _Cells:
    """A grade cell and a solution cell for every check: nbgrader hangs points on the one and comments on the other."""
    from nbgrader import api

    grades = {cell.name: cell for cell in db.query(api.GradeCell).filter_by(notebook_id=notebook.id)}
    solutions = {cell.name: cell for cell in db.query(api.SolutionCell).filter_by(notebook_id=notebook.id)}
    tasks = db.query(api.TaskCell).filter_by(notebook_id=notebook.id).all()
    for check in checks:
        if check.name not in grades:
            grades[check.name] = api.GradeCell(name=check.name, notebook_id=notebook.id, cell_type="code", max_score=0)
            db.add(grades[check.name])
        if check.name not in solutions:
            solutions[check.name] = api.SolutionCell(name=check.name, notebook_id=notebook.id)
            db.add(solutions[check.name])
        grades[check.name].max_score = check.points
    db.flush()
    # Cells that came with a notebook of the instructor's own have a source; ours have none.
    written = {name for (name,) in db.query(api.SourceCell.name).filter_by(notebook_id=notebook.id)}
    stale = grades.keys() & solutions.keys() - {check.name for check in checks} - written
    return _Cells(grades, solutions, tasks, sorted(stale))


def _submitted(db: Session, assignment: Any, notebook: Any, results: list[Result]) -> dict[str, str]:
    """The id of the submitted notebook of every student that has one, or a result."""
    from nbgrader import api

    students = {result.student for result in results}
    wholes = {row.student_id: row for row in db.query(api.SubmittedAssignment).filter_by(assignment_id=assignment.id)}
    for student in sorted(students - wholes.keys()):
        wholes[student] = api.SubmittedAssignment(assignment_id=assignment.id, student_id=student)
        db.add(wholes[student])
    db.flush()
    parts = {row.assignment_id: row for row in db.query(api.SubmittedNotebook).filter_by(notebook_id=notebook.id)}
    for whole in [wholes[student].id for student in sorted(students)]:
        if whole not in parts:
            parts[whole] = api.SubmittedNotebook(notebook_id=notebook.id, assignment_id=whole)
            db.add(parts[whole])
    db.flush()
    return {student: parts[whole.id].id for student, whole in wholes.items() if whole.id in parts}


def _rows(db: Session, notebook: Any, kind: Any, *columns: Any) -> _Rows:
    """``columns`` of the grades, or comments, of a notebook. Whole objects would cost ten times as much to make."""
    from nbgrader.api import SubmittedNotebook

    query = db.query(kind.id, kind.notebook_id, kind.cell_id, *columns)
    of_notebook = query.join(SubmittedNotebook, SubmittedNotebook.id == kind.notebook_id)
    return {
        (row.notebook_id, row.cell_id): row for row in of_notebook.filter(SubmittedNotebook.notebook_id == notebook.id)
    }


def _merge(db: Session, kind: Any, old: _Rows, new: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Add the rows that are not there and change those that say something else.

    nbgrader makes grades and comments with a submission only. A check that is younger needs them all the same, for
    everybody: without them it counts in the maximum and cannot be found.
    """
    from sqlalchemy import insert, update

    missing = [{"notebook_id": part, "cell_id": cell, **new[part, cell]} for part, cell in new.keys() - old.keys()]
    changed = [
        {"id": old[key].id, **values}
        for key, values in new.items()
        if key in old and any(getattr(old[key], name) != value for name, value in values.items())
    ]
    if missing:
        # With nulls written out, rows with and without feedback go in one batch.
        db.execute(insert(kind).execution_options(render_nulls=True), missing)
    if changed:
        db.execute(update(kind), changed)


def _retire(db: Session, grade_cell: Any, solution_cell: Any) -> None:
    """Take a check that is no more out of the maximum.

    Its cells are deleted, unless a person marked or commented one: that is not ours to throw away, and it goes on
    counting. Then the check stays with 0 points, and whoever marked it is asked, once, to look again.
    """
    from nbgrader.api import Comment, Grade

    grades = db.query(Grade).filter_by(cell_id=grade_cell.id).all()
    comments = db.query(Comment).filter_by(cell_id=solution_cell.id).all()
    marked = [grade for grade in grades if grade.manual_score is not None or grade.extra_credit is not None]
    if not marked and all(comment.manual_comment is None for comment in comments):
        for row in (*grades, *comments, grade_cell, solution_cell):
            db.delete(row)
        return
    counted = grade_cell.max_score != 0
    grade_cell.max_score = 0
    for grade in grades:
        grade.auto_score = 0  # not None: nbgrader adds extra credit to a score only
        if grade not in marked:
            grade.needs_manual_grade = False
        elif counted:
            grade.needs_manual_grade = True
