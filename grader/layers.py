"""The layers around a worker: what each stands for, and what a worker could do in spite of them.

Nothing is assumed: a worker tries from inside what each layer forbids, at every start of a sandbox.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.link import Link, SandboxBroken
from grader.worker import confine

LAYERS = ("view", "uid", *confine.LAYERS)
WALLS = ("view", "namespaces", "landlock", "seccomp")  # one of them at least must stand before strangers are graded
SELFTEST_SECONDS = 10.0


class LayerLeaks(SandboxBroken):
    """A layer of confinement says that it is on, and a worker could do what it forbids."""


class NoIsolation(Exception):
    """This machine has no layer that keeps a submission away from anything; the text says what to do."""


@dataclass(frozen=True)
class Layer:
    """One layer of confinement on this machine: on, or why it is not."""

    name: str
    on: bool
    words: str


def holes(link: Link, scratch: str, *, gpu: bool) -> dict[str, str]:
    """Layer → what the worker of ``link`` could do although it forbids that; "" where it could not."""
    with _canary() as canary, socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        request = {"op": "selftest", "canary": canary, "port": port, "scratch": scratch, "gpu": gpu}
        found: dict[str, str] = link.ask(request, SELFTEST_SECONDS)["value"]
    if strange := sorted(set(confine.NAMESPACES) - set(link.ready["namespaces"])):
        found["namespaces"] = "shares " + ", ".join(strange)
    return found


def require_tight(on: set[str], holes: dict[str, str]) -> None:
    """Raises :class:`LayerLeaks` when a layer that is ``on`` has a hole."""
    if "namespaces" in on or "seccomp" in on:
        holes["namespaces"] = holes["namespaces"] or holes["network"]
    broken = {name: hole for name, hole in holes.items() if name in on and hole}
    if broken:
        words = "; ".join(f"{name}: a worker {hole}" for name, hole in broken.items())
        raise LayerLeaks(f"a layer of confinement does not hold ({words}). Nothing was graded.")


def require_isolation(on: set[str], problems: Mapping[str, str], secret: Sequence[str]) -> None:
    """Raises :class:`NoIsolation` when nothing that is ``on`` keeps strangers away, or from what is ``secret``."""
    if not on & set(WALLS):
        raise NoIsolation(_no_isolation(problems))
    if "view" not in on and secret:
        raise NoIsolation(_in_sight(secret[0], problems.get("view", "switched off")))


def words(bubblewrap: str | None, scratch: str) -> dict[str, str]:
    """What each layer does, for people; ``bubblewrap`` is its path where it makes the view."""
    return {
        "view": f"bubblewrap ({bubblewrap})" if bubblewrap else "own mount tree",
        "uid": "no root, and no way back to it",
        "namespaces": ", ".join(confine.NAMESPACES),
        "scratch": f"private {scratch}, 16 MB; no /proc",
        "environment": "empty",
        "rlimits": "memory, CPU time, files, file size, threads",
        "capabilities": "none",
        "landlock": "reads Python and PyTorch only, writes the scratch folder only",
        "seccomp": "allow-list of system calls",
    }


@contextlib.contextmanager
def _canary() -> Iterator[str]:
    """The path of a file that everybody on this machine may read, and no worker may see."""
    with tempfile.TemporaryDirectory(prefix="gradstep-canary-") as folder:
        os.chmod(folder, 0o755)
        path = Path(folder) / "canary"
        path.write_text("no worker may read this")
        yield str(path)


def _no_isolation(problems: Mapping[str, str]) -> str:
    reasons = "; ".join(f"{name}: {words}" for name, words in sorted(problems.items()))
    return (
        f"This machine has no layer that could confine a submission ({reasons}). Nothing was graded. "
        "Grade on a Linux machine with user namespaces, Landlock or seccomp, or, for code that you trust, "
        "say --isolation none."
    )


def _in_sight(path: str, why: str) -> str:
    return (
        f"{path} lies in a folder that every submission can read, because Python lies there too, and this machine "
        f"cannot hide it (no layer view: {why}). Nothing was graded. Move it elsewhere, for example below /srv."
    )
