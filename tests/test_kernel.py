"""System calls that the standard library lacks, as a worker meets them."""

from __future__ import annotations

import subprocess
import sys

LIBRARY_THAT_TIDIES_UP = """
import ctypes, os
from grader.worker import kernel

libc = ctypes.CDLL(None)
tidy_up = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p)(lambda status, _: os.write(1, b"tidied up") and None)
libc.on_exit(tidy_up, None)
{before_the_end}
libc.exit(7)
"""


def _ends(before_the_end: str) -> tuple[int, str]:
    code = LIBRARY_THAT_TIDIES_UP.format(before_the_end=before_the_end)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_a_library_that_ends_the_process_ends_it_at_once() -> None:
    assert _ends("pass") == (7, "tidied up")
    assert _ends("kernel.exit_at_once()") == (7, "")


def test_a_child_ends_at_once_as_well() -> None:
    child = "kernel.exit_at_once()\nif pid := os.fork(): os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))"

    assert _ends(child) == (7, "")
