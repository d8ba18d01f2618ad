"""Intake of a class: folders, archives, look-alikes, and what belongs to no exercise."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import subprocess
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from grader.intake import MAX_STRAYS, Intake, Member, Unpack, Unpacked, collect
from grader.opening import open_archive
from grader.sandbox import Sandbox

NAMES = ["loss/cross_entropy", "optimizer/sgd"]


@pytest.fixture
def unpack(sandbox: Sandbox) -> Unpack:
    return partial(open_archive, sandbox=sandbox)


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def notebook(source: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": source}], "nbformat": 4, "metadata": {}})


def packed(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def found(intake: Intake) -> dict[tuple[str, str], str]:
    """(student, exercise) → the source, or the cause of its refusal in brackets."""
    return {
        (s.student, s.exercise): f"[{s.refusal.cause}]" if s.refusal else s.source or str(s.notebook)
        for s in intake.submissions
    }


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
        "bob/loss/crossentropy.py belongs to no exercise. Is it meant for loss/cross_entropy?",
    )


def test_two_files_for_one_exercise(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/cross_entropy.py", "a = 1\n")
    put(tmp_path / "bob/loss/cross_entropy.ipynb", notebook("a = 2"))

    submission = collect(tmp_path, NAMES).submissions[0]

    assert submission.source == "a = 1\n"
    assert "handed in 2 times" in submission.notes[0]


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


# --- archives -----------------------------------------------------------------------------------------------------


def test_work_in_archives(tmp_path: Path, unpack: Unpack) -> None:
    put(tmp_path / "ada.zip", packed({"my work/loss/cross_entropy.py": "a = 1\n", "my work/sgd.py": ""}))
    put(tmp_path / "bob/homework.ZIP", packed({"optimizer/sgd.ipynb": notebook("b = 1")}, zipfile.ZIP_LZMA))
    put(tmp_path / "bob/loss/cross_entropy.py", "c = 1\n")

    intake = collect(tmp_path, NAMES, unpack=unpack)

    assert found(intake) == {
        ("ada", "loss/cross_entropy"): "a = 1\n",
        ("ada", "optimizer/sgd"): "[missing]",
        ("bob", "loss/cross_entropy"): "c = 1\n",
        ("bob", "optimizer/sgd"): str(notebook("b = 1").encode()),
    }
    assert intake.strays == ("ada/my work/sgd.py in ada.zip belongs to no exercise.",)


def test_who_handed_in_something_else_is_told(tmp_path: Path) -> None:
    put(tmp_path / "ada/loss/crossentropy.py", "")

    refusal = collect(tmp_path, NAMES, NAMES[:1]).submissions[0].refusal

    assert refusal
    assert refusal.words == (
        "Nothing was handed in: expected loss/cross_entropy.py or loss/cross_entropy.ipynb. Found, and not graded: "
        "loss/crossentropy.py belongs to no exercise. Is it meant for loss/cross_entropy?"
    )


def _link(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def _damaged() -> bytes:
    data = bytearray(packed({"loss/cross_entropy.py": b"x = 1\n" * 9}, zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(packed({"loss/cross_entropy.py": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _overlapping() -> bytes:
    data = bytearray(packed({"loss/cross_entropy.py": b"x = 1\n", "optimizer/sgd.py": b"x = 1\n"}, zipfile.ZIP_STORED))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


ARCHIVES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "no archive": (lambda: b"not a zip", "archive", "not a zip archive"),
    "cut off": (lambda: packed({"loss/cross_entropy.py": "x" * 1000})[:-40], "archive", "not a zip archive"),
    "bomb": (lambda: packed({"loss/cross_entropy.py": bytes(200 * 2**20)}), "size", "larger than 20 MB"),
    "many files": (lambda: packed({f"{n}": "" for n in range(2001)}), "archive", "holds 2001 files"),
    "traversal": (lambda: packed({"../../loss/cross_entropy.py": ""}), "archive", "leads out"),
    "absolute": (lambda: packed({"/tmp/loss/cross_entropy.py": ""}), "archive", "leads out"),
    "drive": (lambda: packed({"C:/loss/cross_entropy.py": ""}), "archive", "leads out"),
    "link": (lambda: _link("loss/cross_entropy.py"), "archive", "a link or a device"),
    "damaged": (_damaged, "archive", "damaged"),
    "encrypted": (_encrypted, "archive", "without a password"),
    "overlapping": (_overlapping, "archive", "shares its bytes"),
    "two": (
        lambda: packed({"old/loss/cross_entropy.py": "", "new/loss/cross_entropy.py": ""}),
        "archive",
        "handed in 2 times",
    ),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_is_not_read_is_named(tmp_path: Path, unpack: Unpack, name: str) -> None:
    make, cause, words = ARCHIVES[name]
    content = make()
    put(tmp_path / "eve/work.zip", content)

    submission = collect(tmp_path, NAMES, NAMES[:1], unpack).submissions[0]

    assert submission.refusal
    assert submission.refusal.cause == cause
    assert words in submission.refusal.words
    assert "work.zip" in submission.refusal.words
    assert (tmp_path / "eve/work.zip").read_bytes() == content
    assert sorted(os.listdir(tmp_path / "eve")) == ["work.zip"]


def test_a_file_beats_an_archive(tmp_path: Path, unpack: Unpack) -> None:
    put(tmp_path / "ada/loss/cross_entropy.py", "a = 1\n")
    put(tmp_path / "ada/old.zip", packed({"loss/cross_entropy.py": "a = 0\n"}))

    submission = collect(tmp_path, NAMES, unpack=unpack).submissions[0]

    assert submission.source == "a = 1\n"
    assert "handed in 2 times" in submission.notes[0]


def test_other_archives_are_named(tmp_path: Path) -> None:
    put(tmp_path / "ada/work.tar.gz", b"")
    put(tmp_path / "ada/deep/work.zip", b"")

    assert collect(tmp_path, NAMES).strays == (
        "ada/deep/work.zip is not opened: archives lie directly in the student's folder.",
        "ada/work.tar.gz is not opened: of archives only .zip is.",
    )


def test_an_archive_named_like_a_folder_above_stays_here(tmp_path: Path, unpack: Unpack) -> None:
    put(tmp_path / "...zip", packed({"loss/cross_entropy.py": ""}))
    put(tmp_path / ".zip", packed({"loss/cross_entropy.py": ""}))

    assert collect(tmp_path, NAMES, unpack=unpack).students == ()


def test_names_that_look_alike_are_noted_and_kept_apart(tmp_path: Path) -> None:
    put(tmp_path / "ada/loss/cross_entropy.py", "a = 1\n")
    put(tmp_path / "Ada/loss/cross_entropy.py", "a = 2\n")

    intake = collect(tmp_path, NAMES)

    assert intake.students == ("Ada", "ada")
    assert "Ada and ada" in intake.strays[0]


# --- folders and names that their owners chose --------------------------------------------------------------------


def test_names_that_are_no_text_can_be_written_down(tmp_path: Path) -> None:
    for name in (b"ada/loss/\xff.py", b"ada/\xff.zip", b"M\x81ller/loss/cross_entropy.py"):
        put(tmp_path / os.fsdecode(name), "x = 1\n")

    intake = collect(tmp_path, NAMES, unpack=lambda content, exercises: Unpacked(strays=("\udcff.py",)))

    assert intake.students == ("M\\x81ller", "ada")
    assert [s.student for s in intake.submissions if s.source] == ["M\\x81ller"]
    assert json.dumps([*intake.strays, *found(intake)], ensure_ascii=False).encode()
    assert "ada/loss/\\udcff.py belongs to no exercise." in intake.strays


def test_names_stay_on_one_line(tmp_path: Path) -> None:
    put(tmp_path / "ada/loss/x\nNote: bob has full marks.py", "")
    put(tmp_path / "ada/\x1b[2J\u202e.zip", b"")

    intake = collect(tmp_path, NAMES, NAMES[:1], lambda content, exercises: Unpacked(strays=("y\r.py",)))
    refusal = intake.submissions[0].refusal

    assert refusal
    assert all(text.isprintable() for text in (*intake.strays, refusal.words))


def test_a_deep_folder_is_no_trap(tmp_path: Path) -> None:
    put(tmp_path / "ada/loss/cross_entropy.py", "x = 1\n")
    at = os.open(tmp_path / "ada", os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=at)
        above, at = at, os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(above)
    os.close(at)
    try:
        assert found(collect(tmp_path, NAMES)) == {("ada", "loss/cross_entropy"): "x = 1\n"}
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "ada" / "d")], check=True)  # Python's own would recurse


def test_a_folder_of_thousands_drowns_nobody(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/crossentropy.py", "")
    for number in range(3000):
        put(tmp_path / f"ada/lib/{number}.py", "")

    strays = collect(tmp_path, NAMES).strays

    assert len(strays) == MAX_STRAYS + 2
    assert "ada/and 2980 more files that are not graded." in strays
    assert strays[-1].startswith("bob/loss/crossentropy.py belongs to no exercise.")


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "ada/closed/x", "")
    scandir = os.scandir

    def closed(path: Path) -> object:
        if str(path).rstrip("/").endswith("closed"):
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)

    assert collect(tmp_path, NAMES).strays == ("ada/closed/ cannot be read.",)


def test_links_are_not_followed_for_strays(tmp_path: Path) -> None:
    put(tmp_path / "bob/loss/idea.py", "")
    put(tmp_path / "ada/x", "")
    (tmp_path / "ada/up").symlink_to("../bob")

    assert [stray.partition("/")[0] for stray in collect(tmp_path, NAMES).strays] == ["bob"]


# --- archives, many and of many packers ---------------------------------------------------------------------------


def test_two_archives_of_one_name_are_both_opened(tmp_path: Path, unpack: Unpack) -> None:
    put(tmp_path / "ada.zip", packed({"loss/cross_entropy.py": "a = 1\n"}))
    put(tmp_path / "ada/ada.zip", packed({"optimizer/sgd.py": "b = 1\n"}))

    assert found(collect(tmp_path, NAMES, unpack=unpack)) == {
        ("ada", "loss/cross_entropy"): "a = 1\n",
        ("ada", "optimizer/sgd"): "b = 1\n",
    }


PATHS = ["./loss/cross_entropy.py", "my work\\loss\\cross_entropy.py", "Homework: week 1/loss/cross_entropy.py"]


@pytest.mark.parametrize("path", PATHS)
def test_paths_as_packers_write_them(tmp_path: Path, unpack: Unpack, path: str) -> None:
    put(tmp_path / "ada.zip", packed({path: "a = 1\n"}))

    assert collect(tmp_path, NAMES, unpack=unpack).submissions[0].source == "a = 1\n"


@pytest.mark.parametrize("path", ["..\\loss\\cross_entropy.py", ".//loss/cross_entropy.py", "\\loss\\cross_entropy.py"])
def test_paths_that_lead_out_with_other_strokes(tmp_path: Path, unpack: Unpack, path: str) -> None:
    put(tmp_path / "ada.zip", packed({path: ""}))

    refusal = collect(tmp_path, NAMES, unpack=unpack).submissions[0].refusal

    assert refusal
    assert "leads out" in refusal.words


def test_an_archive_in_an_archive_is_named(tmp_path: Path, unpack: Unpack) -> None:
    put(tmp_path / "ada.zip", packed({"inner.zip": packed({"loss/cross_entropy.py": ""})}))

    submission = collect(tmp_path, NAMES, NAMES[:1], unpack).submissions[0]

    assert submission.refusal
    assert "inner.zip in ada.zip is not opened: it is an archive in an archive." in submission.refusal.words


def test_a_thousand_copies_are_not_all_named(tmp_path: Path, unpack: Unpack) -> None:
    put(tmp_path / "ada.zip", packed({f"{n:0200}/loss/cross_entropy.py": "" for n in range(1000)}))

    refusal = collect(tmp_path, NAMES, unpack=unpack).submissions[0].refusal

    assert refusal
    assert "1000 times" in refusal.words
    assert "and 997 more" in refusal.words
    assert len(refusal.words) < 700


def test_all_archives_of_one_student_have_room_together(tmp_path: Path) -> None:
    for number in range(30):
        put(tmp_path / f"ada/{number:02}.zip", "x")
        put(tmp_path / f"bob/{number:02}.zip", "x")
    opened = []

    def unpack(content: bytes, exercises: list[str]) -> Unpacked:
        opened.append(content)
        return Unpacked((Member("optimizer/sgd", "sgd.ipynb", bytes(20 * 2**20 if len(opened) < 5 else 0)),))

    intake = collect(tmp_path, NAMES, NAMES, unpack)
    words = {s.student: s.refusal.words for s in intake.submissions if s.refusal and s.exercise == "loss/cross_entropy"}

    assert len(opened) == 4 + 7
    assert words == {
        "ada": "03.zip is not read. All archives together hold more than 60 MB.",
        "bob": "07.zip is not read. Of 30 archives only 7 are opened.",
    }
