"""Cores and memory, also inside a container's bounds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader import machine


def test_cores_are_those_that_this_process_may_use() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert machine.cores() == 1
    finally:
        os.sched_setaffinity(0, before)


def test_memory_is_the_machines() -> None:
    total = int(Path("/proc/meminfo").read_text().split()[1]) // 1024

    assert 0 < machine.memory_mb() <= total


@pytest.mark.parametrize(
    ("file", "text"), [("memory.max", "1073741824\n"), ("memory/memory.limit_in_bytes", "1073741824\n")]
)
def test_a_containers_limit_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / "memory").mkdir()
    (tmp_path / file).write_text(text)
    monkeypatch.setattr(machine, "_CGROUPS", tmp_path)
    groups = tmp_path / "groups"
    groups.write_text("0::/deep/er\n" if file == "memory.max" else "7:cpu:/x\n4:memory:/deep\n")
    real = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda path, **kwargs: real(groups if str(path) == "/proc/self/cgroup" else path, **kwargs)
    )

    assert machine.memory_mb() == 1024


def test_no_limit_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("max\n")
    monkeypatch.setattr(machine, "_CGROUPS", tmp_path)

    assert machine.memory_mb() == os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
