"""Processes for audits: several at once, and none that goes on when the audit was stopped."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@contextlib.contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes; when the block is left by Ctrl-C, or by any other exception, they are killed."""
    before = set(active_children())
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))  # a fork of a process with torch may hang
    try:
        yield pool
    except BaseException:
        with _ctrl_c_ignored():
            for process in set(active_children()) - before:
                process.kill()  # it may be in the midst of minutes of work, and a pool waits for that
            pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def submit(pool: ProcessPoolExecutor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """Like ``pool.submit``; a pool that is broken shows in the future only, as if it had broken a moment later.

    A terminal sends Ctrl-C to all of its processes. One that starts here does not hear it: its variants would swallow
    it, and it would print a traceback; it is killed by us.
    """
    try:
        with _ctrl_c_ignored():
            return pool.submit(function, *args, **kwargs)
    except BrokenProcessPool as error:
        broken: Future[T] = Future()
        broken.set_exception(error)
        return broken


@contextlib.contextmanager
def _ctrl_c_ignored() -> Iterator[None]:
    """Processes that start in the block go on ignoring it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
