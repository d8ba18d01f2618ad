"""The documents say what is so: their commands are run, in their order, with the files that they show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from grader.exercise import Course

from .conftest import REPOSITORY

BLOCK = re.compile(r"(?:<!-- (?P<path>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)


def follow(document: Path, folder: Path) -> list[str]:
    """Write every file and run every command of ``document`` in ``folder``; what the commands printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    printed = []
    for block in BLOCK.finditer(document.read_text()):
        if block["path"]:
            target = folder / block["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block["text"])
        elif block["kind"] == "console":
            for line in re.findall(r"^\$ (.*)$", block["text"], re.MULTILINE):
                done = subprocess.run(
                    line, shell=True, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True
                )
                assert done.returncode == (1 if "# not sound yet" in line else 0), done.stdout + done.stderr
                printed.append(done.stdout)
    return printed


def test_writing_an_exercise(tmp_path: Path) -> None:
    document = REPOSITORY / "docs/writing-an-exercise.md"

    new, unwritten, release, survivor, sound, grades = follow(document, tmp_path)

    assert "Now write what says TODO" in new
    assert "is still to be written" in unwritten
    assert "exercises/loss/huber/huber.ipynb" in release
    shown = re.findall(r"^  ✗ .*$", document.read_text(), re.MULTILINE)
    assert re.findall(r"^  ✗ .*$", survivor, re.MULTILINE) == shown
    assert "All sound." in sound
    told = re.search(r"tells her: \*(.*)\*", document.read_text())
    assert told and told[1] in grades


def test_every_exercise_has_its_place_in_the_course() -> None:
    page = (REPOSITORY / "docs/course.md").read_text()

    missing = [exercise.name for exercise in Course.open(REPOSITORY).exercises if f"| `{exercise.name}` |" not in page]

    assert missing == []
