"""Pictures as files: an image, and a page that needs no network."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from grader.pictures import Band, Picture, curve, surface, walk
from grader.report.page import page
from grader.report.png import png

from .conftest import REPOSITORY
from .test_cli import gradstep


@pytest.fixture(scope="module")
def picture() -> Picture:
    def loss(x, y):  # type: ignore[no-untyped-def]
        return x**2 + 3 * y**2

    paths = [walk("in", loss, (1.0, 1.0), lambda p, n: p / 2, 5), walk("out", loss, (1.0, 1.0), lambda p, n: 3 * p, 5)]
    hill = surface("A bowl", loss, ("a", "b"), (-2.0, 2.0, -2.0, 2.0), paths)
    losses = curve("Losses", "epoch", [3.0, 2.0, 1.25])
    band = Band((1.0, 1.0, 1.0), (2.0, 2.0, 2.0), (4.0, 4.0, 4.0))
    return Picture("Two <ways>", (hill,), (type(losses)(losses.title, losses.unit, losses.values, band),))


def test_the_image(picture: Picture) -> None:
    image = png(picture, "In words.")

    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", image[16:24])
    assert 800 < width < 2000 and 800 < height < 2000
    assert png(picture, "In words.") == image


def test_the_page(picture: Picture) -> None:
    text = page(picture, "toy/double", ["A fact & <more>."])

    assert "step 3: a = 0.125, b = 0.125, loss = 0.0625" in text
    assert "A fact &amp; &lt;more&gt;." in text and "Two &lt;ways&gt;" in text
    assert "cdn.plot.ly" not in text.partition("<body>")[0] and 'src="http' not in text
    assert text.count("Plotly.newPlot(") >= 2


@pytest.mark.parametrize("values", [[], [1.0], [float("nan"), float("inf")], [0.0, -1.0]])
def test_odd_curves_are_drawn_too(values: list[float]) -> None:
    odd = Picture("Odd", (), (curve("Losses", "step", values),))

    assert png(odd, "")[:4] == b"\x89PNG"
    assert "Losses" in page(odd, "toy/double", [])


def test_plot_writes_both_files_and_says_what_they_show(tmp_path: Path) -> None:
    gradstep("start", "all", cwd=tmp_path)
    unstarted = gradstep("plot", "sgd", cwd=tmp_path)
    shutil.copy(REPOSITORY / "solutions/optimizer/sgd/sgd.py", tmp_path / "optimizer/sgd/sgd.py")
    done = gradstep("plot", "sgd", cwd=tmp_path)

    assert "is still the template: there is no training to draw yet" in unstarted.stderr
    assert (done.returncode, done.stderr) == (0, "")
    assert "momentum 0.8, lr 0.06: from loss" in done.stdout
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == [
        "optimizer-sgd.html",
        "optimizer-sgd.png",
    ]


def test_plot_says_which_exercises_have_a_picture_and_what_code_does_wrong(tmp_path: Path) -> None:
    gradstep("start", "all", cwd=tmp_path)
    (tmp_path / "loop/train/train.py").write_text("def train(*arguments):\n    return missing\n")

    assert "These have one: optimizer/sgd, loop/train, " in gradstep("plot", "cross_entropy", cwd=tmp_path).stderr
    crashed = gradstep("plot", "loop/train", cwd=tmp_path)
    assert "NameError" in crashed.stderr and "Nothing was drawn." in crashed.stderr
    assert not (tmp_path / "pictures").exists()
