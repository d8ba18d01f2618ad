"""Where training arrives: what a band promises, and when it has to be measured again."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.convergence import SEEDS, Band, Measurement, is_current, read_bands, write_bands
from grader.exercise import Course, CourseError, Exercise

BAND = Band(0.125, 0.5, 0.25, 1000)


def band_of(seeds: int) -> Band:
    return Band(0.0, 1.0, 0.5, seeds)


# --- what a band promises -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seeds", "beyond", "flake"),
    [
        # beyond: 1 - 0.01^(1/n); flake: 2 (10 p³(1-p)² + 5 p⁴(1-p) + p⁵)
        (1, 0.99, 2 * (10 * 0.99**3 * 0.01**2 + 5 * 0.99**4 * 0.01 + 0.99**5)),
        (2, 0.9, 2 * 0.99144),
        (1000, 0.00459458265, 2 * 9.6325e-7),
        (1300, 0.00353617157, 2 * 4.3984e-7),
    ],
)
def test_the_probability_to_lie_outside_by_hand(seeds: int, beyond: float, flake: float) -> None:
    band = band_of(seeds)

    assert band.beyond() == pytest.approx(beyond, rel=1e-6)
    assert band.flake() == pytest.approx(flake, rel=1e-4)


def test_as_many_seeds_as_are_measured_keep_the_promise_of_one_in_a_million() -> None:
    assert band_of(SEEDS).flake() < 1e-6
    assert band_of(1000).flake() / 2 < 1e-6 < band_of(1000).flake()  # enough for one edge, not for both


def test_the_bound_holds_at_99_percent_confidence() -> None:
    band = band_of(1300)

    chance_that_no_run_was_beyond = (1 - band.beyond()) ** band.seeds

    assert chance_that_no_run_was_beyond == pytest.approx(0.01)


def test_more_seeds_promise_more() -> None:
    flakes = [band_of(seeds).flake() for seeds in (10, 100, 1000, 10_000)]

    assert flakes == sorted(flakes, reverse=True)


# --- measuring ----------------------------------------------------------------------------------------------------


def test_a_measurement_runs_each_seed_once_and_keeps_the_edges() -> None:
    losses = {0: 0.4, 1: 0.1, 2: 0.9, 3: 0.2, 4: 0.3}
    measurement = Measurement(5)

    measurement.run(losses.__getitem__)

    assert measurement.losses == [0.4, 0.1, 0.9, 0.2, 0.3]
    assert measurement.band() == Band(low=0.1, high=0.9, median=0.3, seeds=5)


@pytest.mark.parametrize("diverged", [math.nan, math.inf, -math.inf])
def test_a_reference_that_diverges_has_no_band(diverged: float) -> None:
    measurement = Measurement(3)
    measurement.run(lambda seed: diverged if seed == 1 else 0.5)

    with pytest.raises(CourseError, match="diverged for some seeds: no band can be measured"):
        measurement.band()


# --- bands.json ---------------------------------------------------------------------------------------------------


@pytest.fixture
def exercise(write_exercise: Callable[..., Path]) -> Exercise:
    probes = "def twice(module, x):\n    return module.double(module.double(x))\n"
    return Course.open(write_exercise(probes__py=probes)).exercise("toy/double")


def test_what_was_written_is_read(exercise: Exercise) -> None:
    bands = {"test_it": BAND, "test_other[case]": Band(1 / 3, 2e-7, 1e300, 7)}

    write_bands(exercise, bands)

    assert read_bands(exercise.folder) == bands


def test_no_file_holds_no_bands(exercise: Exercise) -> None:
    assert read_bands(exercise.folder) == {}
    assert not is_current(exercise)


NUMBERS = '{"bands": {"test_it": {"low": 1, "high": 2, "median": 1.5, "seeds": 1300}}}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        "{}",
        '{"bands": {"test_it": 3}}',
        '{"bands": {"test_it": {"low": 1}}}',
        NUMBERS.replace("1,", '"x",'),
        NUMBERS.replace("2,", "true,"),
        NUMBERS.replace("1.5", "NaN"),
        NUMBERS.replace("1300", '"y"'),
        NUMBERS.replace("1300", "1300.5"),
        NUMBERS.replace("1300", "0"),
        "\udcff",
    ],
)
def test_a_broken_file_is_named_with_what_to_do(exercise: Exercise, text: str) -> None:
    (exercise.folder / "bands.json").write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(CourseError) as error:
        read_bands(exercise.folder)

    assert f"{exercise.folder / 'bands.json'} does not hold bands" in str(error.value)
    assert "gradstep measure toy/double" in str(error.value)
    assert not is_current(exercise)


@pytest.mark.parametrize("file", ["double.py", "probes.py", "test_hidden.py"])
def test_bands_are_current_until_the_code_changes(exercise: Exercise, file: str) -> None:
    path = exercise.folder / file
    write_bands(exercise, {"test_it": BAND})
    text = path.read_text()
    assert is_current(exercise)

    path.write_text("# a comment\n\n" + text.replace("(x)", "( x )") + "\n# and another\n")
    assert is_current(exercise)

    path.write_text(text + "\n1 + 1\n")
    assert not is_current(exercise)

    path.write_text(text)
    assert is_current(exercise)


def test_bands_are_not_current_when_the_probes_are_gone(exercise: Exercise) -> None:
    write_bands(exercise, {"test_it": BAND})

    (exercise.folder / "probes.py").unlink()

    assert not is_current(exercise)


@pytest.mark.parametrize(
    ("text", "words"),
    [("x = 1\ndef double(x)\n", "double.py, line 2, is not valid Python: expected ':'"), ("x = '\0'", "is not valid")],
)
def test_code_that_is_no_python_has_no_hash(exercise: Exercise, text: str, words: str) -> None:
    exercise.code.write_text(text)

    with pytest.raises(CourseError, match=words):
        write_bands(exercise, {"test_it": BAND})


def test_code_that_moves_from_one_file_to_the_other_has_changed(exercise: Exercise) -> None:
    for file, text in (("double.py", "x = 1\n"), ("probes.py", "y = 1\n")):
        (exercise.folder / file).write_text(text)
    write_bands(exercise, {"test_it": BAND})

    for file, text in (("double.py", "y = 1\n"), ("probes.py", "x = 1\n")):
        (exercise.folder / file).write_text(text)

    assert not is_current(exercise)
