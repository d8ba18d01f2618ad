"""``gradstep doctor``: what grading would do on this machine, tried out."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata

import click

from grader.cli import options


@click.command()
@options.isolation
def doctor(isolation: str) -> None:
    """Try out what grading needs here: versions, and each layer of confinement from inside a worker."""
    from grader.link import SandboxBroken
    from grader.sandbox import NoIsolation, Sandbox

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
    except (NoIsolation, SandboxBroken) as error:
        raise click.ClickException(str(error)) from error


def _verdict(sandbox: object) -> str:
    from grader.sandbox import Sandbox

    assert isinstance(sandbox, Sandbox)
    off = [layer.name for layer in sandbox.layers if not layer.on]
    if not off:
        return "Every layer holds; each was tried from inside a worker. Strangers' code can be graded here."
    if len(off) == len(sandbox.layers):
        return "No confinement (--isolation none): grade only code that you trust."
    return f"Grading works with fewer layers: {', '.join(off)} cannot be had here. Reports say so."
