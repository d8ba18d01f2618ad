"""How a class's size and the machine's cores show in the time: ``gradstep grade``, from files to scores."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Machine, peak_mb
from benchmarks.peers.gradstep import Command
from benchmarks.submissions import right

SIZES = (10, 30, 100, 300, 1000, 3000)


@dataclass(frozen=True)
class Point:
    """One class, graded by so many processes."""

    students: int
    jobs: int
    cpu: float  # seconds
    wall: float


def by_size(machine: Machine, sizes: tuple[int, ...] = SIZES, jobs: tuple[int, ...] = (1, 2)) -> list[Point]:
    """Every size, with each number of processes."""
    return [point(machine, students, number) for students in sizes for number in jobs]


def point(machine: Machine, students: int, jobs: int) -> Point:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        command = Command("--jobs", str(jobs))
        command.prepare(Path(name), right(students))
        cost = machine.cost(command.grade)
        assert set(command.scores().values()) == {8.0}
        return Point(students, jobs, cost.cpu, cost.wall)


def line(points: list[Point]) -> tuple[float, float]:
    """Least squares through the wall seconds: (what a class costs however small, what each student costs)."""
    n = len(points)
    mean_x, mean_y = sum(p.students for p in points) / n, sum(p.wall for p in points) / n
    spread = sum((p.students - mean_x) ** 2 for p in points)
    slope = sum((p.students - mean_x) * (p.wall - mean_y) for p in points) / spread
    return mean_y - slope * mean_x, slope


def peak_of_class(students: int = 300) -> float:
    """MB that the whole tree of processes holds at most while such a class is graded."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        command = Command()
        command.prepare(Path(name), right(students))
        return peak_mb(command.grade)
