"""The worker's loop: read a request, run the student's code, answer with values or with the student's error.

Requests and answers are dicts of plain data. There is no field that means "passed": what the numbers are worth is
decided on the other side. Anything here may be patched by the student's code; nothing on the other side believes it.
"""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn, Protocol

from . import probing, standin, wire
from .arguments import Snapshot
from .loading import Loaded, LoadError, describe, load

_LOADED = "The code must be loaded first."
PIECE = 2**14  # bytes: most requests are there at once. The next one is sent when this one has been answered


class Wire(Protocol):
    """A socket, or what stands in for one."""

    def recv(self, count: int, /) -> bytes: ...
    def send(self, data: memoryview, /) -> int: ...


def serve_and_exit(peer: Wire, ready: dict[str, Any]) -> NoReturn:
    """Serve, then end this process at once: a second to tidy up the interpreter would be charged to the student."""
    status = 1
    try:
        serve(peer, ready)
        status = 0
    except MemoryError:  # no room for an answer
        status = wire.OUT_OF_MEMORY
    except BaseException:
        sys.excepthook(*sys.exc_info())
        _flush()
    finally:
        os._exit(status)


def serve(peer: Wire, ready: dict[str, Any]) -> None:
    """Answer requests on ``peer`` until it is closed. The first frame says: ready, and confined like this."""
    _send(peer, bytes(wire.ID_BYTES), ready)
    loaded: Loaded | None = None
    while (request := _receive(peer)) is not None:
        request_id, body = request
        answer: dict[str, Any]
        if body["op"] == "selftest":
            from . import selftest  # Linux only

            answer = {"value": selftest.attempt(body)}
        elif body["op"] == "scan":
            from . import names  # before the code is loaded, which could patch what reads it

            scanned = names.scan(body["source"], body["forbidden"], body["entries"])
            answer = {"value": [scanned.uses, scanned.suspicious]}
        elif body["op"] == "open":
            from . import opening  # no student code has run: a worker that opens loads nothing

            answer = {"value": opening.attempt(body)}
        elif body["op"] == "load":
            standin.install()
            try:
                more = body.get("forbidden", []), body.get("earlier", {})
                loaded = load(body["source"], body["name"], body["probes"], *more)
                answer = {"value": None}
            except LoadError as error:
                answer = {"error": error.report}
        else:
            assert loaded is not None, _LOADED
            answer = perform(loaded, body)
        _send_answer(peer, request_id, answer)


def perform(loaded: Loaded, body: dict[str, Any]) -> dict[str, Any]:
    """The answer to a "call", "run" or "vjp": ``value`` and ``changes``, or ``error``; plain data."""
    before = Snapshot([*body["args"], *body["kwargs"].values()])
    try:
        _reseed(body["seed"])
        with loaded.watching():
            value = _value(loaded, body)
        _flush()
    except BaseException as error:  # SystemExit and KeyboardInterrupt are a student's words as well
        return {"error": loaded.describe(error)}
    try:
        return {"value": value, "changes": before.changes(), "used": loaded.used()}
    except wire.Unsendable as error:
        return _unsendable(error)
    except Exception as error:  # an argument has become something that nobody can read, or memory is short
        return {"error": loaded.describe(error)}


def _value(loaded: Loaded, body: dict[str, Any]) -> Any:
    match body["op"]:
        case "call":
            return loaded.function(body["name"])(*body["args"], **body["kwargs"])
        case "run":
            return loaded.probe(body["name"])(loaded.module, *body["args"], **body["kwargs"])
        case "vjp":
            return probing.vjp(loaded.function(body["name"]), *body["args"])
    raise ValueError(f"no such request: {body['op']}")


def _reseed(seed: int | None) -> None:
    """Global generators start from the seed of the check, whatever ran before."""
    if seed is not None:
        import random

        import numpy
        import torch

        random.seed(seed)
        numpy.random.seed(seed % 2**32)
        # Not torch.manual_seed: for each kind of accelerator that is not there it formats a stack trace, 1.5 ms a call.
        torch.default_generator.manual_seed(seed)
        if wire.accelerator() != "cpu":
            torch.cuda.manual_seed_all(seed)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass  # the student closed or replaced it


# --- the wire -----------------------------------------------------------------------------------------------------


def _receive(peer: Wire) -> tuple[bytes, dict[str, Any]] | None:
    data = bytearray()
    expected = wire.HEADER.size
    while len(data) < expected:
        piece = peer.recv(PIECE if len(data) < wire.HEADER.size else min(expected - len(data), 2**20))
        if not piece:
            return None
        data += piece
        if expected == wire.HEADER.size <= len(data):
            request_id, length = wire.parse_header(data[: wire.HEADER.size])
            expected += length
    return request_id, wire.decode(memoryview(data)[wire.HEADER.size :])


def _send_answer(peer: Wire, request_id: bytes, answer: dict[str, Any]) -> None:
    try:
        _send(peer, request_id, answer)
    except wire.Unsendable as error:
        _send(peer, request_id, _unsendable(error))
    except Exception as error:  # something that nobody can read, or memory is short
        _send(peer, request_id, {"error": describe(error, "")})


def _send(peer: Wire, request_id: bytes, answer: dict[str, Any]) -> None:
    data = memoryview(wire.frame(request_id, answer))
    while data:
        data = data[peer.send(data) :]


def _unsendable(error: wire.Unsendable) -> dict[str, Any]:
    return {"error": {"kind": "unsendable", "type": "", "message": str(error), "lines": []}}
