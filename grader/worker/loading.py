"""Load the student's source as a module, and put a student's exception into words with the student's own lines."""

from __future__ import annotations

import functools
import io
import linecache
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .tracing import Tracer

MAX_MESSAGE = 2000
MAX_LINES = 5


class LoadError(Exception):
    """The source could not be loaded; ``report`` says why (see :meth:`Loaded.describe`)."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__(report["message"])
        self.report = report


class Missing(Exception):
    """A name that a suite asks for is not there, or cannot be called."""


class ProbeError(Exception):
    """What the student's code gave back cannot be probed; the message is for the student."""


class Loaded:
    """A student's module and the probes that may run beside it."""

    def __init__(
        self, module: ModuleType, filename: str, probes: ModuleType | None, tracer: Tracer | None = None
    ) -> None:
        self.module = module
        self.filename = filename
        self.probes = probes
        self.tracer = tracer

    def watching(self) -> AbstractContextManager[object]:
        """Around every call: forbidden names are noted, where some are."""
        return self.tracer.watching() if self.tracer else nullcontext()

    def used(self) -> list[tuple[str, int]]:
        """The forbidden names that were called so far, and the lines of the first calls."""
        return list(self.tracer.used.items()) if self.tracer else []

    def function(self, name: str) -> Callable[..., Any]:
        value = getattr(self.module, name, None)
        if not callable(value):
            raise Missing(f"There is no function `{name}` in {self.filename}.")
        return value  # type: ignore[no-any-return]

    def probe(self, name: str) -> Callable[..., Any]:
        if self.probes is None:
            raise LookupError("this exercise has no probes.py")
        return getattr(self.probes, name)  # type: ignore[no-any-return]

    def describe(self, error: BaseException) -> dict[str, Any]:
        return describe(error, self.filename)


def load(
    source: str, name: str, probes: str | None, forbidden: list[str], earlier: Mapping[str, str] | None = None
) -> Loaded:
    """Run ``source`` as the module ``name``; raises :class:`LoadError` with the student's line.

    ``earlier`` holds the student's code for other exercises. Probes find ``earlier(name)`` among their names: that
    module, or None when there is none that can be loaded.
    """
    filename = f"{name}.py"
    tracer = _tracer(forbidden, filename) if forbidden else None  # before the code can take names from the libraries
    module = _module(name, filename, source)
    try:
        exec(compile(source, filename, "exec"), module.__dict__)
    except BaseException as error:
        raise LoadError(describe(error, filename)) from None
    probes_module = None
    if probes is not None:
        probes_module = _module("probes", "probes.py", probes)
        vars(probes_module)["earlier"] = functools.cache(functools.partial(_earlier, earlier or {}))
        exec(compile(probes, "probes.py", "exec"), probes_module.__dict__)
    return Loaded(module, filename, probes_module, tracer)


def _earlier(sources: Mapping[str, str], exercise: str) -> ModuleType | None:
    if exercise not in sources:
        return None
    filename = f"{exercise}.py"
    module = _module(f"earlier.{exercise.replace('/', '.')}", filename, sources[exercise])
    try:
        exec(compile(sources[exercise], filename, "exec"), module.__dict__)
    except Exception:
        return None
    return module


def _tracer(forbidden: list[str], filename: str) -> Tracer:
    from .tracing import Tracer

    return Tracer(forbidden, filename)


def _module(name: str, filename: str, source: str) -> ModuleType:
    module = ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module  # dataclasses and pickling look it up
    lines = io.StringIO(source).readlines()  # as Python counts them: a form feed, or U+2028, ends none
    linecache.cache[filename] = (len(source), None, lines, filename)
    return module


def describe(error: BaseException, filename: str) -> dict[str, Any]:
    """``kind, type, message, lines`` of an exception; ``lines`` are those of the student's own file, last call last."""
    try:
        return _described(error, filename)
    except BaseException:  # the exception's own class is a student's, and may answer no question
        return {"kind": "exception", "type": type(error).__name__[:100], "message": "", "lines": []}


def _described(error: BaseException, filename: str) -> dict[str, Any]:
    message = _message(error)
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType) and error.obj.__file__ == filename:
        kind, message = "missing", f"There is no function `{error.name}` in {filename}."  # a probe asked for it
    elif isinstance(error, Missing):
        kind = "missing"
    elif isinstance(error, ProbeError):
        kind = "probe"
    elif isinstance(error, SyntaxError) and error.filename == filename:
        lines = [error.lineno or 0]
        return {"kind": "syntax", "type": type(error).__name__, "message": error.msg[:MAX_MESSAGE], "lines": lines}
    elif isinstance(error, MemoryError) or "can't allocate memory" in message:
        kind = "memory"
    elif isinstance(error, SystemExit):
        kind = "exit"
    elif isinstance(error, ImportError):
        kind = "import"
    else:
        kind = "exception"
    calls = traceback.walk_tb(error.__traceback__)
    lines = [number for frame, number in calls if frame.f_code.co_filename == filename][-MAX_LINES:]
    return {"kind": kind, "type": type(error).__name__[:100], "message": message, "lines": lines}


def _message(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:  # a student's __str__
        return ""
