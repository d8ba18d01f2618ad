"""The decoder under a fuzzer that is led by coverage: does any answer of a worker get an exception out of it?

    python fuzz/fuzz_wire.py [--seconds 300] [--out build/fuzz]

Mutates messages for so long, in one process, up to the first crash, and ends with one line. A crash is any exception
but ``ProtocolError`` (for changes of arguments also ``Unwritable``), a value that is not the same when it is sent on,
an input that takes more than ten seconds, or a process that grows beyond 1 GB. What crashed is kept in
``<out>/crashes``; ``python fuzz/fuzz_wire.py FILE`` tries it again. Needs atheris: ``pip install -e ".[fuzz]"``.
"""

from __future__ import annotations

import argparse
import re
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import atheris
import torch

with atheris.instrument_imports(include=["grader.worker.wire", "grader.worker.arguments"]):
    from grader.worker import arguments, wire

from grader.link import raised

INPUT_SECONDS = 10
MEMORY_MB = 1024
INPUT_BYTES = 4096
EXECUTIONS = re.compile(r"^(?:stat::number_of_executed_units: |#)(\d+)", re.MULTILINE)


# --- the target ---------------------------------------------------------------------------------------------------


def try_message(data: bytes) -> None:
    """What the trusted side does with an answer: decode it, send it on, apply its changes, read its error report."""
    if len(data) == wire.HEADER.size:
        _try_header(data)
    try:
        value = wire.decode(data)
    except wire.ProtocolError:
        return
    _must_be_sent_on(value)
    if type(value) is list:
        _try_changes(value)
    if type(value) is dict:
        raised(value)


def _try_header(data: bytes) -> None:
    try:
        wire.parse_header(data)
    except wire.ProtocolError:
        pass


def _must_be_sent_on(value: Any) -> None:
    sent = wire.encode(value)
    again = wire.encode(wire.decode(sent))
    if sent != again:
        raise AssertionError(f"{sent!r} is sent on as {again!r}")


def _try_changes(changes: list[Any]) -> None:
    state = {"v": torch.zeros(2)}
    ours = [torch.zeros(2), [torch.zeros(1, 3), []], state, (), torch.zeros(1).expand(2)]
    try:
        applied = arguments.apply(ours, changes)
    except arguments.Unwritable:
        return
    if applied:
        wire.encode(ours)  # still a tree of bounded size


# --- seeds --------------------------------------------------------------------------------------------------------


def seeds() -> list[bytes]:
    """One message for each thing that the grammar knows, and for each that it refuses."""
    dtypes = [getattr(torch, name) for name in wire.DTYPES]
    tensors = [torch.ones(2, 1, 3).to(dtype).permute(2, 0, 1) for dtype in dtypes]
    plain = [None, True, -1, 2**200, 0.5, float("nan"), 1j, "é😀", (), [[]], {"a": {1: ()}}, wire.Foreign("set")]
    changes = [(1, torch.ones(2)), (2, [(3, None), (-1, 7), (4, None)]), (5, {"v": (6, None), "t": (-1, 1)}), (2, [])]
    report = {"kind": "exception", "type": "ValueError", "message": "no", "lines": [(5, "return g(x)")]}
    messages = [wire.encode(value) for value in [*tensors, *plain, tensors, plain, changes, report]]
    return [*messages, *_lies(), wire.HEADER.pack(wire.MAGIC, bytes(8), 9)]


def _lies() -> list[bytes]:
    many = struct.pack("<I", 2**32 - 1)
    return [
        *(tag + many for tag in (b"l", b"t", b"d", b"s", b"x")),
        b"l\1\0\0\0" * 40 + b"N",
        b"d\2\0\0\0" + b"i\1\1N" * 2,
        b"s\1\0\0\0\xff",
        b"r\0\0\3" + struct.pack("<3Q", 0, 2**40, 2**40) + bytes(range(3)),
        b"r\0\0\2" + struct.pack("<2Q", 2**32, 2**32) + bytes(range(2)),
    ]


# --- the runs -----------------------------------------------------------------------------------------------------


def run(seconds: int, out: Path) -> bool:
    """Fuzz for so long, or up to the first crash; say in one line what came of it. Whether nothing crashed."""
    corpus, crashes = out / "corpus", out / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number:02}").write_bytes(seed)
    options = {
        "max_total_time": seconds,
        "timeout": INPUT_SECONDS,
        "rss_limit_mb": MEMORY_MB,
        "max_len": INPUT_BYTES,
        "use_value_profile": 1,
        "print_final_stats": 1,
        "artifact_prefix": f"{crashes}/",
    }
    command = [sys.executable, __file__, "--target", *(f"-{name}={value}" for name, value in options.items())]
    started = time.monotonic()
    done = subprocess.run([*command, str(corpus)], stderr=subprocess.PIPE, text=True, errors="replace")
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
    executions = max((int(count) for count in EXECUTIONS.findall(done.stderr)), default=0)
    minutes = (time.monotonic() - started) / 60
    print(f"{executions} executions in {minutes:.1f} minutes, {1 if done.returncode else 0} crashes")
    return not done.returncode


def main() -> None:
    if "--target" in sys.argv:
        sys.argv.remove("--target")
        torch.set_num_threads(1)
        atheris.Setup(sys.argv, try_message)
        atheris.Fuzz()
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("again", type=Path, nargs="?", help="what crashed before")
    options = parser.parse_args()
    if options.again:
        try_message(options.again.read_bytes())
    elif not run(options.seconds, options.out):
        sys.exit(1)


if __name__ == "__main__":
    main()
