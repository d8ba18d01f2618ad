"""The kernel's end of the process that checks (:mod:`grader.notebook.serving`): started early, asked, ended."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parents[1]
_END_SECONDS = 3.0  # for it to end by itself


class CheckerGone(Exception):
    """The process that checks has ended, or cannot be started; the text says how."""


class WarmChecker:
    """A process that checks, kept for as long as this one lives."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # the process that started it: a fork of this one must leave it alone
        atexit.register(self.close)

    def start(self, course: Path) -> None:
        """Let it get ready, for ``course`` first; returns at once."""
        if self._process is not None and self._process.poll() is None and self._owner == os.getpid():
            return
        begin = f"import sys; sys.path.insert(0, {str(_PACKAGE.parent)!r}); from grader.notebook.serving import main; "
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", f"{begin}main({str(course)!r})"],  # -P: a student's torch.py is not ours
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # an interrupt of the kernel goes to its whole process group
            )
        except OSError as error:
            raise CheckerGone(f"The process that checks could not be started: {error}.") from error
        self._owner = os.getpid()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request. Raises :class:`CheckerGone`; interrupted, the next one starts afresh."""
        self.start(Path(request["course"]))
        try:
            return self._asked(request)
        except BaseException:  # half a conversation is none; KeyboardInterrupt is how students stop what takes long
            self.kill()
            raise

    def close(self) -> None:
        """End it. Safe to call twice, and in a fork of this process."""
        if self._process is None or self._owner != os.getpid():
            return
        assert self._process.stdin
        try:
            self._process.stdin.close()
            self._process.wait(_END_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            pass  # it is still busy, or gone already
        self.kill()

    def kill(self) -> None:
        """End it at once. Its workers end with it."""
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                try:
                    if stream is not None:
                        stream.close()
                except OSError:
                    pass  # what it still held could not be delivered
        self._process = None

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process and self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = b""
        if not line.endswith(b"\n"):
            status = self._process.wait()
            words = f"The process that checks has ended (status {status}); the next check starts it again."
            raise CheckerGone(f"{words} `gradstep doctor` says what this machine has.")
        answer: dict[str, Any] = json.loads(line)
        return answer
