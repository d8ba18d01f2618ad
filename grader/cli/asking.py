"""Which folder, course and exercise a student's command is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.exercise import Course, Exercise
from grader.workspace import Workspace, WorkspaceError, exercise_called, exercises_called


@dataclass(frozen=True)
class Place:
    """A working folder and its course."""

    workspace: Workspace
    course: Course

    @classmethod
    def here(cls, course_folder: Path | None) -> Place:
        """That of the current folder; raises :class:`WorkspaceError` or :class:`CourseError`."""
        workspace = Workspace.find(Path.cwd())
        return cls(workspace, workspace.course(course_folder))

    def exercise(self, words: str | None) -> Exercise:
        """The exercise called ``words``; without, the one whose folder this is, else the current one."""
        if words:
            return exercise_called(self.course, words, Path.cwd())
        below = Path.cwd().resolve().relative_to(self.workspace.root).parts[:2]
        name = "/".join(below) if len(below) == 2 else self.workspace.current
        if not name:
            raise WorkspaceError("No exercise is started here yet. Start one: gradstep start all")
        return self.course.exercise(name)

    def exercises(self, words: str | None) -> list[Exercise]:
        """Like :meth:`exercise`, and a track or "all" besides."""
        return exercises_called(self.course, words, Path.cwd()) if words else [self.exercise(None)]


def shown(path: Path) -> str:
    """``path`` relative to the current folder where it lies below it."""
    here = Path.cwd().resolve()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
