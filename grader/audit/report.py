"""What an audit found: the matrix of variants and checks, the survivors, the faults."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One variant in the matrix."""

    kind: str  # reference, alternative, template, misconception
    name: str
    score: float
    parts: dict[str, float]  # of the points of each check, 0 … 1
    told: str = ""  # the diagnoses that it got, for a misconception


@dataclass(frozen=True)
class Audit:
    """What was found in one exercise. Sound when there are no faults."""

    exercise: str
    checks: list[tuple[str, str, float]] = field(default_factory=list)  # name, title, points
    rows: list[Row] = field(default_factory=list)
    mutants: int = 0  # spoiled sources and answers that were tried, without those listed as equivalent
    survivors: list[str] = field(default_factory=list)
    equivalent: int = 0
    seeds: int = 0
    seconds: float = 0.0  # of the suite on the reference
    faults: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return self.mutants - len(self.survivors)

    @property
    def points(self) -> float:
        return sum(points for _, _, points in self.checks)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Audit:
        """The audit that :meth:`to_json` wrote."""
        rows = [Row(**row) for row in data.pop("rows")]
        checks = [(name, title, points) for name, title, points in data.pop("checks")]
        return cls(rows=rows, checks=checks, **data)
