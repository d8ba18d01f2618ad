"""How often are students told their mistake, and never a wrong one? The tally of the judged corpus.

    python benchmarks/diagnosis.py

tests/goldens/diagnosis.csv has every diagnosis that the wrong submissions in tests/mistakes get, each judged by a
reader of the code. A submission counts once: as wrong when anything that it is told misleads; else as right when
something names its mistake; else as silent, for what it is told is true and does not help to find the mistake. Held out
are those called held_out_*: they were written after the signatures had been tuned on the others.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "tests" / "goldens" / "diagnosis.csv"
HELD_OUT = "held_out_"
COUNTS_AS = {"wrong": "wrong", "right": "right", "true": "silent"}  # by judgement; the first one that occurs decides


def main() -> None:
    judgements: dict[tuple[str, str], set[str]] = defaultdict(set)
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            judgements[row["exercise"], row["submission"]].add(row["judgement"])
    held_out = {key for key in judgements if key[1].startswith(HELD_OUT)}
    print("A submission is wrong when a diagnosis of it misleads, else right when one names its mistake, else silent.")
    _print("tuned", (judgements[key] for key in judgements.keys() - held_out))
    _print("held out", (judgements[key] for key in held_out))


def _print(title: str, submissions: Iterable[set[str]]) -> None:
    tally = Counter(_counts_as(judgements) for judgements in submissions)
    counts = ", ".join(f"{tally[kind]:>3} {kind}" for kind in ("right", "silent", "wrong"))
    print(f"{title:>8}: {counts}, of {tally.total()}")


def _counts_as(judgements: set[str]) -> str:
    if unknown := judgements - COUNTS_AS.keys():
        raise SystemExit(f"{GOLDEN}: judged {unknown.pop()!r}, expected one of: {', '.join(COUNTS_AS)}. Mend that row.")
    return next(kind for judgement, kind in COUNTS_AS.items() if judgement in judgements)


if __name__ == "__main__":
    main()
