"""Results: what is written is what is read, and a crash leaves the old file or the new one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader.result import (
    MAX_WORDS,
    Outcome,
    Provenance,
    Result,
    Verdict,
    load,
    one_line,
    printable,
    save,
    shown,
    write_atomically,
)

PROVENANCE = Provenance("ab", "cd", "ef", "cpu", ("seccomp",), {"torch": "2"})
PASSED = Verdict("test_a", "A.", 2, Outcome.PASSED, 2)
FAILED = Verdict("test_b", "B.", 1, Outcome.FAILED, 0.5, "part", "Nearly.")
BROKEN = Verdict("test_c", "C.", 1, Outcome.BROKEN, None, "suite", "Ours.")
RESULT = Result("ada", "toy/double", (PASSED, FAILED), PROVENANCE, 0.5, ("note",))


def test_there_and_back(tmp_path: Path) -> None:
    save(RESULT, tmp_path / "a" / "r.json")

    assert load(tmp_path / "a" / "r.json") == RESULT
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["r.json"]


def test_what_follows_from_the_checks() -> None:
    assert (RESULT.score, RESULT.max_score, RESULT.outcome) == (2.5, 3, Outcome.FAILED)
    assert (RESULT.cause, RESULT.feedback) == ("part", "Nearly.")
    assert replace(RESULT, checks=(PASSED,)).outcome is Outcome.PASSED


def test_broken_has_no_score() -> None:
    broken = replace(RESULT, checks=(PASSED, FAILED, BROKEN))

    assert (broken.score, broken.max_score, broken.outcome) == (None, 4, Outcome.BROKEN)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data | {"schema": 99},
        lambda data: {key: value for key, value in data.items() if key != "checks"},
        lambda data: data | {"checks": [{"name": "x"}]},
        lambda data: data | {"provenance": 3},
        lambda data: [],
    ],
)
def test_other_data_is_no_result(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    path = tmp_path / "r.json"
    path.write_text(json.dumps(spoil(RESULT.to_json())))

    with pytest.raises(ValueError, match="does not hold a result"):
        load(path)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_atomically(path, "old")

    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "\ud800")

    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_nothing_that_a_student_writes_repaints_a_terminal() -> None:
    assert printable("a\x1b[2J\x9b\r\x00\u202e\u2028\ud800") == r"a\x1b[2J\x9b\r\x00\u202e\u2028\ud800"
    assert printable("zoë 山田\u3000太郎 می\u200cخواهم\n") == "zoë 山田\u3000太郎 می\u200cخواهم\n"
    assert one_line("ada\nbob") == r"ada\nbob"


def test_what_is_shown_is_bounded_after_it_was_made_visible() -> None:
    assert shown("x" * 20, 20) == "x" * 20
    assert shown("x" * 21, 20) == "x" * 18 + " …"
    assert len(shown("\U000e0001" * 10**6)) == MAX_WORDS
