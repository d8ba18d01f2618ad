"""A worker that is a plain subprocess: no layer, any operating system."""

from __future__ import annotations

import socket
import sys

from . import serve
from .warmup import warm_up

TOKEN_BYTES = 32


def main(port: int, memory_mb: int) -> None:
    """Connect to the trusted side on loopback (wire, then output), show the token from stdin, serve.

    The code may take ``memory_mb`` where the system can bound it (Linux); 0: as much as there is.
    """
    token = sys.stdin.buffer.read(TOKEN_BYTES)
    wire, output = (_connect(port, token) for _ in range(2))
    sys.stdout = sys.stderr = output.makefile("w", encoding="utf-8", errors="replace")
    warm_up()
    if memory_mb:
        _bound_memory(memory_mb)
    serve.serve_and_exit(wire, {"on": [], "problems": {}, "namespaces": []})


def _bound_memory(memory_mb: int) -> None:
    try:
        from . import confine

        confine.bound_memory(memory_mb)
    except (ImportError, OSError):
        pass  # Windows has no such limit, macOS does not keep it


def _connect(port: int, token: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(token)
    return connection
