"""``gradstep doctor``: what grading would do on this machine, tried out."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import closing
from importlib import metadata

import click

from grader.cli import options


@click.command()
@options.isolation
def doctor(isolation: str) -> None:
    """Try out what grading needs here: versions, and each layer of confinement from inside a worker."""
    from grader.layers import NoIsolation
    from grader.link import SandboxBroken
    from grader.sandbox import Sandbox

    who = "root" if os.geteuid() == 0 else f"an ordinary user (uid {os.geteuid()})"
    click.echo(f"gradstep {metadata.version('gradstep')} · Python {platform.python_version()} ({sys.prefix})")
    click.echo(f"torch {metadata.version('torch')} · pytest {metadata.version('pytest')} · {platform.platform()}")
    click.echo(f"running as {who}\n")
    try:
        with Sandbox(isolation) as sandbox:
            for layer in sandbox.layers:
                mark = click.style("on ", fg="green") if layer.on else click.style("off", fg="yellow")
                click.echo(f"  {mark}  {layer.name:<13} {layer.words}")
            click.echo(f"\n{_verdict(sandbox)}")
        _say_gpus(isolation)
    except (NoIsolation, SandboxBroken) as error:
        raise click.ClickException(str(error)) from error


def _say_gpus(isolation: str) -> None:
    """What a run with ``--device cuda`` would do here, tried out as well."""
    from grader import devices
    from grader.grading import open_sandbox
    from grader.layers import NoIsolation
    from grader.link import SandboxBroken

    if why_not := devices.driver.why_not():
        click.echo(f"\nNo suite can run on a GPU here: {why_not}.")
        return
    click.echo("")
    for gpu in devices.driver.gpus():
        click.echo(f"  GPU {gpu.index}: {gpu.name}, {devices.driver.free_mb(gpu)} of {gpu.memory_mb} MB free")
    try:
        with devices.turn() as turn, closing(open_sandbox(isolation, nodes=devices.nodes(), turn=turn)):
            click.echo(
                f"A submission gets there through the wall, and may take {turn.room_mb} MB: --device cuda works."
            )
    except (devices.DeviceMissing, NoIsolation, SandboxBroken) as error:
        raise click.ClickException(f"--device cuda does not work here: {error}") from error


def _verdict(sandbox: object) -> str:
    from grader.sandbox import Sandbox

    assert isinstance(sandbox, Sandbox)
    off = [layer.name for layer in sandbox.layers if not layer.on]
    if not off:
        return "Every layer holds; each was tried from inside a worker. Strangers' code can be graded here."
    if len(off) == len(sandbox.layers):
        return "No confinement (--isolation none): grade only code that you trust."
    return f"Grading works with fewer layers: {', '.join(off)} cannot be had here. Reports say so."
