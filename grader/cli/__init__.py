"""The commands, imported when they are used. What is dear (torch, pandas, nbgrader) is imported by who needs it."""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import signal
import sys
from typing import Any

import click

STOPPED = 128 + signal.SIGINT  # exit code, as shells have it


# Command → module and name in it. In the order in which --help lists them: by who uses them and when.
COMMANDS = {
    "start": "start:start",
    "check": "check:check",
    "hint": "hint:hint",
    "next": "progress:next_",
    "list": "progress:list_",
    "status": "progress:status",
    "solution": "hint:solution",
    "plot": "plot:plot",
    "submit": "submit:submit",
    "receipt": "submit:receipt",
    "grade": "grade:grade",
    "new": "new:new",
    "audit": "audit:audit",
    "measure": "measure:measure",
    "release": "release:release",
    "doctor": "doctor:doctor",
}


class _Group(click.Group):
    """Imports a command's module when somebody asks for it: a student's command must answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"grader.cli.{module}"), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        from grader.exercise import CourseError
        from grader.workspace import WorkspaceError

        try:
            return super().invoke(ctx)
        except (CourseError, WorkspaceError) as error:
            raise click.UsageError(str(error)) from error
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("grader"):
                raise
            words = f"This needs the package {error.name}, which is not installed for {sys.executable}."
            raise click.ClickException(f"{words} Install it: pip install {error.name}") from error
        except OSError as error:  # a folder that cannot be written, a disk that is full
            advice = " Make room and run it again: what was there is as it was." if error.errno == errno.ENOSPC else ""
            words = f"{error.filename or 'The system'}: {error.strerror or error}.{advice}"
            raise click.ClickException(words) from error
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would only disturb the end
            click.echo("\nStopped.", err=True)
            sys.exit(STOPPED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gradstep", prog_name="gradstep", message="%(prog)s %(version)s")
def main() -> None:
    """Learn and grade the training loop of deep learning."""
    # Else Python, when it ends, looks for garbage among all that PyTorch and pandas made: 0.4 to 1 s of every command.
    atexit.register(gc.freeze)
