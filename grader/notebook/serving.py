"""The process that checks for a notebook: requests come in as lines of JSON, answers go out as lines of JSON.

It is a process of its own because a kernel is the student's: its default dtype, its random numbers, its number of
threads and its interrupts must not reach the checks, nor the checks them. It ends when its input does, and that is
also when the kernel is killed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from grader.checking import Checker
from grader.devices import DeviceMissing
from grader.exercise import Course, CourseError
from grader.link import SandboxBroken
from grader.submission import Submission, from_file


def main(course: str) -> None:
    """Answer until the input ends."""
    requests, answers = sys.stdin.buffer, _own_output()
    checkers: dict[Path, Checker] = {}
    try:
        with suppress(CourseError, SandboxBroken):  # who asks will hear of it
            _get_ready(_checker(checkers, Path(course)))
        for line in requests:
            _say(answers, _answer(checkers, json.loads(line)))
    except BrokenPipeError:
        pass  # nobody listens any more
    finally:
        for checker in checkers.values():
            checker.close()


def _own_output() -> IO[bytes]:
    """Standard output, for answers alone: whatever else is printed here must not be taken for one."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _get_ready(checker: Checker) -> None:
    """Import PyTorch, and what a suite needs, before somebody waits for it."""
    if checker.course.exercises:
        checker.prepare(checker.course.exercises[0])


def _answer(checkers: dict[Path, Checker], request: dict[str, Any]) -> dict[str, Any]:
    try:
        checker = _checker(checkers, Path(request["course"]))
        exercise = checker.course.exercise(request["exercise"])
        checker.prepare(exercise)  # its time is none of the check's
        checked = checker.check_submission(exercise, _submission(request), unstarted=request["unstarted"])
    except (CourseError, SandboxBroken, DeviceMissing, ImportError, OSError) as error:
        return {"error": str(error)}
    return {"result": checked.result.to_json(), "printed": checked.printed}


def _checker(checkers: dict[Path, Checker], root: Path) -> Checker:
    if root not in checkers:
        checkers[root] = Checker(Course.open(root))
    return checkers[root]


def _submission(request: dict[str, Any]) -> Submission:
    if "path" in request:
        return from_file(Path(request["path"]), "", request["exercise"])
    cells = tuple((int(first), int(number)) for first, number in request["cells"])
    return Submission("", request["exercise"], request["source"], cells=cells)


def _say(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()
