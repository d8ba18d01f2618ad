"""What this process may use of the machine: cores and memory, also where a container sets the bounds."""

from __future__ import annotations

import os
from pathlib import Path

_CGROUPS = Path("/sys/fs/cgroup")
_UNLIMITED_MB = 2**24


def cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory_mb() -> int:
    """MB of memory: the machine's, or what a control group leaves this process of it; 0 where nobody tells."""
    try:
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    except (ValueError, OSError, AttributeError):  # not on every system
        return 0
    return min([machine, *_limits_mb()])


def _limits_mb() -> list[int]:
    """Limits of the control groups around this process (cgroups(7), version 1 and 2)."""
    try:
        groups = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found = []
    for line in groups:
        _, controllers, name = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        root, file = (_CGROUPS / "memory", "memory.limit_in_bytes") if controllers else (_CGROUPS, "memory.max")
        own = root / name.lstrip("/")
        found += [_read_mb(folder / file) for folder in (own, *own.parents) if folder.is_relative_to(root)]
    return [limit for limit in found if 0 < limit < _UNLIMITED_MB]


def _read_mb(path: Path) -> int:
    try:
        return int(path.read_text(encoding="utf-8")) // 2**20
    except (OSError, ValueError):  # not there, or "max"
        return 0
