"""Hostile submissions, graded by the real command: nothing forged, stolen, broken or lost."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from grader.result import printable
from tests.attacks.battle import Battle, fight
from tests.attacks.corpus import Attack, corpus

CORPUS = corpus()
HONEST = [attack for attack in CORPUS if attack.item == "honest"]
OURS = re.compile(r"Traceback|File \"|/grader/|site-packages")
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
UNSEEN = re.compile(rf"[{CONTROLS}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@pytest.fixture(scope="module")
def battle(tmp_path_factory: pytest.TempPathFactory) -> Battle:
    return fight(CORPUS, tmp_path_factory.mktemp("attacks"))


@pytest.mark.parametrize("attack", CORPUS, ids=lambda attack: attack.name)
def test_an_attack_gets_what_it_should(battle: Battle, attack: Attack) -> None:
    result = battle.results[attack.graded_as, attack.exercise]

    found = result["outcome"], result["cause"], result["score"], result["max_score"]
    assert found == (attack.outcome, attack.cause, attack.score, attack.of), result["feedback"]
    words = " ".join(check["feedback"] for check in result["checks"]).strip()
    assert "HOLE" not in words
    assert not OURS.search(words), words
    assert printable(words) == words
    assert bool(words) == (attack.score < attack.of)
    assert all(len(check["feedback"]) < 1000 for check in result["checks"])


def test_what_could_hide_a_forbidden_name_is_noted(battle: Battle) -> None:
    told = [attack for attack in CORPUS if "leaves a note" in attack.path.read_text(encoding="utf-8")]

    assert all(battle.results[attack.student, attack.exercise]["notes"] for attack in told)
    assert len(told) >= 2


def test_nothing_is_stolen(battle: Battle) -> None:
    assert battle.leaks == []


def test_nothing_is_left_behind(battle: Battle) -> None:
    assert battle.processes == []
    assert battle.files == []


def test_nothing_is_broken(battle: Battle) -> None:
    assert battle.status == 0
    assert "Traceback" not in battle.said


def test_nobody_adds_lines_or_repaints_what_is_said(battle: Battle) -> None:
    assert not re.search(r"(?m)^\s*forged-line", battle.said)
    assert not UNSEEN.search(battle.said)


def test_tables_hold_no_formula_and_nothing_unseen(battle: Battle) -> None:
    for name in ("scores", "checks", "mistakes"):
        text = (battle.out / f"{name}.csv").read_text(encoding="utf-8")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert not UNSEEN.search(text)
        for row in rows:
            assert len(row) == len(header)
            assert not [cell for cell in row if re.search(r"(?m)(^|(?<=;))[=+@\t\r-]", cell)]
    students = [row[0] for row in csv.reader(io.StringIO((battle.out / "scores.csv").read_text(encoding="utf-8")))]
    assert len(students) == len(set(students)) == len({student for student, _ in battle.results}) + 1


def test_results_can_be_read_and_hold_nothing_unseen(battle: Battle) -> None:
    for path in battle.out.glob("results/*/*/*.json"):
        assert not UNSEEN.search(path.read_text(encoding="utf-8"))
        assert json.dumps(json.loads(path.read_text(encoding="utf-8")), allow_nan=False)
    with closing(sqlite3.connect(battle.out / "gradebook.db")) as connection:
        everything = "\n".join(connection.iterdump())
        scores = [score for (score,) in connection.execute("SELECT auto_score FROM grade WHERE auto_score IS NOT NULL")]
    assert not UNSEEN.search(everything)
    assert all(0 <= score <= 6 for score in scores)


def test_nobody_writes_a_line_of_the_report_or_floods_it(battle: Battle) -> None:
    about = Counter(line.partition("/")[0] for line in battle.said.splitlines() if line.startswith("Note: "))

    assert not re.search("^mallory", battle.said, re.MULTILINE)
    assert max(about.values()) < 30


def test_memory_and_logs_are_bounded(battle: Battle) -> None:
    assert battle.peak_mb < 1500
    assert battle.out_mb < len(CORPUS) * 0.1


def test_the_corpus_is_large_and_covers_the_catalogue() -> None:
    groups = Counter(attack.item[0] for attack in CORPUS if attack.item != "honest")

    assert set(groups) >= set("ABCDEFGHIJK")
    assert sum(groups.values()) >= 110
    assert len(HONEST) >= 5
