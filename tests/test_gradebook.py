"""Results become tables and an nbgrader gradebook: the same scores everywhere, and what people entered stays."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from grader.exercise import Course, Exercise
from grader.gradebook import write_nbgrader
from grader.result import Outcome, Provenance, Result, Verdict
from grader.tables import checks_table, scores_table

ROOT = Path("/no/such/folder/course101")
EXERCISES = ["forward/linear", "loss/mse", "loss/cross_entropy"]


def course_at(root: Path) -> Course:
    exercises = [Exercise(root / "solutions" / name, "Title", "forward pass") for name in EXERCISES]
    return Course(root, "Course 101", ("forward", "loss"), tuple(exercises))


COURSE = course_at(ROOT)


def passed(name: str, points: float = 1) -> Verdict:
    return Verdict(name, f"Title of {name}", points, Outcome.PASSED, float(points), seconds=0.1)


def failed(name: str, points: float = 1, score: float = 0.0, words: str = "Not the right shape.") -> Verdict:
    return Verdict(name, f"Title of {name}", points, Outcome.FAILED, score, "shape", words, 0.2)


def broken(name: str, points: float = 1) -> Verdict:
    return Verdict(name, f"Title of {name}", points, Outcome.BROKEN, None, "grader", "Grading failed.", 0.3)


def result(student: str, exercise: str, *checks: Verdict, suite: str = "1") -> Result:
    return Result(student, exercise, checks, Provenance("", suite, "", "cpu", (), {}))


def class_results() -> list[Result]:
    return [
        result("ada", "forward/linear", passed("test_values", 2), passed("test_shape")),
        result("ada", "loss/mse", passed("test_mean", 3), failed("test_sum", 2, 0.5)),
        result("ada", "loss/cross_entropy", passed("test_values", 2), passed("test_stable", 4)),
        result("bob", "forward/linear", failed("test_values", 2), passed("test_shape")),
        result("bob", "loss/mse", broken("test_mean", 3), passed("test_sum", 2)),
        result("cyd", "loss/cross_entropy", passed("test_values", 2), failed("test_stable", 4, 1 / 3)),
    ]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook that the class's results were written into once; not to be changed."""
    path = tmp_path_factory.mktemp("grades with spaces & #") / "gradebook.db"
    write_nbgrader(class_results(), COURSE, path)
    return path


@pytest.fixture
def path(first: Path, tmp_path: Path) -> Path:
    """A copy of that gradebook."""
    return Path(shutil.copy(first, tmp_path / "gradebook.db"))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{path}", course_id="") as gradebook:
        yield gradebook


def grade(path: Path, student: str, exercise: str, check: str) -> tuple[float | None, float, bool]:
    """Auto score, score and whether a person has to look."""
    track, name = exercise.split("/")
    with opened(path) as gradebook:
        row = gradebook.find_grade(check, name, track, student)
        return row.auto_score, row.score, row.needs_manual_grade


def comment(path: Path, student: str, exercise: str, check: str) -> str | None:
    track, name = exercise.split("/")
    with opened(path) as gradebook:
        words: str | None = gradebook.find_comment(check, name, track, student).comment
        return words


def mark(path: Path, student: str, exercise: str, check: str, **marks: float) -> None:
    """Enter ``marks`` as formgrader does."""
    track, name = exercise.split("/")
    with opened(path) as gradebook:
        row = gradebook.find_grade(check, name, track, student)
        for field, value in marks.items():
            setattr(row, field, value)
        row.needs_manual_grade = False
        gradebook.db.commit()


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())


def max_score(path: Path, exercise: str) -> float:
    track, name = exercise.split("/")
    with opened(path) as gradebook:
        return float(gradebook.find_notebook(name, track).max_score)


def test_nbgrader_exports_the_scores_of_the_table(first: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nbgrader", "export", f"--db=sqlite:///{first}", "--to=grades.csv"]
    home = {"HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_DATA_DIR": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env={**os.environ, **home}, capture_output=True, check=True)

    exported = pd.read_csv(tmp_path / "grades.csv").set_index(["student_id", "assignment"])
    scores = scores_table(class_results(), EXERCISES)
    for student, track, names in (
        ("ada", "forward", ["forward/linear"]),
        ("ada", "loss", ["loss/mse", "loss/cross_entropy"]),
        ("bob", "forward", ["forward/linear"]),
        ("cyd", "loss", ["loss/cross_entropy"]),
    ):
        assert exported.loc[(student, track), "score"] == pytest.approx(scores.loc[student, names].sum())
    assert exported.loc[("bob", "loss"), "score"] == 2  # what is known of a broken result
    assert set(exported.xs("forward", level="assignment")["max_score"]) == {3}
    assert set(exported.xs("loss", level="assignment")["max_score"]) == {11}


def test_the_gradebook_has_the_form_that_nbgrader_gives_it(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbgrader.api import Gradebook
    from sqlalchemy import create_engine, inspect

    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)  # nbgrader looks for alembic there
    Gradebook(f"sqlite:///{tmp_path}/theirs.db", course_id="").close()

    forms = []
    for path in (first, tmp_path / "theirs.db"):
        engine = create_engine(f"sqlite:///{path}")
        inspector = inspect(engine)
        columns = {
            t: [(c["name"], str(c["type"])) for c in inspector.get_columns(t)] for t in inspector.get_table_names()
        }
        with closing(sqlite3.connect(path)) as connection:
            forms.append((columns, connection.execute("SELECT * FROM alembic_version").fetchall()))
        engine.dispose()
    assert forms[0] == forms[1]


def test_tracks_exercises_and_checks_become_assignments_notebooks_and_cells(first: Path) -> None:
    with opened(first) as gradebook:
        assert [(a.name, a.course_id) for a in gradebook.assignments] == [
            ("forward", "course101"),
            ("loss", "course101"),
        ]
        assert [n.name for n in gradebook.find_assignment("loss").notebooks] == ["cross_entropy", "mse"]
        assert gradebook.find_grade_cell("test_stable", "cross_entropy", "loss").max_score == 4
        assert [student.id for student in gradebook.students] == ["ada", "bob", "cyd"]
        assert {s["student"] for s in gradebook.submission_dicts("forward")} == {"ada", "bob"}
        needed = {s["student"]: s["needs_manual_grade"] for s in gradebook.submission_dicts("loss")}
    assert needed == {"ada": False, "bob": True, "cyd": False}
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute("SELECT id FROM course").fetchall() == [("course101",)]


def test_scores_and_feedback_are_entered(first: Path) -> None:
    assert grade(first, "ada", "loss/mse", "test_sum") == (0.5, 0.5, False)
    assert comment(first, "ada", "loss/mse", "test_sum") == "Not the right shape."
    assert comment(first, "ada", "loss/mse", "test_mean") is None


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "E: [x](javascript:alert(1))\n\n![seen](http://example.org/x.png)",
        "E: one\n\n    <b>\n\n[1]: javascript:alert(1)\n```\n</code></pre><img src=x onerror=alert(1)>",
        "<http://example.org>",
    ],
)
def test_feedback_is_no_markup_on_nbgraders_pages(tmp_path: Path, words: str) -> None:
    from nbconvert.filters import markdown2html

    write_nbgrader([result("ada", "loss/mse", failed("test_sum", words=words))], COURSE, tmp_path / "g.db")

    written = comment(tmp_path / "g.db", "ada", "loss/mse", "test_sum")
    assert written is not None
    page = markdown2html(written)
    assert set(re.findall(r"</?[a-z]+", page)) <= {"<pre", "</pre", "<code", "</code"}
    assert [line.strip() for line in written.splitlines()] == [line.strip() for line in words.splitlines()]


def test_a_broken_check_has_no_score_and_asks_for_a_person(first: Path) -> None:
    assert grade(first, "bob", "loss/mse", "test_mean") == (None, 0.0, True)
    assert grade(first, "bob", "loss/mse", "test_sum") == (2.0, 2.0, False)


def test_nothing_is_left_beside_the_gradebook(first: Path) -> None:
    assert [file.name for file in first.parent.iterdir()] == ["gradebook.db"]


def test_writing_again_changes_nothing(path: Path, first: Path) -> None:
    write_nbgrader(class_results(), COURSE, path)

    assert content(path) == content(first)


def test_a_regrade_replaces_scores_and_feedback(path: Path) -> None:
    write_nbgrader(
        [result("bob", "loss/mse", passed("test_mean", 3), failed("test_sum", 2, words="No."))], COURSE, path
    )

    assert grade(path, "bob", "loss/mse", "test_mean") == (3.0, 3.0, False)
    assert grade(path, "bob", "loss/mse", "test_sum") == (0.0, 0.0, False)
    assert comment(path, "bob", "loss/mse", "test_sum") == "No."
    assert comment(path, "bob", "loss/mse", "test_mean") is None
    assert grade(path, "ada", "loss/mse", "test_sum") == (0.5, 0.5, False)


def test_what_a_person_entered_stays(path: Path) -> None:
    mark(path, "ada", "loss/mse", "test_sum", manual_score=1.5, extra_credit=0.25)
    mark(path, "bob", "loss/mse", "test_mean", manual_score=2)
    with opened(path) as gradebook:
        gradebook.find_comment("test_sum", "mse", "loss", "ada").manual_comment = "Well argued."
        gradebook.find_student("ada").first_name = "Ada"
        gradebook.db.commit()
    before = content(path)

    write_nbgrader(class_results(), COURSE, path)

    assert content(path) == before
    assert grade(path, "ada", "loss/mse", "test_sum") == (0.5, 1.75, False)
    assert comment(path, "ada", "loss/mse", "test_sum") == "Well argued."


def test_a_manual_score_on_another_answer_is_kept_and_asked_about_until_seen(path: Path) -> None:
    mark(path, "ada", "loss/mse", "test_sum", manual_score=1.5)
    changed = [result("ada", "loss/mse", passed("test_mean", 3), passed("test_sum", 2))]

    write_nbgrader(changed, COURSE, path)
    assert grade(path, "ada", "loss/mse", "test_sum") == (2.0, 1.5, True)
    write_nbgrader(changed, COURSE, path)
    assert grade(path, "ada", "loss/mse", "test_sum") == (2.0, 1.5, True)

    mark(path, "ada", "loss/mse", "test_sum")
    write_nbgrader(changed, COURSE, path)
    assert grade(path, "ada", "loss/mse", "test_sum") == (2.0, 1.5, False)


def test_a_suite_that_changes_changes_the_maximum(path: Path) -> None:
    # More points for one check, one check gone, one new; cyd and bob were not graded again.
    write_nbgrader([result("ada", "loss/mse", passed("test_mean", 5), passed("test_new", 1))], COURSE, path)

    assert max_score(path, "loss/mse") == 6
    assert grade(path, "ada", "loss/mse", "test_new") == (1.0, 1.0, False)
    assert grade(path, "bob", "loss/mse", "test_new") == (None, 0.0, True)  # not graded with it yet
    with opened(path) as gradebook:
        assert [cell.name for cell in gradebook.find_notebook("mse", "loss").solution_cells] == [
            "test_mean",
            "test_new",
        ]
        assert gradebook.find_submission("loss", "ada").score == 6 + 6
        assert gradebook.find_submission("loss", "bob").score == 0


def test_a_check_that_is_gone_stays_with_no_points_where_a_person_marked_it(path: Path) -> None:
    mark(path, "ada", "loss/mse", "test_sum", extra_credit=1)
    without = [result(student, "loss/mse", passed("test_mean", 3)) for student in ("ada", "bob", "cyd")]

    write_nbgrader(without, COURSE, path)

    assert max_score(path, "loss/mse") == 3
    assert grade(path, "ada", "loss/mse", "test_sum") == (0.0, 1.0, True)
    for student in ("bob", "cyd"):
        assert grade(path, student, "loss/mse", "test_sum") == (0.0, 0.0, False)
    mark(path, "ada", "loss/mse", "test_sum")
    seen = content(path)
    write_nbgrader(without, COURSE, path)
    assert content(path) == seen


def test_cells_that_an_instructor_added_stay(path: Path) -> None:
    with opened(path) as gradebook:
        gradebook.add_task_cell("essay", "mse", "loss", max_score=5, cell_type="markdown")
        gradebook.add_grade_cell("written", "mse", "loss", max_score=2, cell_type="markdown")
        gradebook.add_solution_cell("written", "mse", "loss")
        gradebook.add_source_cell("written", "mse", "loss", cell_type="markdown", source="Explain.", locked=False)

    write_nbgrader([result("dan", "loss/mse", passed("test_mean", 3), passed("test_sum", 2))], COURSE, path)

    assert max_score(path, "loss/mse") == 12
    assert grade(path, "dan", "loss/mse", "essay") == (None, 0.0, True)
    assert grade(path, "dan", "loss/mse", "written") == (None, 0.0, True)
    assert grade(path, "dan", "loss/mse", "test_sum") == (2.0, 2.0, False)


def test_the_suite_as_it_is_now_says_which_checks_count(tmp_path: Path, path: Path) -> None:
    course = course_at(tmp_path / "course101")
    exercise = course.exercise("loss/mse")
    exercise.folder.mkdir(parents=True)
    exercise.hidden_suite.write_text("# the suite of today")
    old = result("ada", "loss/mse", passed("test_mean", 3), passed("test_sum", 2), passed("test_third"))
    now = result("bob", "loss/mse", passed("test_mean", 4), passed("test_new"), suite=exercise.fingerprint())

    write_nbgrader([old, now], course, path)

    assert max_score(path, "loss/mse") == 5
    assert grade(path, "bob", "loss/mse", "test_new") == (1.0, 1.0, False)
    assert grade(path, "ada", "loss/mse", "test_new") == (None, 0.0, True)


def test_a_submission_that_could_not_be_graded_at_all_is_no_check(path: Path) -> None:
    lost = result("bob", "loss/mse", broken("grading"))

    write_nbgrader([lost, *(r for r in class_results() if r.student != "bob")], COURSE, path)

    assert max_score(path, "loss/mse") == 5
    assert grade(path, "bob", "loss/mse", "test_sum") == (None, 0.0, True)
    assert comment(path, "bob", "loss/mse", "test_sum") == "Grading failed."


def test_results_of_exercises_that_the_course_does_not_have_are_left_out(path: Path, first: Path) -> None:
    write_nbgrader([*class_results(), result("ada", "old/gone", passed("test_a"))], COURSE, path)

    assert content(path) == content(first)


# --- what could go wrong ------------------------------------------------------------------------------------------


def test_another_courses_assignment_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    write_nbgrader([result("ada", "loss/mse", passed("test_mean"))], course_at(Path("/no/such/folder/other")), path)
    before = path.read_bytes()

    with pytest.raises(ValueError, match="assignment 'loss' of the course 'other'; this is 'course101'"):
        write_nbgrader(class_results(), COURSE, path)  # forward/linear, which comes first, would be fine

    assert path.read_bytes() == before


def test_an_assignment_that_nbgrader_made_without_a_course_is_used(path: Path) -> None:
    with opened(path) as gradebook:
        gradebook.find_assignment("loss").course_id = "default_course"
        gradebook.db.commit()

    write_nbgrader([result("eve", "loss/mse", passed("test_mean", 3), passed("test_sum", 2))], COURSE, path)

    assert grade(path, "eve", "loss/mse", "test_sum") == (2.0, 2.0, False)


def foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contacts (name)")
        connection.commit()


def older_gradebook(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE submitted_assignment (id)")
        connection.execute("CREATE TABLE grade (id)")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (foreign_database, r"expected a gradebook .* other tables \(contacts\)\. Move the file away"),
        (older_gradebook, r"found an older one, without .*course\.id.* Run: nbgrader db upgrade"),
        (lambda path: path.write_text("no database\n"), r"cannot be read: file is not a database\. Move the file away"),
        (lambda path: path.mkdir(), r"cannot be read: unable to open database file"),
    ],
)
def test_a_file_that_is_no_gradebook_is_refused_and_left_alone(tmp_path: Path, make: Any, words: str) -> None:
    path = tmp_path / "gradebook.db"
    make(path)
    before = None if path.is_dir() else path.read_bytes()

    with pytest.raises(ValueError, match=words):
        write_nbgrader(class_results(), COURSE, path)

    assert before is None or path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_a_gradebook(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").touch()

    write_nbgrader(class_results(), COURSE, tmp_path / "gradebook.db")

    assert grade(tmp_path / "gradebook.db", "ada", "loss/mse", "test_sum") == (0.5, 0.5, False)


KILLED = """
    import os, runpy, signal, sys
    from pathlib import Path

    here = runpy.run_path(sys.argv[1])
    write, results = here["write_nbgrader"], here["class_results"]()
    write(results, here["COURSE"], Path(sys.argv[2]))  # must say nothing

    from sqlalchemy import event
    from sqlalchemy.orm import Session

    def die_if_there_is_something_to_commit(session):
        if session.connection().exec_driver_sql("SELECT total_changes()").scalar():
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Session, "before_commit", die_if_there_is_something_to_commit)
    for path in sys.argv[3:]:
        child = os.fork()
        if child == 0:
            write([here["result"]("ada", "loss/mse", here["passed"]("test_other", 7))], here["COURSE"], Path(path))
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
"""


def test_a_writer_that_is_killed_leaves_the_old_gradebook_or_none(path: Path, first: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "gradebook.db"
    script = [sys.executable, "-W", "always", "-c", textwrap.dedent(KILLED), __file__, str(tmp_path / "quiet.db")]

    done = subprocess.run([*script, str(path), str(new)], cwd=tmp_path, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert new.parent.is_dir() and not new.exists()
    assert content(path) == content(first)
    write_nbgrader(class_results(), COURSE, path)
    assert content(path) == content(first)


# --- the documentation --------------------------------------------------------------------------------------------


def test_the_documented_form_is_the_form() -> None:
    text = (Path(__file__).parent.parent / "docs" / "results.md").read_text(encoding="utf-8")
    example = json.loads(text.split("```json\n")[1].split("```")[0])

    assert json.loads(json.dumps(Result.from_json(example).to_json())) == example
    for name in (*example, *example["checks"][0], *example["provenance"], *Outcome):
        assert f"`{name}`" in text
    assert ",".join(checks_table([]).columns) in text
