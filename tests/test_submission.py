"""Intake: what is read, what is refused with which cause, and what belongs to no exercise."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader.submission import collect, from_file

NAMES = ["loss/cross_entropy", "optimizer/sgd"]


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def notebook(*sources: str) -> str:
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True), "metadata": {}} for source in sources]
    cells.insert(0, {"cell_type": "markdown", "source": "words", "metadata": {}})
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


def test_a_class(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/cross_entropy.py", "x = 1\n")
    put(tmp_path / "ada/loss/cross_entropy.ipynb", notebook("x = 1"))
    put(tmp_path / "ada/optimizer/sgd.py", "y = 1\n")
    put(tmp_path / ".git/config.py", "")

    intake = collect(tmp_path, NAMES)

    assert intake.students == ("ada", "bob")
    assert [(s.student, s.exercise, s.refusal.cause if s.refusal else "") for s in intake.submissions] == [
        ("ada", "loss/cross_entropy", ""),
        ("ada", "optimizer/sgd", ""),
        ("bob", "loss/cross_entropy", ""),
        ("bob", "optimizer/sgd", "missing"),
    ]


def test_exercises_that_nobody_handed_in_are_no_columns(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/cross_entropy.py", "")

    assert {s.exercise for s in collect(tmp_path, NAMES).submissions} == {"loss/cross_entropy"}
    assert {s.exercise for s in collect(tmp_path, NAMES, ["optimizer/sgd"]).submissions} == {"optimizer/sgd"}


def test_strays_are_named_with_a_guess(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/crossentropy.py", "")
    put(tmp_path / "bob/notes.txt", "")

    assert collect(tmp_path, NAMES).strays == (
        "bob/loss/crossentropy.py belongs to no exercise. Did the student mean loss/cross_entropy?",
    )


def test_two_files_for_one_exercise(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/cross_entropy.py", "a = 1\n")
    put(tmp_path / "bob/loss/cross_entropy.ipynb", notebook("a = 2"))

    submission = collect(tmp_path, NAMES).submissions[0]

    assert submission.source == "a = 1\n"
    assert "handed in twice" in submission.notes[0]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"\xff\xfe\x00", "encoding"),
        (b"x = '\0'", "encoding"),
        (b"# -*- coding: utf-7 -*-\n", "encoding"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n", "encoding"),
        (b"#" * (2**20 + 1), "size"),
    ],
)
def test_files_that_are_no_python_text(tmp_path: Path, content: bytes, cause: str) -> None:
    submission = from_file(put(tmp_path / "f.py", content), "bob", "a/b")

    assert submission.source is None
    assert submission.refusal
    assert submission.refusal.cause == cause
    assert submission.digest == ""


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfx = 1\r\n", b"x = 1\r", b"# coding: utf-8\nx = 1\n"])
def test_marks_and_line_ends_of_other_systems(tmp_path: Path, content: bytes) -> None:
    source = from_file(put(tmp_path / "f.py", content), "bob", "a/b").source

    assert source
    assert source.endswith("x = 1\n")


def test_links_folders_and_devices_are_not_read(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.py", "answer = 42\n")
    (tmp_path / "link.py").symlink_to(secret)
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")

    for name in ("link.py", "folder.py", "pipe.py"):
        submission = from_file(tmp_path / name, "bob", "a/b")
        assert submission.refusal
        assert submission.refusal.cause == "file"


def test_a_folder_that_leads_to_another_students_work_is_not_read(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/cross_entropy.py", "answer = 42\n")
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve/loss").symlink_to("../bob/loss")

    bob, eve = collect(tmp_path, NAMES).submissions

    assert bob.source == "answer = 42\n"
    assert eve.source is None
    assert eve.refusal
    assert (eve.refusal.cause, eve.refusal.words) == (
        "file",
        "loss/ is a link, not a folder: hand in the files themselves.",
    )


def test_a_notebook_is_its_code_cells(tmp_path: Path) -> None:
    submission = from_file(put(tmp_path / "f.ipynb", notebook("a = 1\nb = 2", "c = 3")), "bob", "x/f")

    assert submission.source == "a = 1\nb = 2\n\nc = 3\n"
    assert submission.place(2) == "cell 1, line 2"
    assert submission.place(4) == "cell 2, line 1"


@pytest.mark.parametrize("line", ["%matplotlib inline", "!pip install x", "%%bash", "ip = get_ipython()", "?torch"])
def test_jupyter_lines_are_refused_with_their_place(tmp_path: Path, line: str) -> None:
    submission = from_file(put(tmp_path / "f.ipynb", notebook("a = 1", f"b = 2\n{line}")), "bob", "x/f")

    assert submission.refusal
    assert submission.refusal.words.startswith(f"Cell 2, line 2 is for Jupyter, not Python: `{line}`.")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "code"}]}', "[" * 100_000]
)
def test_broken_notebooks(tmp_path: Path, content: str) -> None:
    submission = from_file(put(tmp_path / "f.ipynb", content), "bob", "x/f")

    assert submission.refusal
    assert submission.refusal.cause == "notebook"


@pytest.mark.parametrize(
    ("folder", "student"),
    [
        (b"zo\xc3\xab", "zoë"),
        (b"a\x1b[2J\nb", r"a\x1b[2J\nb"),
        (b"j-\xff", r"j-\xff"),
        ("x\u202e".encode(), r"x\u202e"),
    ],
)
def test_a_students_name_can_be_written_and_shown(tmp_path: Path, folder: bytes, student: str) -> None:
    put(tmp_path / os.fsdecode(folder) / "loss/cross_entropy.py", "x = 1\n")
    put(tmp_path / os.fsdecode(folder) / "ci\nvil.py", "")

    intake = collect(tmp_path, NAMES)

    assert intake.students == (student,)
    assert [(s.student, s.source) for s in intake.submissions] == [(student, "x = 1\n")]
    assert intake.strays == (rf"{student}/ci\nvil.py belongs to no exercise.",)


def test_a_name_that_is_made_visible_takes_nobody_elses_place(tmp_path: Path) -> None:
    put(tmp_path / "ada\n/loss/cross_entropy.py", "x = 1\n")
    put(tmp_path / r"ada\n/loss/cross_entropy.py", "x = 2\n")

    assert [s.source for s in collect(tmp_path, NAMES).submissions] == ["x = 2\n"]


def test_what_a_refusal_quotes_is_made_visible(tmp_path: Path) -> None:
    submission = from_file(put(tmp_path / "f.ipynb", notebook("%x \x1b[2J\ud800")), "bob", "x/f")

    assert submission.refusal
    assert submission.refusal.words.startswith(r"Cell 1, line 1 is for Jupyter, not Python: `%x \x1b[2J\ud800`.")


def test_only_python_says_where_a_line_of_a_notebook_ends(tmp_path: Path) -> None:
    source = "a = 'one\u2028line\x0c'\r\nb = 2\r"

    submission = from_file(
        put(tmp_path / "f.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": source}]})), "bob", "x/f"
    )

    assert submission.source == "a = 'one\u2028line\x0c'\nb = 2\n"
