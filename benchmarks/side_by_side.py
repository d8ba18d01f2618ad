"""The same work through other graders and through gradstep, in turn: CPU, wall time, memory, and what became of it."""

from __future__ import annotations

import contextlib
import math
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Cost, Machine, peak_mb
from benchmarks.peers import CannotRun, Peer
from benchmarks.peers.check50 import Check50
from benchmarks.peers.cold_pytest import ColdPytest
from benchmarks.peers.gradstep import Command, Forbidding, Warm
from benchmarks.peers.nbgrader import Nbgrader
from benchmarks.peers.otter import Otter
from benchmarks.peers.warm_pytest import WarmPytest
from benchmarks.submissions import Work, mixed, right

OURS = "gradstep"


@dataclass
class Row:
    """What one grader took."""

    name: str
    command: str
    costs: list[Cost] = field(default_factory=list)  # a submission, one of each round
    peak: float = math.nan  # MB; unknown where this process is a part of the grader
    mixed_wall: float = 0.0  # seconds, of the class with loops and crashes
    mixed_scores: dict[str, float | None] = field(default_factory=dict)
    why_not: str = ""

    def cpu(self) -> float:
        """Milliseconds a submission, in the median."""
        return 1000 * statistics.median(cost.cpu for cost in self.costs)

    def wall(self) -> float:
        return 1000 * statistics.median(cost.wall for cost in self.costs)


def graders() -> list[Peer]:
    return [Nbgrader(), Otter(), Check50(), ColdPytest(), WarmPytest(), Warm(), Forbidding(), Command()]


def compare(machine: Machine, rounds: int, submissions: int) -> list[Row]:
    """Each grader on ``submissions`` right ones, in turn, for ``rounds``; then each on the mixed class, once."""
    rows = {grader.name: Row(grader.name, grader.command) for grader in graders()}
    with ready(rows, right(submissions), set(rows)) as able:
        for _ in range(rounds):
            for grader in able:
                cost = machine.cost(grader.grade)
                rows[grader.name].costs.append(Cost(cost.cpu / submissions, cost.wall / submissions))
                wrong = {student for student, score in grader.scores().items() if score != 8}
                assert not wrong, (grader.name, wrong)
    for name, row in rows.items():  # one by one: nobody's tree holds what another has left running
        with ready(rows, right(3), {name}) as able:
            for grader in able:
                if not isinstance(grader, Warm):  # its suite runs in this process, among all else that is here
                    row.peak = peak_mb(grader.grade)
    with ready(rows, mixed(), set(rows) - {WarmPytest.name}) as able:  # a loop would end the floor for ever
        for grader in able:
            rows[grader.name].mixed_wall = machine.cost(grader.grade).wall
            rows[grader.name].mixed_scores = grader.scores()
    return list(rows.values())


@contextlib.contextmanager
def ready(rows: dict[str, Row], work: list[Work], names: set[str]) -> Iterator[list[Peer]]:
    """The graders with ``names`` that can run here, with ``work`` before them; of the others the row says why not."""
    able: list[Peer] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        for grader in graders():
            if rows[grader.name].why_not or grader.name not in names:
                continue
            folder = Path(home) / grader.name.replace(" ", "_").replace(",", "")
            folder.mkdir()
            try:
                grader.install()
                grader.prepare(folder, work)
            except (CannotRun, OSError) as error:
                rows[grader.name].why_not = str(error)
                continue
            able.append(grader)
        try:
            yield able
        finally:
            for grader in able:
                if isinstance(grader, Warm | WarmPytest):
                    grader.close()


def ratio(ours: Row, theirs: Row) -> float:
    """How many times as much CPU as ours: the median over pairs of one round."""
    return statistics.median(t.cpu / o.cpu for o, t in zip(ours.costs, theirs.costs, strict=True))


def lost(row: Row) -> tuple[int, int]:
    """Of the mixed class: how many have no score at all, and how many another score than they deserve."""
    deserved = {work.student: work.score for work in mixed()}
    scores = {student: row.mixed_scores.get(student) for student in deserved}
    none = sum(score is None for score in scores.values())
    return none, sum(score is not None and score != deserved[student] for student, score in scores.items())
