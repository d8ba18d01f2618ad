"""The pytest plugin: fixtures, markers, and a verdict for every check.

Plain pytest loads it through its entry point and runs a suite on the module named like the suite's folder, with no
wall. ``gradstep grade`` hands an :class:`Examination` to the session; ``student`` is then a confined submission.
Only the standard library and pytest are imported at the top: every pytest run on the machine loads this file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import torch

    from grader.convergence import Band, Measurement
    from grader.reference import Reference
    from grader.student import LocalStudent, RemoteStudent

_MARKERS = (
    "points(n): what the check is worth; default 1",
    "needs(check, …): blocked unless these checks of the same suite passed",
)
PLAIN_SEED = "plain pytest"


class Examination:
    """What ``gradstep grade`` puts behind the fixtures, for one submission after the other."""

    def __init__(self, seed: str, device: str) -> None:
        self.seed = seed
        self.device = device
        self.student: RemoteStudent | LocalStudent | None = None
        self.reference: Reference | None = None
        self.measurement: Measurement | None = None  # in place of the bands, while these are measured


EXAMINATION = pytest.StashKey[Examination]()


def pytest_configure(config: pytest.Config) -> None:
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)


def check_seed(secret: str, exercise: str, check: str) -> int:
    """A seed for one check: the same on a regrade, and not to be guessed without the secret."""
    digest = hashlib.sha256(f"{secret}\0{exercise}\0{check}".encode()).digest()
    return int.from_bytes(digest[:7], "little")


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Any:
    """The learner's module: functions by name, ``run(probe, …)``, ``vjp(function, inputs, cotangent)``."""
    examination = request.config.stash.get(EXAMINATION, None)
    if examination is not None:
        return examination.student
    folder = request.path.parent
    return _local(folder)


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> Any:
    """The instructor's solution, with the same face as ``student``."""
    examination = request.config.stash.get(EXAMINATION, None)
    if examination is not None and examination.reference is not None:
        return examination.reference
    folder = request.path.parent
    solutions = folder.parents[2] / "solutions" / folder.parent.name / folder.name
    if not (solutions / f"{folder.name}.py").exists():
        pytest.fail(f"no reference at {solutions}: a public suite must do without `reference`", pytrace=False)
    return _local(solutions)


@pytest.fixture
def device(request: pytest.FixtureRequest) -> str:
    """Where the tensors of this run lie: "cpu" or "cuda"."""
    examination = request.config.stash.get(EXAMINATION, None)
    return examination.device if examination else "cpu"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of this check (of each case of a parametrized one)."""
    examination = request.config.stash.get(EXAMINATION, None)
    folder = request.path.parent
    secret = examination.seed if examination else PLAIN_SEED
    return check_seed(secret, f"{folder.parent.name}/{folder.name}", request.node.name)


@pytest.fixture
def band(request: pytest.FixtureRequest, seed: int) -> Band | Measurement:
    """Where the reference's training arrives in this check, for ``assert_converges``; ``gradstep measure`` makes it.

    It says as well from which seed the check's own runs are counted: the check's, which nobody can know.
    """
    from dataclasses import replace

    from grader.convergence import read_bands

    examination = request.config.stash.get(EXAMINATION, None)
    if examination is not None and examination.measurement is not None:
        return examination.measurement
    bands = read_bands(request.path.parent)
    if request.node.name not in bands:
        name = f"{request.path.parent.parent.name}/{request.path.parent.name}"
        pytest.fail(f"no band was measured for it: run `gradstep measure {name}`", pytrace=False)
    return replace(bands[request.node.name], first=seed)


@pytest.fixture
def generator(seed: int) -> torch.Generator:
    """A CPU generator that starts from ``seed``."""
    import torch

    return torch.Generator().manual_seed(seed)


@pytest.fixture
def randn(generator: torch.Generator, device: str) -> Callable[..., torch.Tensor]:
    """``randn(*shape, dtype=torch.float32)``: normal numbers from the check's seed, on the device of the run."""
    import torch

    def draw(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return torch.randn(shape, generator=generator, dtype=dtype).to(device)

    return draw


@pytest.fixture
def randint(generator: torch.Generator, device: str) -> Callable[..., torch.Tensor]:
    """``randint(low, high, *shape)``: int64 in [low, high) from the check's seed, on the device of the run."""
    import torch

    def draw(low: int, high: int, *shape: int) -> torch.Tensor:
        return torch.randint(low, high, shape, generator=generator).to(device)

    return draw


def _local(folder: Path) -> LocalStudent:
    from grader.student import LocalStudent

    return LocalStudent(folder / f"{folder.name}.py", folder / "probes.py")
