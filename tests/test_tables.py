"""Tables made from results: what they hold, and the same bytes for the same results."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from grader.result import Result, save
from grader.tables import checks_table, read_results, scores_table, write_tables

from .test_gradebook import EXERCISES, broken, class_results, failed, passed, result


def test_scores_are_a_row_a_student_and_unknown_ones_are_empty(tmp_path: Path) -> None:
    write_tables(class_results(), EXERCISES, tmp_path)

    assert (tmp_path / "scores.csv").read_bytes().decode() == (
        "student,forward/linear,loss/mse,loss/cross_entropy,total\n"
        "ada,3,3.5,6,12.5\n"
        "bob,1,,,\n"
        "cyd,,,2.333333333,\n"
    )  # fmt: skip


def test_checks_are_a_row_a_check(tmp_path: Path) -> None:
    words = 'Said "no",\r\nthen stopped.'
    results = [
        result("zoë", "loss/mse", failed("test_sum", 2, 0.5, words), broken("test_mean")),
        result("ada", "loss/mse", passed("test_sum", 2), passed("test_mean", 0.25)),
    ]

    write_tables(results, EXERCISES, tmp_path)

    assert (tmp_path / "checks.csv").read_bytes().decode() == (
        "student,exercise,check,title,points,score,outcome,cause,diagnosis,feedback\n"
        "ada,loss/mse,test_sum,Title of test_sum,2,2,passed,,,\n"
        "ada,loss/mse,test_mean,Title of test_mean,0.25,0.25,passed,,,\n"
        'zoë,loss/mse,test_sum,Title of test_sum,2,0.5,failed,shape,,"Said ""no"",\nthen stopped."\n'
        "zoë,loss/mse,test_mean,Title of test_mean,1,,broken,grader,,Grading failed.\n"
    )


@pytest.mark.parametrize(
    "words", ["=HYPERLINK(1)", "+1", "-1", "@now", "\t=1", "a\rb", "a\r\nb", 'a "b", c', "Ünïcode\n"]
)
def test_what_students_make_exceptions_say_stays_one_cell_and_no_formula(tmp_path: Path, words: str) -> None:
    write_tables([result("ada", "loss/mse", failed("test_sum", words=words), passed("test_mean"))], [], tmp_path)

    feedback = pd.read_csv(tmp_path / "checks.csv", keep_default_na=False)["feedback"]
    assert list(feedback) == [feedback[0], ""]
    assert feedback[0].lstrip("'") == words.replace("\r\n", "\n").replace("\r", "\n")
    assert feedback[0][0] not in "=+-@\t"


def test_mistakes_are_counted_by_student_the_most_frequent_first(tmp_path: Path) -> None:
    def wrong(student: str, *diagnoses: str) -> Result:
        checks = [
            replace(failed(f"test_{number}"), diagnosis=diagnosis, explanation=f"=This is {diagnosis}.")
            for number, diagnosis in enumerate(diagnoses)
        ]
        return result(student, "loss/mse", *checks)

    missing = result("eve", "loss/mse", replace(failed("test_0"), cause="missing"))
    results = [wrong("ada", "sum", "sum"), wrong("bob", "sign"), wrong("cyd", "sum", "sign"), wrong("dan", ""), missing]

    write_tables([*results, wrong("zoë", "sum")], EXERCISES, tmp_path)

    assert (tmp_path / "mistakes.csv").read_bytes().decode() == (
        "exercise,diagnosis,students,of,explanation\n"
        "loss/mse,sum,3,5,'=This is sum.\n"
        "loss/mse,sign,2,5,'=This is sign.\n"
    )


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    slower = [replace(r, seconds=9.0, checks=tuple(replace(c, seconds=9.0) for c in r.checks)) for r in class_results()]

    write_tables(class_results(), EXERCISES, tmp_path / "one")
    write_tables(slower[::-1], EXERCISES, tmp_path / "two")

    for name in ("scores.csv", "checks.csv", "mistakes.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_sums_show_no_rounding_and_large_ones_all_digits(tmp_path: Path) -> None:
    tenths = result("ada", "loss/mse", *(passed(f"test_{i}", 0.1) for i in range(3)))
    large = result("ada", "forward/linear", passed("test_a", 1234567.5))

    write_tables([tenths, large], EXERCISES[:2], tmp_path)

    assert (tmp_path / "scores.csv").read_text().splitlines()[1] == "ada,1234567.5,0.3,1234567.8"


def test_tables_of_nothing_have_their_columns() -> None:
    assert list(scores_table([], EXERCISES).columns) == [*EXERCISES, "total"]
    assert scores_table([], EXERCISES).index.name == "student"
    assert list(checks_table([]).columns[:3]) == ["student", "exercise", "check"]


def test_results_are_read_by_student_and_exercise(tmp_path: Path) -> None:
    for one in reversed(class_results()):
        save(one, tmp_path / "results" / one.student / f"{one.exercise}.json")
    (tmp_path / "results" / "ada" / "loss" / ".mse.json.cut_off").write_text("{")

    assert read_results(tmp_path) == sorted(class_results(), key=lambda r: (r.student, r.exercise))
    assert read_results(tmp_path / "nowhere") == []


def test_an_unreadable_result_is_named(tmp_path: Path) -> None:
    path = tmp_path / "results" / "ada" / "loss" / "mse.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"schema": 99}')

    with pytest.raises(ValueError, match=r"results/ada/loss/mse\.json .* schema 99"):
        read_results(tmp_path)


def test_no_text_of_any_column_is_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a\n=1+1,0,6", "a;=1+1", "＝1", "-"]
    check = replace(failed("=check", 2, 0.5), title="@title", cause="+cause", diagnosis="-diagnosis")
    results = [result(name, "=loss/mse", replace(check, feedback=f"{name}!", explanation=f"{name}?")) for name in evil]

    write_tables(results, ["=loss/mse"], tmp_path)

    for name in ("scores", "checks", "mistakes"):
        header, *rows = csv.reader(io.StringIO((tmp_path / f"{name}.csv").read_text(encoding="utf-8")))
        assert {len(row) for row in rows} == {len(header)}
        for cell in (cell for row in (header, *rows) for cell in row):
            assert not re.search(r"(?m)(^|(?<=;))[=+@＝\t-]", cell), (name, cell)
    checks = pd.read_csv(tmp_path / "checks.csv", keep_default_na=False)
    assert (set(checks["points"]), set(checks["score"])) == ({2}, {0.5})
    assert set(pd.read_csv(tmp_path / "scores.csv")["total"]) == {0.5}
    mistakes = pd.read_csv(tmp_path / "mistakes.csv")
    assert (list(mistakes["students"]), list(mistakes["of"])) == ([10], [10])
