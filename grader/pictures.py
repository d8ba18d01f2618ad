"""What training did, as numbers to draw: curves, and loss surfaces with the paths across them.

An exercise's ``picture.py`` (course code, on the trusted side) asks the student's code through ``student``, as a suite
does, and returns a :class:`Picture`. What the reference's curves do over many seeds is recorded at release, so that a
student without solutions sees the band in which right training stays.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.exercise import CourseError, Exercise
from grader.student import LocalStudent

if TYPE_CHECKING:
    import torch

FILE = "picture.json"
CODE = "picture.py"
SEED = 0  # of the student's own picture
BAND_SEEDS = 40
GRID = 61  # points along each side of a surface


class NoPicture(Exception):
    """There is nothing to draw; the text says why."""


@dataclass(frozen=True)
class Band:
    """Where the reference's curve lies over many seeds: smallest, median, largest value at each step."""

    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Curve:
    """Values over the steps or epochs of training."""

    title: str
    unit: str  # "epoch", "step"
    values: tuple[float, ...]
    band: Band | None = None


@dataclass(frozen=True)
class Walk:
    """Where training went: points and the loss at each; the first is where it started."""

    label: str
    points: tuple[tuple[float, float], ...]
    losses: tuple[float, ...]


@dataclass(frozen=True)
class Surface:
    """The loss over two parameters, and the walks across it."""

    title: str
    names: tuple[str, str]  # of the parameters
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    losses: tuple[tuple[float, ...], ...]  # losses[j][i] at (xs[i], ys[j])
    walks: tuple[Walk, ...]

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether ``point`` lies in the drawn window."""
        return self.xs[0] <= point[0] <= self.xs[-1] and self.ys[0] <= point[1] <= self.ys[-1]


@dataclass(frozen=True)
class Picture:
    """All that is drawn for one exercise."""

    title: str
    surfaces: tuple[Surface, ...] = ()
    curves: tuple[Curve, ...] = field(default=())


# --- for picture.py -----------------------------------------------------------------------------------------------


def walk(
    label: str,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    start: Sequence[float],
    step: Callable[[torch.Tensor, int], torch.Tensor],
    steps: int,
) -> Walk:
    """From ``start``, ``step(point, number)`` gives the next point, a float64 tensor of shape (2,).

    It ends early at a point that is no pair of finite numbers.
    """
    import torch

    point = torch.tensor(start, dtype=torch.float64)
    points, losses = [], []
    for number in range(steps + 1):
        value = float(loss(point[0], point[1]))
        points.append((float(point[0]), float(point[1])))
        losses.append(value)
        if number == steps or not math.isfinite(value):
            break
        found = step(point.clone(), number)
        if not _is_pair(found):
            break
        point = found.detach().to(torch.float64).reshape(2)
    return Walk(label, tuple(points), tuple(losses))


def _is_pair(found: Any) -> bool:
    import torch

    return isinstance(found, torch.Tensor) and found.numel() == 2 and bool(torch.isfinite(found).all())


def surface(
    title: str,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    names: tuple[str, str],
    window: tuple[float, float, float, float],
    walks: Sequence[Walk],
) -> Surface:
    """``loss(x, y)`` on a grid over ``window`` (left, right, bottom, top); it is called with float64 tensors."""
    import torch

    left, right, bottom, top = window
    xs = torch.linspace(left, right, GRID, dtype=torch.float64)
    ys = torch.linspace(bottom, top, GRID, dtype=torch.float64)
    values = loss(xs.expand(GRID, GRID), ys[:, None].expand(GRID, GRID))
    rows = tuple(tuple(row) for row in values.tolist())
    return Surface(title, names, tuple(xs.tolist()), tuple(ys.tolist()), rows, tuple(walks))


def curve(title: str, unit: str, values: Any) -> Curve:
    """A curve of what training returned; what is no list of numbers makes no curve, and a note says so."""
    numbers = values if isinstance(values, list | tuple) else []
    kept = tuple(float(value) for value in numbers if isinstance(value, int | float))
    return Curve(title, unit, kept if len(kept) == len(numbers) else ())


# --- taking a picture ---------------------------------------------------------------------------------------------


def has_picture(exercise: Exercise) -> bool:
    return (exercise.folder / CODE).is_file()


def take(exercise: Exercise, student: Any, released: Path) -> Picture:
    """The picture of ``student``'s training, with the bands recorded in the folder ``released``.

    Raises what asking the student raises, :class:`NoPicture`, or :class:`CourseError` for a broken ``picture.py``.
    """
    if not has_picture(exercise):
        raise NoPicture(f"{exercise.name} has no picture.")
    taken = _function(exercise)(student, SEED)
    bands = _bands(released)
    return replace(taken, curves=tuple(replace(one, band=bands.get(one.title)) for one in taken.curves))


def record(exercise: Exercise, current: str = "") -> str:
    """The text of ``picture.json``: the reference's bands; ``current`` when that is still right."""
    digest = hashlib.sha256()
    for path in (exercise.code, exercise.folder / CODE, exercise.folder / "probes.py"):
        digest.update((path.read_bytes() if path.exists() else b"") + b"\0")
    if _made_of(current) == digest.hexdigest():
        return current
    reference = LocalStudent(exercise.code, exercise.folder / "probes.py")
    runs = [_function(exercise)(reference, seed) for seed in range(BAND_SEEDS)]
    bands = {}
    for curves in zip(*(run.curves for run in runs), strict=True):
        by_step = [sorted(values) for values in zip(*(one.values for one in curves), strict=True)]
        low, median, high = zip(*((v[0], v[len(v) // 2], v[-1]) for v in by_step), strict=True)
        bands[curves[0].title] = {"low": _rounded(low), "median": _rounded(median), "high": _rounded(high)}
    return json.dumps({"of": digest.hexdigest(), "seeds": BAND_SEEDS, "bands": bands}, indent=1) + "\n"


def _rounded(values: Sequence[float]) -> list[float]:
    return [float(f"{value:.5g}") for value in values]


def _made_of(text: str) -> str:
    try:
        return str(json.loads(text)["of"])
    except (ValueError, KeyError, TypeError):
        return ""


def _bands(released: Path) -> dict[str, Band]:
    try:
        found = json.loads((released / FILE).read_text(encoding="utf-8"))["bands"]
        return {title: Band(*(tuple(one[key]) for key in ("low", "median", "high"))) for title, one in found.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _function(exercise: Exercise) -> Callable[[Any, int], Picture]:
    path = exercise.folder / CODE
    spec = importlib.util.spec_from_file_location(f"picture_of.{exercise.track}.{exercise.short_name}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        function: Callable[[Any, int], Picture] = module.picture
    except Exception as error:  # whatever an instructor's file can raise
        raise CourseError(f"{path} cannot be loaded: {error}") from error
    return function


# --- in words -----------------------------------------------------------------------------------------------------


def facts(picture: Picture) -> list[str]:
    """What the picture shows, in sentences that hold whatever it shows."""
    return [
        *(_fact(surface, walk) for surface in picture.surfaces for walk in surface.walks),
        *(_curve_fact(curve) for curve in picture.curves),
    ]


def _fact(surface: Surface, walk: Walk) -> str:
    left = next((n for n, point in enumerate(walk.points) if not surface.holds(point)), None)
    went = f"{walk.label}: from loss {walk.losses[0]:.3g} to {walk.losses[-1]:.3g} in {len(walk.points) - 1} steps"
    if not math.isfinite(walk.losses[-1]):
        return f"{went}: it diverged."
    return f"{went}, out of the window at step {left}." if left is not None else f"{went}."


def _curve_fact(curve: Curve) -> str:
    if not curve.values:
        return f"{curve.title}: what training returned is no list of numbers."
    words = f"{curve.title}: from {curve.values[0]:.3g} to {curve.values[-1]:.3g} in {len(curve.values)} {curve.unit}s"
    if curve.band is None or len(curve.band.low) != len(curve.values):
        return f"{words}."
    pairs = zip(curve.values, curve.band.low, curve.band.high, strict=True)
    outside = [n for n, (value, low, high) in enumerate(pairs) if not low * 0.999 <= value <= high * 1.001]
    return (
        f"{words}; outside of the reference's band from {curve.unit} {outside[0]} on."
        if outside
        else f"{words}, inside the reference's band."
    )
