"""Single keys from a terminal, without Enter; nothing where there is no terminal."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator


def is_terminal() -> bool:
    """Whether somebody can press keys and see a screen."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextlib.contextmanager
def pressed(tell: Callable[[str], None]) -> Iterator[None]:
    """In the block ``tell`` is called, from a thread, with each key that is pressed."""
    if not is_terminal():
        yield
        return
    with _raw() as read:
        threading.Thread(target=_listen, args=(read, tell), daemon=True).start()
        yield


def _listen(read: Callable[[], str], tell: Callable[[str], None]) -> None:
    while key := read():
        tell(key)


@contextlib.contextmanager
def _raw() -> Iterator[Callable[[], str]]:
    """A function that waits for one key; "" at the end of all input."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        import msvcrt

        yield getattr(msvcrt, "getwch")  # noqa: B009 (it is not there for mypy on other systems)
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield lambda: os.read(sys.stdin.fileno(), 1).decode("ascii", "ignore") or " "
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
