"""The commands. Each module imports what is dear (torch, pandas, nbgrader) inside the function that needs it."""

from __future__ import annotations

import signal
import sys
from typing import Any

import click

from grader.cli.audit import audit
from grader.cli.doctor import doctor
from grader.cli.grade import grade
from grader.cli.measure import measure
from grader.cli.new import new
from grader.cli.release import release

STOPPED = 128 + signal.SIGINT  # exit code, as shells have it


class _Group(click.Group):
    """Lists commands in the order in which they were added: by who uses them and when."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        from grader.exercise import CourseError
        from grader.workspace import WorkspaceError

        try:
            return super().invoke(ctx)
        except (CourseError, WorkspaceError) as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:  # a folder that cannot be written, a disk that is full
            raise click.ClickException(f"{error.filename or 'The system'}: {error.strerror or error}.") from error
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would only disturb the end
            click.echo("\nStopped.", err=True)
            sys.exit(STOPPED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gradstep", prog_name="gradstep", message="%(prog)s %(version)s")
def main() -> None:
    """Learn and grade the training loop of deep learning."""


main.add_command(grade)
main.add_command(new)
main.add_command(audit)
main.add_command(measure)
main.add_command(release)
main.add_command(doctor)
