"""A picture as one interactive page that needs no network, by plotly."""

from __future__ import annotations

import html
from typing import Any

from grader.pictures import Curve, Picture, Surface
from grader.report import colours

HEIGHT = 620  # pixels of one row
LIFT = 0.015  # of the height: a path in the surface itself would not be seen
_STYLE = """
body { font-family: system-ui, sans-serif; max-width: 1250px; margin: 1.5em auto; padding: 0 1em; color: #222 }
h1 { font-size: 1.5em } li { margin: .3em 0 } .note { color: #666 }
"""


def page(picture: Picture, exercise: str, facts: list[str]) -> str:
    """All in one file: it can be mailed, and opened offline."""
    figures = [_surface(surface) for surface in picture.surfaces] + [_curve(curve) for curve in picture.curves]
    parts = [
        figure.to_html(full_html=False, include_plotlyjs=index == 0, config={"displaylogo": False, "responsive": True})
        for index, figure in enumerate(figures)
    ]
    items = "".join(f"<li>{html.escape(fact)}</li>" for fact in facts)
    title = html.escape(f"{picture.title} · {exercise}")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n"
        f"<body><h1>{title}</h1><ul>{items}</ul>\n"
        '<p class="note">Turn the surface with the mouse, zoom with the wheel; point at a step to read it.</p>\n'
        f"{''.join(parts)}\n</body></html>\n"
    )


def _surface(surface: Surface) -> Any:
    from plotly.subplots import make_subplots

    figure = make_subplots(
        1, 2, specs=[[{"type": "scene"}, {"type": "xy"}]], subplot_titles=(surface.title, "The same from above"),
        horizontal_spacing=0.06,
    )  # fmt: skip
    xs, ys, losses = list(surface.xs), list(surface.ys), [list(row) for row in surface.losses]
    hover = f"{surface.names[0]} %{{x:.3g}}<br>{surface.names[1]} %{{y:.3g}}<br>loss %{{z:.4g}}<extra></extra>"
    style = {"colorscale": colours.SURFACE, "showscale": False, "hovertemplate": hover}
    figure.add_surface(x=xs, y=ys, z=losses, opacity=0.85, row=1, col=1, **style)
    figure.add_contour(x=xs, y=ys, z=losses, ncontours=40, row=1, col=2, line={"width": 0.5, "color": "white"}, **style)
    for colour, walk in zip(colours.WALKS, surface.walks, strict=False):
        _add_walk(figure, surface, walk, colour)
    camera = {"eye": {"x": -1.0, "y": -1.75, "z": 1.35}, "center": {"x": 0, "y": 0, "z": -0.15}}
    shape = {"aspectmode": "manual", "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.75}, "camera": camera}
    axes = {"xaxis_title": surface.names[0], "yaxis_title": surface.names[1], "zaxis_title": "loss"}
    figure.update_layout(height=HEIGHT, scene=shape, margin={"l": 10, "r": 10, "t": 60, "b": 40})
    figure.update_layout(legend={"orientation": "h", "y": -0.08, "x": 0.55})
    figure.update_scenes(**axes)
    figure.update_xaxes(title=surface.names[0], range=[xs[0], xs[-1]], row=1, col=2)
    figure.update_yaxes(title=surface.names[1], range=[ys[0], ys[-1]], row=1, col=2)
    return figure


def _add_walk(figure: Any, surface: Surface, walk: Any, colour: str) -> None:
    steps = [
        f"step {n}: {surface.names[0]} = {x:.4g}, {surface.names[1]} = {y:.4g}, loss = {loss:.4g}"
        for n, ((x, y), loss) in enumerate(zip(walk.points, walk.losses, strict=True))
    ]
    shown = [n for n, point in enumerate(walk.points) if surface.holds(point)]  # else the surface shrinks to a dot
    x, y = ([walk.points[n][axis] for n in shown] for axis in (0, 1))
    highest = max(max(row) for row in surface.losses)
    z = [walk.losses[n] + LIFT * highest for n in shown]
    texts = [steps[n] for n in shown]
    size = [9 if n == 0 else 4 for n in shown]
    common = {
        "name": walk.label,
        "mode": "lines+markers",
        "text": texts,
        "hoverinfo": "text+name",
        "legendgroup": walk.label,
    }
    line = {"color": colour, "width": 5}
    figure.add_scatter3d(
        x=x, y=y, z=z, line=line, marker={"size": size, "color": colour}, showlegend=False, row=1, col=1, **common
    )
    marks = {"size": [14 if n == 0 else 7 for n in shown], "color": colour, "line": {"color": "white", "width": 1}}
    figure.add_scatter(x=x, y=y, line={"color": colour, "width": 2}, marker=marks, row=1, col=2, **common)
    if shown:
        figure.add_annotation(x=x[0], y=y[0], text="start", showarrow=True, arrowhead=2, bgcolor="white", row=1, col=2)
        figure.add_annotation(
            x=x[-1], y=y[-1], text="end", showarrow=True, arrowhead=2, bgcolor="white", ax=40, ay=30, row=1, col=2
        )


def _curve(curve: Curve) -> Any:
    import plotly.graph_objects as go

    figure = go.Figure()
    steps = list(range(len(curve.values)))
    if curve.band is not None:
        band = list(range(len(curve.band.low)))
        figure.add_scatter(x=band, y=curve.band.high, line={"width": 0}, showlegend=False, hoverinfo="skip")
        figure.add_scatter(
            x=band, y=curve.band.low, fill="tonexty", fillcolor="rgba(0,114,178,0.2)", line={"width": 0},
            name="reference's band", hoverinfo="skip",
        )  # fmt: skip
        dashes = {"color": colours.BAND, "dash": "dash", "width": 1}
        figure.add_scatter(x=band, y=curve.band.median, line=dashes, name="reference, median")
    figure.add_scatter(
        x=steps, y=curve.values, mode="lines+markers", line={"color": colours.CURVE}, name="yours",
        hovertemplate=f"{curve.unit} %{{x}}: %{{y:.4g}}<extra></extra>",
    )  # fmt: skip
    switch = [
        {"label": name, "method": "relayout", "args": [{"yaxis.type": kind}]}
        for name, kind in (("log", "log"), ("linear", "linear"))
    ]
    figure.update_layout(
        title=curve.title, height=430, xaxis_title=curve.unit, yaxis={"title": "loss", "type": "log"},
        updatemenus=[{"type": "buttons", "direction": "right", "buttons": switch, "x": 1, "y": 1.15}],
    )  # fmt: skip
    return figure
