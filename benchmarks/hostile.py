"""What does a class pay for its attackers? The same honest class graded alone, and with a third of it hostile.

    python -m benchmarks.hostile [--rounds 1]

The hostile third is the whole corpus of tests/attacks for ``wall/numbers``; there are two honest students for each.
Both classes are graded by ``gradstep grade``, in turn. Time budgets are those of the exercise: CPU seconds for what
computes, two wall limits for what sleeps.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from grader.exercise import Course
from grader.link import WALL_FACTOR
from grader.student import MAX_OVERSLEPT
from tests.attacks.battle import Battle, fight
from tests.attacks.corpus import FOLDER, Attack, corpus

EXERCISE = "wall/numbers"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    rounds = parser.parse_args().rounds
    hostile, honest = a_class()
    alone, together = zip(*[(grade(honest), grade(honest + hostile)) for _ in range(rounds)], strict=True)
    less, more = (statistics.median(battle.seconds for battle in battles) for battles in (alone, together))
    changed = sum(not scores(a).items() <= scores(b).items() for a, b in zip(alone, together, strict=True))
    print(f"{len(honest)} honest students alone: {less:.1f} s")
    print(f"with {len(hostile)} hostile ones:    {more:.1f} s, {more - less:.1f} s more")
    print(f"time budgets of the hostile ones: {budget(together[0], hostile):.1f} s")
    print(f"rounds in which an honest score changed: {changed} of {rounds}")


def a_class() -> tuple[list[Attack], list[Attack]]:
    """The attacks, and twice as many honest students, whose names stand between the attackers'."""
    here = [attack for attack in corpus() if attack.exercise == EXERCISE]
    hostile = [attack for attack in here if attack.item != "honest"]
    controls = [attack for attack in here if attack.item == "honest"]
    names = [f"{'abcdefghijk'[n % 11]}{n:03}" for n in range(2 * len(hostile))]
    return hostile, [replace(controls[n % len(controls)], student=name) for n, name in enumerate(names)]


def grade(students: list[Attack]) -> Battle:
    with tempfile.TemporaryDirectory(prefix="class-") as folder:
        return fight(students, Path(folder))


def scores(battle: Battle) -> dict[str, float | None]:
    return {student: result["score"] for (student, _), result in battle.results.items()}


def budget(battle: Battle, hostile: list[Attack]) -> float:
    """Seconds that these submissions may take, by how each of them ended."""
    limits = Course.open(FOLDER / "course").exercise(EXERCISE).limits
    asleep = MAX_OVERSLEPT * WALL_FACTOR * limits["cpu_seconds"]
    ended = [battle.results[attack.graded_as, EXERCISE]["cause"] for attack in hostile]
    return sum(asleep if cause == "wall" else limits["total_cpu_seconds"] for cause in ended)


if __name__ == "__main__":
    main()
