"""Load the student's source as a module, and put a student's exception into words with the student's own lines."""

from __future__ import annotations

import io
import linecache
import sys
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

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

    def __init__(self, module: ModuleType, filename: str, probes: ModuleType | None) -> None:
        self.module = module
        self.filename = filename
        self.probes = probes

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


def load(source: str, name: str, probes: str | None) -> Loaded:
    """Run ``source`` as the module ``name``; raises :class:`LoadError` with the student's line."""
    filename = f"{name}.py"
    module = _module(name, filename, source)
    try:
        exec(compile(source, filename, "exec"), module.__dict__)
    except BaseException as error:
        raise LoadError(describe(error, filename)) from None
    probes_module = None
    if probes is not None:
        probes_module = _module("probes", "probes.py", probes)
        exec(compile(probes, "probes.py", "exec"), probes_module.__dict__)
    return Loaded(module, filename, probes_module)


def _module(name: str, filename: str, source: str) -> ModuleType:
    module = ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module  # dataclasses and pickling look it up
    lines = io.StringIO(source).readlines()  # as Python counts them: a form feed, or U+2028, ends none
    linecache.cache[filename] = (len(source), None, lines, filename)
    return module


def describe(error: BaseException, filename: str) -> dict[str, Any]:
    """``kind, type, message, lines`` of an exception; ``lines`` are (number, text) in the student's own file, last
    call last."""
    message = _message(error)
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType) and error.obj.__file__ == filename:
        kind, message = "missing", f"There is no function `{error.name}` in {filename}."  # a probe asked for it
    elif isinstance(error, Missing):
        kind = "missing"
    elif isinstance(error, ProbeError):
        kind = "probe"
    elif isinstance(error, SyntaxError) and error.filename == filename:
        line = (error.lineno or 0, (error.text or "").strip()[:200])
        return {"kind": "syntax", "type": type(error).__name__, "message": error.msg[:MAX_MESSAGE], "lines": [line]}
    elif isinstance(error, MemoryError) or "can't allocate memory" in message:
        kind = "memory"
    elif isinstance(error, SystemExit):
        kind = "exit"
    elif isinstance(error, ImportError):
        kind = "import"
    else:
        kind = "exception"
    frames = [f for f in traceback.extract_tb(error.__traceback__, limit=-50) if f.filename == filename]
    lines = [(frame.lineno or 0, (frame.line or "").strip()[:200]) for frame in frames[-MAX_LINES:]]
    return {"kind": kind, "type": type(error).__name__[:100], "message": message, "lines": lines}


def _message(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:  # a student's __str__
        return ""
