"""A hidden suite on right variants, on wrong ones, and on mutants."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from grader.audit.equivalents import Equivalents
from grader.audit.report import Audit, Row
from grader.ending import nowhere
from grader.examiner import Examiner
from grader.exercise import CourseError, Exercise, read_text
from grader.mutation import mutants
from grader.release import content
from grader.replay import converse, explanation
from grader.result import Outcome, Verdict
from grader.sandbox import Limits
from grader.spoiling import SPOILS, Spoiled, spoil
from grader.student import Conversation
from grader.suite import Check

_PATIENCE = 20  # a variant may take so many times as long as the reference
_LEAST_SECONDS = 1.0


@dataclass(frozen=True)
class Effort:
    """How much an audit tries."""

    seeds: int = 3  # for the right variants, beside the course's own
    every: int = 1  # every so-manyth mutant is tried; what only all of them tell is not said for more than 1


class SuiteAudit:
    """One hidden suite on everything that it must accept and everything that it must refuse."""

    def __init__(self, examiner: Examiner, exercise: Exercise, effort: Effort) -> None:
        self._examiner = examiner
        self._exercise = exercise
        self._effort = effort
        self._reference = read_text(exercise.code)
        self._listed = Equivalents(exercise)  # before the suite runs: what cannot be read is told at once
        self._faults: list[str] = []
        self._refusing: set[str] = set()  # checks that refused a wrong variant

    def run(self) -> Audit:
        checks = self._examiner.checks
        started = time.process_time()
        rows = [self._right("reference", self._exercise.code)]
        seconds = time.process_time() - started
        self._limits = Limits(max(_LEAST_SECONDS, _PATIENCE * seconds), float("inf"))
        rows += [self._right("alternative", path) for path in self._exercise.alternatives]
        rows += [*self._template()]
        rows += [self._misconception(path) for path in self._exercise.misconceptions]
        self._marks(checks)
        tried, survivors, equivalent = self._try_mutants()
        self._faults += [f"A survivor, a wrong variant with full marks: {name}." for name in survivors]
        idle = [check for check in checks if check.name not in self._refusing and self._effort.every == 1]
        self._faults += [f"{check.name} refuses no wrong variant: it gives its points away." for check in idle]
        self._other_seeds()
        return Audit(
            exercise=self._exercise.name,
            checks=[(check.name, check.title, check.points) for check in checks],
            rows=rows,
            mutants=tried,
            survivors=survivors,
            equivalent=equivalent,
            seeds=self._effort.seeds,
            seconds=round(seconds, 3),
            faults=self._faults,
        )

    def _marks(self, checks: Sequence[Check]) -> None:
        for check in checks:
            if not check.has_title:
                self._faults.append(f"{check.name} has no title: the first line of its docstring is one.")
            if not check.has_points:
                self._faults.append(f"{check.name} has no points: mark it with @pytest.mark.points(…).")

    # --- variants that are written ------------------------------------------------------------------------------

    def _right(self, kind: str, path: Path) -> Row:
        verdicts = self._examine(read_text(path), explain=False)
        for verdict in verdicts:
            if verdict.outcome is not Outcome.PASSED:
                self._faults.append(f"The {kind} {path.name} does not pass {verdict.name}: {verdict.feedback}")
        return _row(kind, path.stem, verdicts)

    def _template(self) -> Iterator[Row]:
        try:
            template = content(self._exercise)[self._exercise.code.name]
        except CourseError as error:
            self._faults.append(str(error))
            return
        row = _row("template", "untouched", self._examine(template, explain=False))
        for name, part in row.parts.items():
            if part:
                self._faults.append(f"The untouched template earns points in {name}.")
        yield row

    def _misconception(self, path: Path) -> Row:
        verdicts = self._examine(read_text(path), explain=True)
        told = list(dict.fromkeys(v.diagnosis for v in verdicts if v.diagnosis))
        row = _row("misconception", path.stem, verdicts, told)
        self._refusing |= {name for name, part in row.parts.items() if part < 1}
        if all(part == 1 for part in row.parts.values()):
            self._faults.append(f"A survivor, a wrong variant with full marks: misconceptions/{path.name}.")
        elif path.stem not in told and explanation(path):
            others = " and ".join(told) or "nothing"
            self._faults.append(f"misconceptions/{path.name} is not told apart: what its numbers say is {others}.")
        return row

    def _examine(self, source: str, *, explain: bool) -> tuple[Verdict, ...]:
        limits = Limits.of(self._exercise)
        student = converse(self._exercise, source, Limits(limits.cpu_seconds, float("inf")))
        return self._examiner.examine(student, nowhere, explain=explain)

    def _other_seeds(self) -> None:
        for path in (self._exercise.code, *self._exercise.alternatives):
            for seed in range(self._effort.seeds):
                with self._examiner.seeded(f"audit {seed}"):
                    lost = self._examiner.first_lost(converse(self._exercise, read_text(path)))
                if lost is not None:
                    self._faults.append(f"{path.name} does not pass {lost.name} with the seed 'audit {seed}'.")
                    break

    # --- variants that are made ---------------------------------------------------------------------------------

    def _try_mutants(self) -> tuple[int, list[str], int]:
        """How many were tried, the names of the survivors, and how many are listed as equivalent."""
        listed, refused = self._listed, {}
        for mutant in itertools.islice(mutants(self._reference), 0, None, self._effort.every):
            is_refused = self._refused(converse(self._exercise, mutant.source, self._limits))
            if listed.has(mutant.statement, mutant.before, mutant.after):
                if is_refused:
                    listed.killed(mutant.name)
            else:
                refused[mutant.name] = is_refused
        for kind in SPOILS:
            if (is_refused_too := self._spoiled_is_refused(kind)) is not None:
                refused[f"answers {kind}"] = is_refused_too
        self._faults += listed.faults() if self._effort.every == 1 else []
        return len(refused), [name for name, is_refused in refused.items() if not is_refused], listed.count

    def _spoiled_is_refused(self, kind: str) -> bool | None:
        """None when this spoil changes nothing that the reference answers: then it is no variant."""
        made: list[Spoiled] = []

        def change(module: ModuleType) -> None:
            made.append(spoil(module, kind))

        refused = self._refused(converse(self._exercise, self._reference, self._limits, change))
        return refused if any(one.applied for one in made) else None

    def _refused(self, variant: Conversation) -> bool:
        """Whether some check refuses it: first those that have refused nothing yet."""
        checks = sorted(self._examiner.checks, key=lambda check: check.name in self._refusing)
        lost = self._examiner.first_lost(variant, checks)
        if lost is None:
            return False
        self._refusing.add(lost.name)
        return True


def _row(kind: str, name: str, verdicts: Sequence[Verdict], told: Sequence[str] = ()) -> Row:
    parts = {v.name: (v.score or 0.0) / v.points for v in verdicts}
    return Row(kind, name, sum(v.score or 0.0 for v in verdicts), parts, ", ".join(told))
