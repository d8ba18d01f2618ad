"""A picture as PNG, by matplotlib."""

from __future__ import annotations

import io
from typing import Any

import numpy

from grader.pictures import Curve, Picture, Surface
from grader.report import colours

SIZE = (11.0, 5.2)  # inches of one row
DPI = 110


def png(picture: Picture, caption: str) -> bytes:
    """The same picture gives the same bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = len(picture.surfaces) + bool(picture.curves)
    figure = Figure(figsize=(SIZE[0], SIZE[1] * rows + 0.6), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(picture.title, fontsize=15, fontweight="bold")
    parts = figure.subfigures(rows, 1, squeeze=False)[:, 0]
    for part, surface in zip(parts, picture.surfaces, strict=False):
        _surface(part, surface)
    if picture.curves:
        axes = parts[-1].subplots(1, len(picture.curves), squeeze=False)[0]
        for place, curve in zip(axes, picture.curves, strict=True):
            _curve(place, curve)
    figure.supxlabel(caption, fontsize=9, color="#444444", wrap=True)
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _surface(part: Any, surface: Surface) -> None:
    xs, ys = numpy.meshgrid(surface.xs, surface.ys)
    losses = numpy.array(surface.losses)
    hill = part.add_subplot(1, 2, 1, projection="3d", computed_zorder=False)
    hill.plot_surface(xs, ys, losses, cmap="viridis", alpha=0.75, linewidth=0, rstride=2, cstride=2, zorder=1)
    hill.view_init(elev=38, azim=-115)
    hill.set(xlabel=surface.names[0], ylabel=surface.names[1], zlabel="loss", title=surface.title)
    flat = part.add_subplot(1, 2, 2)
    levels = numpy.geomspace(max(losses.min(), losses.max() * 1e-4), losses.max(), 18)
    flat.contourf(xs, ys, losses, levels=levels, cmap="viridis", norm="log", extend="min", alpha=0.85)
    flat.contour(xs, ys, losses, levels=levels, colors="white", linewidths=0.4, alpha=0.6)
    flat.set(xlabel=surface.names[0], ylabel=surface.names[1], title="The same from above")
    flat.set(xlim=(surface.xs[0], surface.xs[-1]), ylim=(surface.ys[0], surface.ys[-1]))
    lift = 0.02 * (losses.max() - losses.min())
    for colour, walk in zip(colours.WALKS, surface.walks, strict=False):
        inside = numpy.array([(*p, loss) for p, loss in zip(walk.points, walk.losses, strict=True) if surface.holds(p)])
        points = numpy.array(walk.points)
        flat.plot(
            points[:, 0], points[:, 1], "o-", color=colour, mec="white", mew=0.5, ms=4.5, lw=1.6, label=walk.label
        )
        if len(inside):
            hill.plot(inside[:, 0], inside[:, 1], inside[:, 2] + lift, "o-", color=colour, ms=3, lw=1.6, zorder=5)
            flat.plot(*inside[-1, :2], "*", color=colour, mec="black", mew=0.8, ms=15, zorder=6)
    start = surface.walks[0].points[0]
    flat.plot(*start, "s", color=colours.START, mec="black", ms=9, zorder=6)
    flat.plot([], [], "s", color=colours.START, mec="black", ms=7, label="start")
    flat.plot([], [], "*", color="#888888", mec="black", ms=11, label="end")
    flat.legend(loc="lower right", fontsize=8, framealpha=0.9)


def _curve(place: Any, curve: Curve) -> None:
    if curve.band is not None:
        steps = range(len(curve.band.low))
        place.fill_between(
            steps, curve.band.low, curve.band.high, color=colours.BAND, alpha=0.2, label="reference's band"
        )
        place.plot(steps, curve.band.median, color=colours.BAND, lw=1, ls="--", label="reference, median")
    place.plot(range(len(curve.values)), curve.values, "o-", color=colours.CURVE, ms=4, lw=1.8, label="yours")
    place.set(xlabel=curve.unit, ylabel="loss", title=curve.title)
    if curve.values and min(curve.values) > 0:
        place.set_yscale("log")
    place.xaxis.get_major_locator().set_params(integer=True)
    place.grid(alpha=0.3)
    place.legend(fontsize=9)
