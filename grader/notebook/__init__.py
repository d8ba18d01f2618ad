"""Checks from a notebook: ``check(cross_entropy)``, ``%check`` and ``%%check``; from a plain script as well.

>>> from grader import check
>>> check(cross_entropy)
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.exercise import Course, CourseError, Exercise, built_in_course, parsed
from grader.notebook.gathering import Gathered, gather
from grader.notebook.rendering import Report
from grader.notebook.session import Cell, cells_of, shell
from grader.notebook.warm import CheckerGone, WarmChecker
from grader.result import Result
from grader.workspace import Workspace, WorkspaceError, exercise_called, released_folder

_warm = WarmChecker()


class CannotCheck(Exception):
    """There is nothing that can be checked; the text says why, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows: the words alone, for there is no mistake in the lines that a traceback would name."""
        return [str(self)]


def check(*what: Callable[..., Any] | str, course: str | Path | None = None) -> None:
    """Run the public checks on a function that you have written, and show what is right, what is wrong and why.

    ``what`` is the function itself, or its name, or that of the exercise ("loss/cross_entropy"). In a notebook the
    code comes from the cells that you have run: see :mod:`grader.notebook.gathering`, also for why it is not simply
    the whole file. A function from a file, in a notebook or in a script, is checked as that file stands on the disk.
    """
    if not what:
        raise CannotCheck('Say what to check: check(cross_entropy), or check("loss/cross_entropy").')
    opened = _course(course)
    for asked in what:
        _show(_checked(opened, _exercise(opened, asked), asked))


def start_ahead() -> None:
    """Let the process that checks get ready in the background. What is wrong shows at the first check."""
    try:
        _warm.start(_course(None).root)
    except (CheckerGone, CourseError):
        pass


def _course(root: str | Path | None) -> Course:
    """The one that is asked for; else that of the working folder that we are in; else the one of gradstep."""
    if root is not None:
        return Course.open(Path(root))
    try:
        return Workspace.find(Path.cwd()).course()
    except WorkspaceError:
        return Course.open(built_in_course())


# --- which exercise -----------------------------------------------------------------------------------------------


def _exercise(course: Course, what: Callable[..., Any] | str) -> Exercise:
    name = what if isinstance(what, str) else getattr(what, "__name__", "")
    found = [exercise for exercise in course.exercises if name in exercise.entries()]
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(f'check("{exercise.name}")' for exercise in found)
        raise CannotCheck(f"Several exercises ask for `{name}`. Say which: {names}.")
    if isinstance(what, str):
        try:
            return exercise_called(course, what, Path.cwd())
        except CourseError as error:
            raise CannotCheck(str(error)) from None
    known = "\n".join(f"  {', '.join(exercise.entries())}  ({exercise.name})" for exercise in course.exercises)
    called = f"`{name}`" if name.isidentifier() else "a function without a name"
    words = f"No exercise asks for {called}. These are asked for:\n{known}"
    raise CannotCheck(f'{words}\nYou can also name the exercise: check("{course.exercises[0].name}").')


def known_names() -> list[str]:
    """What the exercises of the course ask for."""
    return [name for exercise in _course(None).exercises for name in exercise.entries()]


# --- what is checked ----------------------------------------------------------------------------------------------


def _checked(course: Course, exercise: Exercise, what: Callable[..., Any] | str) -> Report:
    running = shell()
    path = _file_of(what)
    if running is not None and (path is None or getattr(what, "__module__", "") == "__main__"):
        gathered = _gathered(exercise, running, needed=path is None)
        if gathered is not None:
            return _report(course, exercise, gathered)
    if path is None:
        raise CannotCheck("There is no file to check: save the function in one, or work in a notebook.")
    return _asked(course, exercise, {"path": str(path), "unstarted": False})


def _gathered(exercise: Exercise, running: Any, *, needed: bool) -> Gathered | None:
    """The code from the session; None, or :class:`CannotCheck` when it is ``needed``, if no cell defines any of it."""
    cells = cells_of(running)
    gathered = gather(cells, exercise.entries(), known=running.user_ns)
    if not gathered.definitions:
        if not needed:
            return None
        names = ", ".join(f"`{name}`" for name in exercise.entries())
        words = f"{exercise.name} asks for {names}, and no cell that was run defines it. Run the cell with it first."
        raise CannotCheck("\n".join([words, *gathered.notes]))
    return Gathered(gathered.source, gathered.cells, (*gathered.notes, *_refused(cells)), gathered.definitions)


def _refused(cells: list[Cell]) -> list[str]:
    """Lines that make grading refuse a notebook, while a check only leaves them out."""
    found = [cell for cell in cells if cell.refused]
    if not found:
        return []
    what = f"`{found[-1].refused[:80]}` (cell {found[-1].number})"
    return [f"Grading refuses a notebook with lines for Jupyter, such as {what}. Remove them before you hand in."]


def _report(course: Course, exercise: Exercise, gathered: Gathered) -> Report:
    request = {
        "source": gathered.source,
        "cells": gathered.cells,
        "unstarted": _is_unstarted(course, exercise, gathered),
    }
    return _asked(course, exercise, request, gathered.notes, numbered=True)


def _is_unstarted(course: Course, exercise: Exercise, gathered: Gathered) -> bool:
    """Whether everything that the exercise asks for is as in the template."""
    try:
        template = parsed(released_folder(course, exercise) / exercise.code.name)
    except CourseError:
        return False
    given = {node.name: ast.dump(node) for node in template.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return all(given.get(name) == ast.dump(node) for name, node in gathered.definitions.items())


def _asked(
    course: Course, exercise: Exercise, request: dict[str, Any], notes: tuple[str, ...] = (), *, numbered: bool = False
) -> Report:
    try:
        answer = _warm.ask({"course": str(course.root), "exercise": exercise.name, **request})
    except CheckerGone as error:
        raise CannotCheck(str(error)) from None
    if "error" in answer:
        raise CannotCheck(answer["error"])
    result = Result.from_json(answer["result"])
    if not request["unstarted"]:
        _remember(exercise, result)
    return Report(exercise.title, result, answer["printed"], request["unstarted"], notes, numbered)


def _remember(exercise: Exercise, result: Result) -> None:
    """In the working folder that the notebook lies in, for ``gradstep status``; elsewhere nothing is written."""
    try:
        workspace = Workspace.find(Path.cwd())
        workspace.note_check(exercise, result)
        workspace.save()
    except (WorkspaceError, OSError):
        pass  # a check must not fail because its result cannot be remembered


def _file_of(what: Callable[..., Any] | str) -> Path | None:
    """The file on the disk that a function comes from, or the script that asks for an exercise by name."""
    if isinstance(what, str):
        import __main__

        found = None if shell() is not None else getattr(__main__, "__file__", None)
    else:
        try:
            found = inspect.getsourcefile(inspect.unwrap(what))
        except TypeError:  # an object that is no function, one of C
            found = None
    path = Path(found) if found else None
    return path if path is not None and path.is_file() and "ipykernel_" not in str(path) else None


def _show(report: Report) -> None:
    if shell() is not None:
        from IPython.display import display

        display(report)  # type: ignore[no-untyped-call]
    else:
        print(report)


if shell() is not None:  # `from grader import check` in a notebook: a check will follow soon
    start_ahead()
