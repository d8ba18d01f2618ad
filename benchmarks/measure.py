"""CPU, wall time and memory of whatever runs, looked at from outside."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.1


@dataclass(frozen=True)
class Cost:
    """What something took, in seconds."""

    cpu: float
    wall: float


class Machine:
    """The CPU account of all that this process starts: no fork, namespace or exit hides from it.

    Where this user may make a control group (root may), this process and what it starts have one of their own, whose
    account holds nothing else. Elsewhere it is the busy time of the whole machine (/proc/stat) less what the machine
    does anyway, and nothing else may run.
    """

    def __init__(self, seconds: float = 2.0) -> None:
        self._account = _own_account()
        self.is_exact = self._account is not None
        busy, started = _busy_seconds(), time.perf_counter()
        time.sleep(seconds)
        self.background = (_busy_seconds() - busy) / (time.perf_counter() - started)  # cores

    def cost(self, work: Callable[[], object]) -> Cost:
        """Do ``work``; what it took."""
        before, started = self._seconds(), time.perf_counter()
        work()
        wall = time.perf_counter() - started
        return Cost(self._seconds() - before - (0 if self._account else self.background * wall), wall)

    def _seconds(self) -> float:
        return self._account() if self._account else _busy_seconds()


def _own_account() -> Callable[[], float] | None:
    """CPU seconds of a new control group with this process in it; None where there can be none."""
    name = f"gradstep-bench-{os.getpid()}"
    for root, members, usage in (
        ("/sys/fs/cgroup", "cgroup.procs", _usage_of_version_2),
        ("/sys/fs/cgroup/unified", "cgroup.procs", _usage_of_version_2),
        ("/sys/fs/cgroup/cpuacct", "tasks", _usage_of_version_1),
    ):
        group = Path(root) / name
        try:
            group.mkdir()
            (group / members).write_text(str(os.getpid()))
            usage(group)
        except (OSError, StopIteration):
            continue
        atexit.register(_leave, group, members)
        return functools.partial(usage, group)
    return None


def _leave(group: Path, members: str) -> None:
    with contextlib.suppress(OSError):
        (group.parent / members).write_text(str(os.getpid()))
        group.rmdir()


def _usage_of_version_2(group: Path) -> float:
    lines = (group / "cpu.stat").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("usage_usec")) / 1e6


def _usage_of_version_1(group: Path) -> float:
    return int((group / "cpuacct.usage").read_text()) / 1e9


def _busy_seconds() -> float:
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    idle = fields[3] + fields[4]
    return (sum(fields[:8]) - idle) / os.sysconf("SC_CLK_TCK")


def peak_mb(work: Callable[[], object]) -> float:
    """The most memory that this process' children and theirs held while ``work`` ran, in MB.

    Proportional set sizes, sampled ten times a second: what processes share is counted once.
    """
    peak, done = 0.0, threading.Event()

    def sample() -> None:
        nonlocal peak
        while not done.wait(SAMPLE_SECONDS):
            peak = max(peak, sum(map(held_mb, descendants(os.getpid()))))

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        work()
    finally:
        done.set()
        sampler.join()
    return peak


def held_mb(pid: int, *fields: str) -> float:
    """The sum of ``fields`` of a process' memory (default: its proportional share), in MB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0.0
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return sum(sizes.get(field, 0) for field in fields or ("Pss",)) / 1024


def descendants(pid: int) -> list[int]:
    """The children of ``pid``, and theirs."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found
