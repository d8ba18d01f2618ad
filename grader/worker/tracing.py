"""Which of the forbidden names does a student's code really call? Watched while it runs.

It sees through every way of writing a name, and its word is no proof of innocence: the code that is watched shares
this process and can look away (new threads, C extensions). What it sees counts; what it does not see is left to
:mod:`.names` and to people.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType
from typing import Any

from . import probing
from .names import MAX_FOUND, Names, resolve

_OPS = "torch._ops"
_COURSE = ("probes.py", probing.__file__)


class Tracer:
    """Watches calls of ``forbidden`` names by code in the file ``filename``."""

    def __init__(self, forbidden: list[str], filename: str) -> None:
        self._names = Names(forbidden)
        self._filename = filename
        self._known: dict[int, tuple[Any, str | None]] = {}  # by identity: to hash a kernel takes Python code
        self._watching = False  # what runs while the file is loaded is a self-test, or shows in the calls
        self.used: dict[str, int] = {}  # forbidden name → first line that led to a call, 0 if none is to be seen
        for name in forbidden:
            self._watch(resolve(name), name)
        # Made once: a class and an object for each call took ten times as long as to enter them.
        self._modes = modes(self._called, kernels=any(name.startswith("aten.") for name in forbidden))

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """For as long as the block runs: functions and methods, and kernels where one ("aten.…") is forbidden."""
        with contextlib.ExitStack() as stack:
            for mode in self._modes:
                stack.enter_context(mode)
            self._watching = True
            try:
                yield
            finally:
                self._watching = False

    def _called(self, function: Any) -> None:
        known = self._known.get(id(function))
        if known is None:
            known = self._known[id(function)] = function, self._match(function)
        if known[1] is not None:
            self._note(known[1])

    def _match(self, function: Any) -> str | None:
        return self._names.objects.get(id(function)) or self._names.match(_path(function))

    def _note(self, name: str) -> None:
        line = self._students_line() if self._watching else None
        if line is not None and len(self.used) < MAX_FOUND:
            self.used.setdefault(name, line)

    def _students_line(self) -> int | None:
        """Where the student's own code stands in this call; None when it is the course's code that calls.

        0 when neither is to be seen: then what the student hands in is the library's own function, or code that has no
        line in the file.
        """
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename == self._filename:
                return frame.f_lineno
            if frame.f_code.co_filename in _COURSE:
                return None
            frame = frame.f_back
        return 0

    def _watch(self, value: Any, name: str) -> None:
        """Put a note-taker before what tensors do not report: classes, functions of functions, calls in threads."""
        if isinstance(value, ModuleType):
            torch = sys.modules["torch"]
            for key, member in list(vars(value).items()):
                if not key.startswith("_") and getattr(torch, key, None) is not member:
                    self._watch_member(value, key, member, name)
        elif isinstance(value, type):
            self._watch_class(value, name)
        elif callable(value):
            owner, _, key = name.rpartition(".")
            setattr(resolve(owner), key, self._noting(value, name))

    def _watch_member(self, module: ModuleType, key: str, member: Any, name: str) -> None:
        if isinstance(member, type):
            self._watch_class(member, name)
        elif callable(member) and not isinstance(member, ModuleType):
            setattr(module, key, self._noting(member, name))

    def _watch_class(self, cls: type, name: str) -> None:
        with contextlib.suppress(TypeError, AttributeError):  # a class of C
            cls.__init__ = self._noting(cls.__init__, name)  # type: ignore[misc]

    def _noting(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def noted(*args: Any, **kwargs: Any) -> Any:
            self._note(name)
            return function(*args, **kwargs)

        return noted


def modes(called: Callable[[Any], None], *, kernels: bool) -> list[contextlib.AbstractContextManager[Any]]:
    """While these are entered ``called`` is told every function and method of torch that runs, and every kernel if
    wanted."""
    return [mode(called) for mode in (_modes() if kernels else _modes()[:1])]


def _path(function: Any) -> str:
    """The dotted path by which people know a torch function, a method of a tensor or a kernel."""
    module = getattr(function, "__module__", None) or ""
    if module.startswith(_OPS):  # a packet of overloads, or one of them ("nll_loss_forward.default")
        packet = getattr(function, "overloadpacket", function)
        return str(getattr(packet, "_qualified_op_name", getattr(packet, "__name__", ""))).replace("::", ".")
    if hasattr(function, "__objclass__"):
        return f"torch.Tensor.{function.__name__}"
    if module == "torch._tensor":
        return f"torch.{function.__qualname__}"
    return f"{module}.{getattr(function, '__name__', '')}"


@functools.cache
def _modes() -> tuple[Any, ...]:
    """The class that watches functions and methods, and the one that watches kernels."""
    from torch.overrides import TorchFunctionMode
    from torch.utils._python_dispatch import TorchDispatchMode

    class Functions(TorchFunctionMode):
        def __init__(self, called: Callable[[Any], None]) -> None:
            super().__init__()
            self._called = called

        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            self._called(func)
            return func(*args, **kwargs) if kwargs else func(*args)

    class Kernels(TorchDispatchMode):  # type: ignore[no-untyped-call]
        @classmethod
        def _should_skip_dynamo(cls) -> bool:  # else torch wraps the method: a third of the time that a kernel takes
            return False

        def __init__(self, called: Callable[[Any], None]) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self._called = called

        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            self._called(func)
            return func(*args, **kwargs) if kwargs else func(*args)

    return Functions, Kernels
