"""The pytest plugin: fixtures, markers, and a verdict for every check.

Plain pytest loads it through its entry point and runs a suite on the module named like the suite's folder, with no
wall. ``gradstep grade`` hands an :class:`Examination` to the session; ``student`` is then a confined submission.
Only the standard library and pytest are imported at the top: every pytest run on the machine loads this file.
"""

from __future__ import annotations

import functools
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

    def values(self, case: pytest.Function) -> Values:
        """What the fixtures stand for in ``case``."""
        return Values(self, case.path.parent, case.name)


EXAMINATION = pytest.StashKey[Examination]()


def pytest_configure(config: pytest.Config) -> None:
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)


def check_seed(secret: str, exercise: str, check: str) -> int:
    """A seed for one check: the same on a regrade, and not to be guessed without the secret."""
    digest = hashlib.sha256(f"{secret}\0{exercise}\0{check}".encode()).digest()
    return int.from_bytes(digest[:7], "little")


class Values:
    """What the fixtures of one case stand for; each is made when it is asked for first."""

    def __init__(self, examination: Examination | None, folder: Path, case: str) -> None:
        self._examination = examination
        self._folder = folder
        self._case = case

    @functools.cached_property
    def student(self) -> Any:
        """The learner's module: functions by name, ``run(probe, …)``, ``vjp(function, inputs, cotangent)``."""
        return self._examination.student if self._examination else _local(self._folder)

    @functools.cached_property
    def reference(self) -> Any:
        """The instructor's solution, with the same face as ``student``."""
        if self._examination is not None and self._examination.reference is not None:
            return self._examination.reference
        folder = self._folder
        solutions = folder.parents[2] / "solutions" / folder.parent.name / folder.name
        if not (solutions / f"{folder.name}.py").exists():
            pytest.fail(f"no reference at {solutions}: a public suite must do without `reference`", pytrace=False)
        return _local(solutions)

    @functools.cached_property
    def device(self) -> str:
        """Where the tensors of this run lie: "cpu" or "cuda"."""
        return self._examination.device if self._examination else "cpu"

    @functools.cached_property
    def seed(self) -> int:
        """The seed of this check (of each case of a parametrized one)."""
        secret = self._examination.seed if self._examination else PLAIN_SEED
        return check_seed(secret, f"{self._folder.parent.name}/{self._folder.name}", self._case)

    @functools.cached_property
    def band(self) -> Band | Measurement:
        """Where the reference's training arrives in this check, for ``assert_converges``.

        ``gradstep measure`` makes it. It says as well from which seed the check's own runs are counted: the check's,
        which nobody can know.
        """
        from dataclasses import replace

        from grader.convergence import read_bands

        if self._examination is not None and self._examination.measurement is not None:
            return self._examination.measurement
        bands = read_bands(self._folder)
        if self._case not in bands:
            name = f"{self._folder.parent.name}/{self._folder.name}"
            pytest.fail(f"no band was measured for it: run `gradstep measure {name}`", pytrace=False)
        return replace(bands[self._case], first=self.seed)

    @functools.cached_property
    def generator(self) -> torch.Generator:
        """A CPU generator that starts from ``seed``."""
        import torch

        return torch.Generator().manual_seed(self.seed)

    @functools.cached_property
    def randn(self) -> Callable[..., torch.Tensor]:
        """``randn(*shape, dtype=torch.float32)``: normal numbers from the check's seed, on the device of the run."""
        import torch

        def draw(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
            return torch.randn(shape, generator=self.generator, dtype=dtype, device="cpu").to(self.device)

        return draw

    @functools.cached_property
    def randint(self) -> Callable[..., torch.Tensor]:
        """``randint(low, high, *shape)``: int64 in [low, high) from the check's seed, on the device of the run."""
        import torch

        def draw(low: int, high: int, *shape: int) -> torch.Tensor:
            return torch.randint(low, high, shape, generator=self.generator, device="cpu").to(self.device)

        return draw


FIXTURES = [name for name, value in vars(Values).items() if isinstance(value, functools.cached_property)]


@pytest.fixture
def _values(request: pytest.FixtureRequest) -> Values:
    return Values(request.config.stash.get(EXAMINATION, None), request.path.parent, request.node.name)


def _fixture(name: str) -> Callable[..., Any]:
    def value(_values: Values) -> Any:
        return getattr(_values, name)

    value.__doc__ = vars(Values)[name].__doc__  # for `pytest --fixtures`
    return pytest.fixture(name=name)(value)


student, reference, device, seed, band, generator, randn, randint = map(_fixture, FIXTURES)


def _local(folder: Path) -> LocalStudent:
    from grader.student import LocalStudent

    return LocalStudent(folder / f"{folder.name}.py", folder / "probes.py")
