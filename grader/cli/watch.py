"""``gradstep check --watch``: save, and read the verdict; keys do the rest."""

from __future__ import annotations

import contextlib
import difflib
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli import keys
from grader.cli.asking import shown
from grader.cli.check import Files, checker_for, notes
from grader.exercise import CourseError
from grader.link import SandboxBroken
from grader.result import Outcome
from grader.workspace import WorkspaceError

if TYPE_CHECKING:
    from rich.console import Console

    from grader.checking import Checked, Checker
    from grader.exercise import Exercise

STEP_MS = 10  # without a further change of the folder: then the save is over
DEBOUNCE_MS = 100
HALF_SAVED_SECONDS = 0.3  # an editor may empty a file first and fill it then
LOOK_MS = 1000  # even if nothing was told: some network drives tell nothing, and a save may come before we listen
_UNSEEN: bytes | None = b"\0"
KEYS = "n next · h hint · d diff · p picture · r reset · s submit · q quit"


def watch(files: Files, device: str, *, portable: bool) -> None:
    """Check the exercise now and at every save, until somebody presses q or Ctrl-C."""
    if len(files.exercises) != 1:
        raise click.UsageError(
            "--watch looks after one exercise: say which, e.g. gradstep check --watch loss/cross_entropy"
        )
    with checker_for(files.course, device, portable=portable) as checker:
        try:
            _Screen(files, checker).run()
        except KeyboardInterrupt:
            click.echo()


class _Screen:
    """What is watched, what was seen last, and what is on the screen."""

    def __init__(self, files: Files, checker: Checker) -> None:
        from rich.console import Console

        self._files = files
        self._checker = checker
        self._exercise = files.exercises[0]
        self._path = files.path(self._exercise)
        self._console: Console = Console(highlight=False)
        self._live = keys.is_terminal()
        self._events: queue.SimpleQueue[str] = queue.SimpleQueue()  # "save", "redraw", or a key
        self._shown: Any = None
        self._before = self._last = _UNSEEN  # the file at the check before the last one, and at the last one

    def run(self) -> None:
        """Until q."""
        self._say(f"Starting the checks of {self._exercise.name} …")
        with keys.pressed(self._events.put), _resized(self._events):
            self._checker.prepare(self._exercise)
            self._react("save")
            while self._watch_one():
                pass

    def _watch_one(self) -> bool:
        """Watch the current exercise until another one takes its place (True) or it is enough (False)."""
        exercise = self._exercise
        with _saved(self._path, self._events):
            while exercise is self._exercise:
                event = self._next_event()
                if event == "q":
                    return False
                self._react(event)
        return True

    def _next_event(self) -> str:
        while True:
            with contextlib.suppress(queue.Empty):
                return self._events.get(timeout=0.5)  # not for ever: Ctrl-C is heard between two waits

    def _next_key(self) -> str:
        while (event := self._next_event()) in ("save", "redraw"):
            pass  # the question stands until somebody answers it
        return event

    def _react(self, event: str) -> None:
        act = {
            "save": self._check, "redraw": self._draw, "n": self._go_on, "h": self._hint, "d": self._diff,
            "p": lambda: self._command("plot"), "s": lambda: self._command("submit"), "r": self._reset,
        }.get(event)  # fmt: skip
        if act is None:
            return
        try:
            act()
        except (WorkspaceError, CourseError, SandboxBroken, OSError) as error:
            self._say(str(error))

    # --- checks -----------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        content = _settled(self._path)
        if content == self._last:
            return
        self._before, self._last = self._last, content
        if content is None:
            words = f"{shown(self._path)} is not there any more."
            raise WorkspaceError(f"{words} Save it again, or begin anew: gradstep start {self._exercise.name}")
        unstarted = self._files.is_unstarted(self._exercise)
        checked = self._checker.check(self._exercise, self._path, unstarted=unstarted)
        self._show(checked)
        if self._files.workspace is not None and not unstarted:
            self._files.workspace.note_check(self._exercise, checked.result)
            self._files.workspace.save()

    def _show(self, checked: Checked) -> None:
        from rich.console import Group
        from rich.text import Text

        from grader.cli.shown import page

        more = [Text(f"  {line}", style="yellow") for line in notes(self._files, self._exercise)]
        if checked.result.outcome is Outcome.PASSED and self._live:
            more.append(Text("  Press n for the next exercise.", style="green"))
        self._shown = Group(page(self._exercise, checked, shown(self._path)), *more)
        self._draw()

    def _draw(self) -> None:
        from rich.rule import Rule
        from rich.text import Text

        if not self._live:
            self._console.print(self._shown)
            self._console.print()
            return
        self._console.clear()
        self._console.print(self._shown)
        self._console.print()
        self._console.print(Rule(style="dim"))
        self._console.print(Text(f"watching {shown(self._path)} · {time.strftime('%H:%M:%S')}", style="dim"))
        self._console.print(Text(KEYS, style="dim"))

    def _say(self, words: str) -> None:
        self._console.print(words, markup=False)

    # --- keys -------------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        workspace = self._files.workspace
        following = workspace.next_of(self._files.course) if workspace else None
        if workspace is None or following is None:
            self._say("There is no further exercise to solve. s submits what you have.")
            return
        if following is self._exercise:
            self._say(f"{following.name} is next itself: not all of its public checks pass yet.")
            return
        workspace.start(following, self._files.course)
        workspace.turn_to(following)
        workspace.save()
        self._turn_to(following)

    def _turn_to(self, exercise: Exercise) -> None:
        self._exercise, self._path = exercise, self._files.path(exercise)
        self._before = self._last = _UNSEEN
        self._checker.prepare(exercise)
        self._check()

    def _hint(self) -> None:
        self._command("hint")

    def _diff(self) -> None:
        if not (self._before and self._last) or self._before is _UNSEEN:
            self._say("There is no earlier run to compare with.")
            return
        old, new = (content.decode("utf-8", "replace").splitlines() for content in (self._before, self._last))
        for line in [*difflib.unified_diff(old, new, "the run before", "this run", lineterm="")][2:]:
            style = {"+": "green", "-": "red", "@": "dim"}.get(line[:1], "")
            self._console.print(line, style=style, markup=False)

    def _reset(self) -> None:
        self._say("Begin anew with the template? Your file stays beside it. y: yes, any other key: no")
        if self._next_key() != "y" or self._files.workspace is None:
            self._say("Left as it is.")
            return
        kept = self._files.workspace.reset(self._exercise, self._files.course)
        self._files.workspace.save()
        self._last = _UNSEEN
        self._check()
        self._say(f"What you had is in {shown(kept)}")

    def _command(self, name: str) -> None:
        """Another command of ours, in a process of its own: it may import what is dear, or fail."""
        if self._files.workspace is not None:
            self._files.workspace.save()
        ours = str(Path(__file__).parents[2])  # in a clone it is not on the path of another process
        code = f"import sys; sys.path.insert(0, {ours!r}); from grader.cli import main; main(prog_name='gradstep')"
        command = [sys.executable, "-c", code, name, self._exercise.name, "--course", str(self._files.course.root)]
        subprocess.run(command, stdin=subprocess.DEVNULL, cwd=Path.cwd(), check=False)
        if self._files.workspace is not None:
            self._files.workspace.refresh()


@contextlib.contextmanager
def _saved(path: Path, events: queue.SimpleQueue[str]) -> Iterator[None]:
    """In the block a "save" is put into ``events`` whenever ``path`` may have changed."""
    import watchfiles

    stop = threading.Event()

    def look() -> None:
        changes = watchfiles.watch(
            path.parent, stop_event=stop, step=STEP_MS, debounce=DEBOUNCE_MS, recursive=False,
            rust_timeout=LOOK_MS, yield_on_timeout=True,
            watch_filter=lambda _, changed: Path(changed).name == path.name, raise_interrupt=False,
        )  # fmt: skip
        for _ in changes:
            events.put("save")

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(2)


@contextlib.contextmanager
def _resized(events: queue.SimpleQueue[str]) -> Iterator[None]:
    """In the block a terminal that changes its size is drawn anew."""
    if not hasattr(signal, "SIGWINCH") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGWINCH, lambda number, frame: events.put("redraw"))
    try:
        yield
    finally:
        signal.signal(signal.SIGWINCH, before)


def _settled(path: Path) -> bytes | None:
    """The content of ``path`` when it is saved; None when it is gone."""
    end = time.monotonic() + HALF_SAVED_SECONDS
    while True:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            content = None
        if content or time.monotonic() > end:
            return content
        time.sleep(0.01)
