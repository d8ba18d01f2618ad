"""Hostile submissions, graded by the real command: nothing forged, stolen, broken or lost."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from grader.result import printable
from tests.attacks.battle import Battle, fight
from tests.attacks.corpus import Attack, corpus

CORPUS = corpus()
HONEST = [attack for attack in CORPUS if attack.item == "honest"]
OURS = re.compile(r"Traceback|File \"|/grader/|site-packages")


@pytest.fixture(scope="module")
def battle(tmp_path_factory: pytest.TempPathFactory) -> Battle:
    return fight(CORPUS, tmp_path_factory.mktemp("attacks"))


@pytest.mark.parametrize("attack", CORPUS, ids=lambda attack: attack.name)
def test_an_attack_gets_what_it_should(battle: Battle, attack: Attack) -> None:
    result = battle.results[attack.student, attack.exercise]

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
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", battle.said)


def test_nobody_writes_a_line_of_the_report_or_floods_it(battle: Battle) -> None:
    about = Counter(line.partition("/")[0] for line in battle.said.splitlines() if line.startswith("Note: "))

    assert not re.search("^mallory", battle.said, re.MULTILINE)
    assert max(about.values()) < 30


def test_memory_and_logs_are_bounded(battle: Battle) -> None:
    assert battle.peak_mb < 1500
    assert battle.out_mb < 10


def test_the_corpus_is_large_and_covers_the_catalogue() -> None:
    groups = Counter(attack.item[0] for attack in CORPUS if attack.item != "honest")

    assert set(groups) >= set("ABCDEFGHIJK")
    assert sum(groups.values()) >= 110
    assert len(HONEST) >= 5
