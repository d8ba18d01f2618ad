"""What training did, as numbers: right, wrong, diverging and crashing code, and the reference's band."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import pictures
from grader.checking import Checker
from grader.exercise import Course
from grader.pictures import Picture, curve, facts, walk

from .conftest import REPOSITORY

SGD, TRAIN = "optimizer/sgd", "loop/train"
ASCENT = """
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, g, v in zip(params, grads, velocities):
        v.mul_(momentum).add_(g)
        p.add_(5 * lr * v)
"""
NEVER_CLEARED = """
def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        losses = []
        for input, target in batches:
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
"""


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(Course.open(REPOSITORY)) as checker:
        yield checker


def take(checker: Checker, name: str, source: str | Path, folder: Path) -> Picture | str:
    exercise = checker.course.exercise(name)
    path = folder / exercise.code.name
    path.write_text(source.read_text() if isinstance(source, Path) else source)
    released = REPOSITORY / "exercises" / name
    return checker.use(exercise, path, lambda student: pictures.take(exercise, student, released))


def reference(name: str) -> Path:
    return Course.open(REPOSITORY).exercise(name).code


def test_right_steps_lead_down(checker: Checker, tmp_path: Path) -> None:
    taken = take(checker, SGD, reference(SGD), tmp_path)

    assert isinstance(taken, Picture)
    (valley,) = taken.surfaces
    assert len(valley.xs) == len(valley.ys) == len(valley.losses) == len(valley.losses[0]) == pictures.GRID
    for one in valley.walks:
        assert len(one.points) == len(one.losses) == 41
        assert one.losses[-1] < one.losses[0] / 1000
        assert all(valley.holds(point) for point in one.points)
    assert all("out of the window" not in fact for fact in facts(taken))


def test_steps_that_diverge_are_told(checker: Checker, tmp_path: Path) -> None:
    taken = take(checker, SGD, ASCENT, tmp_path)

    assert isinstance(taken, Picture)
    assert any("out of the window at step 1" in fact or "it diverged" in fact for fact in facts(taken))


def test_a_right_loop_lies_in_the_band(checker: Checker, tmp_path: Path) -> None:
    taken = take(checker, TRAIN, reference(TRAIN), tmp_path)

    assert isinstance(taken, Picture)
    (losses,) = taken.curves
    assert losses.band is not None and len(losses.band.low) == len(losses.values) == 20
    assert facts(taken)[-1].endswith("inside the reference's band.")


def test_a_loop_that_never_clears_leaves_the_band(checker: Checker, tmp_path: Path) -> None:
    taken = take(checker, TRAIN, NEVER_CLEARED, tmp_path)

    assert isinstance(taken, Picture)
    assert "outside of the reference's band from epoch" in facts(taken)[-1]


def test_code_that_crashes_draws_nothing_and_says_why(checker: Checker, tmp_path: Path) -> None:
    words = take(checker, SGD, "def sgd_step(*arguments, **options):\n    return 1 / 0\n", tmp_path)

    assert isinstance(words, str)
    assert "ZeroDivisionError" in words and "line 2: `return 1 / 0`" in words


def test_what_is_no_list_of_numbers_makes_no_curve(checker: Checker, tmp_path: Path) -> None:
    source = NEVER_CLEARED.replace("return history", "return None")

    taken = take(checker, TRAIN, source, tmp_path)

    assert isinstance(taken, Picture)
    assert facts(taken)[-1] == "Loss of each epoch: what training returned is no list of numbers."
    assert curve("", "step", [1.0, "x"]).values == ()


def test_a_walk_ends_where_there_is_no_point() -> None:
    import torch

    def loss(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return x**2 + y**2

    ends: list[object] = [None, torch.tensor([1.0, math.nan]), torch.ones(3)]
    for end in ends:
        went = walk("", loss, (1.0, 2.0), lambda point, number, end=end: end if number else point / 2, 9)  # type: ignore
        assert went.points == ((1.0, 2.0), (0.5, 1.0))


def test_bands_are_recorded_anew_only_when_something_has_changed() -> None:
    exercise = Course.open(REPOSITORY).exercise(TRAIN)
    released = (REPOSITORY / "exercises" / TRAIN / pictures.FILE).read_text()
    marked = json.dumps({**json.loads(released), "here": "from elsewhere"})

    assert pictures.record(exercise, marked) == marked
    again = json.loads(pictures.record(exercise, ""))["bands"]["Loss of each epoch"]
    for key, values in json.loads(released)["bands"]["Loss of each epoch"].items():
        assert again[key] == pytest.approx(values, rel=1e-3)
