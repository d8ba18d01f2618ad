"""A worker as a plain subprocess, with no layer around it: for systems without namespaces (macOS, Windows).

Only for code that you trust. The worker, the wire and the limits on time are the same as behind the wall; each worker
pays for ``import torch`` itself, because there is no safe fork there.
"""

from __future__ import annotations

import platform
import secrets
import socket
import subprocess
import sys
import time

from grader.layers import LAYERS, Layer
from grader.link import READY_SECONDS, Ends, Link, SandboxBroken, clock_of
from grader.sandbox import WORKER_FOLDER, Limits

TOKEN_BYTES = 32


class PlainSandbox:
    """Starts plain workers; the same face as :class:`~grader.sandbox.Sandbox`.

    With ``ahead`` the next worker is started before somebody asks for it. Each may take ``memory_mb`` beyond what
    PyTorch takes, where the system can bound that; 0: as much as there is.
    """

    def __init__(self, *, ahead: bool = False, memory_mb: int = 0) -> None:
        self._memory_mb = memory_mb
        self.layers = tuple(Layer(name, False, "plain subprocess") for name in LAYERS)
        self.alive = True
        self._next = _Starting(memory_mb) if ahead else None

    def restart(self) -> None:
        """Nothing is shared between workers, so nothing needs to start anew."""

    def close(self) -> None:
        """Workers are closed by their links."""
        if self._next is not None:
            self._next.abandon()
            self._next = None

    def worker(self, limits: Limits) -> Link:
        """A fresh plain worker, ready after some seconds, or at once if it was started ahead."""
        starting = self._next or _Starting(self._memory_mb)
        link = starting.link()
        if self._next is not None:
            self._next = _Starting(self._memory_mb)
        return link


class _Starting:
    """A plain worker on its way."""

    def __init__(self, memory_mb: int) -> None:
        self._token = secrets.token_bytes(TOKEN_BYTES)
        self._server = socket.create_server(("127.0.0.1", 0))
        self._process = _start(self._server.getsockname()[1], self._token, memory_mb)

    def link(self) -> Link:
        """Wait until it is ready."""
        process = self._process
        with self._server:
            try:
                wire, output = (_accept(self._server, self._token) for _ in range(2))
            except OSError as error:
                self.abandon()
                raise SandboxBroken(f"a plain worker did not start: {error}") from error
        return Link(Ends(wire, output, lambda: _cpu(process), process.kill, lambda wait: _exit_code(process, wait)))

    def abandon(self) -> None:
        """End it; nobody wants it any more."""
        self._server.close()
        self._process.kill()
        self._process.wait()


def _start(port: int, token: bytes, memory_mb: int) -> subprocess.Popen[bytes]:
    code = f"import sys; sys.path.insert(0, {str(WORKER_FOLDER.parent)!r}); from worker.plain import main; "
    code += f"main({port}, {memory_mb})"
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin
    process.stdin.write(token)
    process.stdin.close()
    return process


def _accept(server: socket.socket, token: bytes) -> socket.socket:
    """The next connection that knows the token; others on this machine could connect as well."""
    server.settimeout(READY_SECONDS)
    while True:
        connection, _ = server.accept()
        connection.settimeout(5)
        try:
            said = connection.recv(TOKEN_BYTES, socket.MSG_WAITALL)
        except OSError:
            said = b""
        if secrets.compare_digest(said, token):
            return connection
        connection.close()


def _cpu(process: subprocess.Popen[bytes]) -> float:
    """CPU seconds of ``process`` where the system tells (Linux), else wall time: then that is what is limited."""
    if platform.system() != "Linux":
        return time.monotonic()
    return time.clock_gettime(clock_of(process.pid))


def _exit_code(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
