"""One file: what is read, and what is refused with which cause."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.submission import Submission, from_content, from_file, shown


def put(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"\xff\xfe\x00", "encoding"),
        (b"x = '\0'", "encoding"),
        (b"# -*- coding: utf-7 -*-\n", "encoding"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n", "encoding"),
        (b"# coding: " + b"x" * 10_000, "encoding"),
        (b"\n# coding: one-hot\n", "encoding"),  # Python refuses it, too
        (b"#" * (2**20 + 1), "size"),
    ],
)
def test_files_that_are_no_python_text(tmp_path: Path, content: bytes, cause: str) -> None:
    submission = from_file(put(tmp_path / "f.py", content), "bob", "a/b")

    assert submission.source is None
    assert submission.refusal
    assert submission.refusal.cause == cause
    assert len(submission.refusal.words) < 200
    assert submission.digest == ""


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfx = 1\r\n",
        b"x = 1\r",
        b"# coding: utf-8\nx = 1\n",
        b"# -*- coding: utf-8-unix -*-\nx = 1\n",
        b"import torch\n# Encoding: one-hot, as in the lecture.\nx = 1\n",
    ],
)
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
        assert "symbolic" not in submission.refusal.words


def test_a_notebook_is_not_opened_here(tmp_path: Path) -> None:
    submission = from_file(put(tmp_path / "f.ipynb", "{"), "bob", "x/f")

    assert submission == Submission("bob", "x/f", None, notebook=b"{")
    assert len(submission.digest) == 64


def test_text_that_turns_its_direction_is_noted() -> None:
    submission = from_content("x = 1  # \u202e evil".encode(), "f.py", "bob", "a/f")

    assert submission.source
    assert "turns the direction" in submission.notes[0]


def test_a_line_that_is_quoted_repaints_no_terminal() -> None:
    submission = from_content("x = '\x1b[2J\u202e'\n".encode(), "f.py", "bob", "a/f")

    assert submission.place(1) == ("line 1", "x = '\\x1b[2J\\u202e'")


@pytest.mark.parametrize("name", ["x" * 300, "a\nb", "\x1b" * 100, "\udcff", ""])
def test_a_name_is_shown_on_one_line_and_not_in_full_length(name: str) -> None:
    assert shown(name).isprintable()
    assert len(shown(name)) <= 100


def test_a_place_is_a_line_as_python_counts_them() -> None:
    submission = from_content(b"a = 1\x0c\n  b = 2\n", "f.py", "bob", "a/f")

    assert submission.place(2) == ("line 2", "b = 2")
    assert submission.place(99) == ("line 99", "")
