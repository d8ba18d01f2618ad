"""A worker's process, looked at from outside: its CPU time, its end. The zygote, which forked it, says how it ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time

from grader.link import SandboxBroken, clock_of
from grader.worker import kernel

START_SECONDS = 120.0


class SharedCore:
    """The core that this thread runs on, of those that it may use: a worker is to share it. Kept until :meth:`leave`.

    While one of the two works, the other one waits. On two cores each question and each answer goes from cache to
    cache and has to wake a sleeping core: a fifth of the CPU time of a submission (``make bench``, the parts).
    """

    def __init__(self, cores: set[int]) -> None:
        self._cores = cores
        self.number = kernel.current_core()
        self._stay_on({self.number})

    def leave(self) -> None:
        """Back to all the cores: this thread moves on when it next waits, should another one be free."""
        self._stay_on(self._cores)

    def _stay_on(self, cores: set[int]) -> None:
        with contextlib.suppress(OSError):  # cores may be taken away from a running process
            os.sched_setaffinity(0, cores)


class WorkerProcess:
    """The process of one worker; ``status`` is where the zygote says which it is, and later how it ended.

    ``place`` is left when it is killed; one that has ended is killed, too, when its link is closed.
    """

    def __init__(self, status: socket.socket, place: SharedCore) -> None:
        self._status = status
        self._place = place
        self._pidfd: int | None = None
        self._clock = 0
        self._code: int | None = None

    def receive_pidfd(self) -> None:
        self._status.settimeout(START_SECONDS)
        try:
            message, descriptors, _, _ = socket.recv_fds(self._status, 64, 1)
        except OSError as error:
            raise SandboxBroken("the zygote does not answer") from error
        if message != b"P":
            raise SandboxBroken("the zygote could not fork a worker")
        self._pidfd = descriptors[0]
        with open(f"/proc/self/fdinfo/{self._pidfd}") as file:
            pid = next(int(line.split()[1]) for line in file if line.startswith("Pid:"))
        self._clock = clock_of(pid)

    def cpu(self) -> float:
        return time.clock_gettime(self._clock)

    def kill(self) -> None:
        self._place.leave()
        if self._pidfd is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def exit_code(self, seconds: float) -> int | None:
        """How the worker ended: exit status, or minus the signal; None when the zygote is gone without a word.

        None as well when the worker has not ended within ``seconds``; then it can be asked again.
        """
        if self._status.fileno() < 0:  # asked before
            return self._code
        self._status.settimeout(seconds)
        try:
            message = self._status.recv(64)
        except TimeoutError:
            return None
        except OSError:
            message = b""
        self._code = int(message[1:]) if message[:1] == b"E" else None
        self._status.close()
        if self._pidfd is not None:
            os.close(self._pidfd)
            self._pidfd = None
        return self._code
