"""Where right training arrives, measured: the band of final losses that the reference reaches over many seeds.

The edges of a band are the lowest and the highest loss among n runs of the reference. By Wilks (1941, "Determination of
sample sizes for setting tolerance limits", Ann. Math. Statist. 12) a further run lies beyond such an edge with a
probability of at most p = 1 - (1 - confidence)^(1/n), whatever the distribution: losses are skewed, and a normal
approximation would promise too much. A check takes the median of five runs, so three of them have to lie beyond.
"""

from __future__ import annotations

import ast
import hashlib
import json
import math
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grader.exercise import CourseError, Exercise, parsed
from grader.result import write_atomically

RUNS = 5  # of which a check takes the median
SEEDS = 1300  # runs of the reference that a band is measured with: both edges together stay below one in a million
CONFIDENCE = 0.99
FILE = "bands.json"


@dataclass(frozen=True)
class Band:
    """The losses at which right training arrives."""

    low: float
    high: float
    median: float
    seeds: int  # runs that it was measured with
    first: int = 0  # seed of a check's own runs: theirs are counted from here. Not measured, so not written either

    def beyond(self) -> float:
        """An upper bound, at 99 % confidence, of the probability that one right run lies beyond one edge."""
        return float(1 - (1 - CONFIDENCE) ** (1 / self.seeds))

    def flake(self) -> float:
        """An upper bound of the probability that the median of five right runs lies outside, at either edge."""
        p, least = self.beyond(), RUNS // 2 + 1
        one_edge = sum(math.comb(RUNS, j) * p**j * (1 - p) ** (RUNS - j) for j in range(least, RUNS + 1))
        return 2 * one_edge


@dataclass
class Measurement:
    """Takes the place of a band while it is measured: gathers what the runs of the reference arrive at."""

    seeds: int
    losses: list[float] = field(default_factory=list)

    def run(self, run: Callable[[int], float]) -> None:
        self.losses = [float(run(seed)) for seed in range(self.seeds)]

    def band(self) -> Band:
        """The band of the losses; :class:`~grader.exercise.CourseError` when the reference itself diverged."""
        if not self.losses:
            raise CourseError("The check takes `band` and never hands it to assert_converges: nothing was measured.")
        if not all(map(math.isfinite, self.losses)):
            raise CourseError("The reference's own training diverged for some seeds: no band can be measured.")
        return Band(min(self.losses), max(self.losses), statistics.median(self.losses), len(self.losses))


def read_bands(exercise_folder: Path) -> dict[str, Band]:
    """The bands of an exercise, by the name of the check's case; none when none were measured."""
    path = exercise_folder / FILE
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: _band(name, fields) for name, fields in data["bands"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        again = f"gradstep measure {exercise_folder.parent.name}/{exercise_folder.name}"
        why = str(error) if isinstance(error, ValueError) else repr(error)  # a KeyError's text is only the key
        raise CourseError(f"{path} does not hold bands: {why}. Measure them again: {again}.") from error


def _band(name: str, fields: dict[str, Any]) -> Band:
    band = Band(**fields)
    for key, value in asdict(band).items():
        if type(value) not in (int, float) or not math.isfinite(value):
            raise ValueError(f"{key} of {name} is {value!r}, expected a number")
    if type(band.seeds) is not int or band.seeds < 1:
        raise ValueError(f"seeds of {name} is {band.seeds!r}, expected how many runs it was measured with")
    return band


def write_bands(exercise: Exercise, bands: dict[str, Band]) -> None:
    """Write ``bands.json``, with the hash of what was measured."""
    measured = {name: asdict(band) for name, band in bands.items()}
    for fields in measured.values():
        del fields["first"]
    data: dict[str, Any] = {"of": content_hash(exercise), "bands": measured}
    write_atomically(exercise.folder / FILE, json.dumps(data, indent=2) + "\n")


def is_current(exercise: Exercise) -> bool:
    """Whether the bands were measured on the reference, the probes and the suite that are there now."""
    try:
        data = json.loads((exercise.folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("of") == content_hash(exercise)


def content_hash(exercise: Exercise) -> str:
    """Of what a measured loss depends on; comments and layout do not count."""
    digest = hashlib.sha256()
    for path in (exercise.code, exercise.folder / "probes.py", exercise.hidden_suite):
        digest.update(ast.dump(parsed(path)).encode() + b"\0")
    return digest.hexdigest()
