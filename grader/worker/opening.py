"""Open notebooks and archives of strangers: parsing is work for a worker, in which no student's code has run.

Nothing is unpacked to a disk. Members are read by name, into memory, under limits. Every refusal is a cause for tables
and words for the student.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import stat
import zipfile
from typing import Any

MAX_CODE = 2**20  # bytes of one source, as a .py or as the code cells of a notebook
MAX_CELLS = 10_000
MAX_MEMBERS = 2_000
MAX_MEMBER = 20 * 2**20  # bytes of one file, unpacked
MAX_UNPACKED = 40 * 2**20  # bytes of all files together: they cross the wire in one frame
MAX_NAMED = 20  # files of an archive that are named as belonging to no exercise
CHECK_TAG = "gradstep-check"  # of the cell in a released notebook that shows how to check
_CHECKS = re.compile(
    r"(from grader import check|import grader|%load_ext grader|%check( [\w./-]+)?|(grader\.)?check\([^()]*\))?\s*(#.*)?"
)


class Refused(Exception):
    """What is there cannot be graded."""

    def __init__(self, cause: str, words: str) -> None:
        super().__init__(words)
        self.cause = cause
        self.words = words


def attempt(body: dict[str, Any]) -> Any:
    """The value for a request "open": cells of a "notebook", files of an "archive"; ("refused", cause, words) for none.

    The file comes as ``content``, a uint8 tensor; with an archive, ``exercises`` are the names of the course.
    """
    content = body["content"].numpy().tobytes()
    try:
        if body["form"] == "notebook":
            return "cells", cells(content)
        return "files", *files(content, body["exercises"])
    except Refused as refused:
        return "refused", refused.cause, refused.words
    except MemoryError:
        return "refused", body["form"], f"The {body['form']} needs more memory to be read than it may use."


# --- notebooks ----------------------------------------------------------------------------------------------------


def cells(content: bytes) -> list[str]:
    """The sources of the code cells, in order; one that only checks, as released, is empty and keeps its number."""
    try:
        found = [_source(cell) for cell in json.loads(content)["cells"] if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused("notebook", "The file is not a notebook that can be read (nbformat 4 JSON).") from error
    if len(found) > MAX_CELLS:
        raise Refused("notebook", f"The notebook has {len(found)} code cells; at most {MAX_CELLS} are read.")
    if sum(len(source.encode("utf-8", "replace")) + 1 for source in found) > MAX_CODE:
        raise Refused("size", f"The code of the notebook is larger than {MAX_CODE / 2**20:g} MB.")
    if any("\0" in source or not _is_text(source) for source in found):
        raise Refused("encoding", "The code of the notebook holds NUL or half characters: it is no Python text.")
    return found


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    if isinstance(source, list):
        source = "".join(source)
    if not isinstance(source, str):
        raise TypeError
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    return "" if _only_checks(cell, source) else source


def _only_checks(cell: dict[str, Any], source: str) -> bool:
    """Whether it is the released cell, whose ``check(f)`` would stop everything where there is no ``f``.

    The tag alone would not do: Jupyter copies it with the cell, and then a student writes the solution there.
    """
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    tagged = isinstance(tags, list) and CHECK_TAG in tags
    return tagged and all(_CHECKS.fullmatch(line) for line in source.split("\n"))


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can spell it
        return False
    return True


# --- archives -----------------------------------------------------------------------------------------------------

File = tuple[str, str, Any]  # exercise, name in the archive, then content as a uint8 tensor or (cause, words)


def files(content: bytes, exercises: list[str]) -> tuple[list[File], list[str]]:
    """The files that are meant for one of ``exercises``, and the names of others that look like submissions."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception as error:  # zipfile and four decompressors: each has errors of its own, and overflows
        raise Refused("archive", "It is not a zip archive that can be read.") from error
    members = [info for info in archive.infolist() if not info.filename.endswith("/") and not _is_litter(info.filename)]
    if len(members) > MAX_MEMBERS:
        raise Refused("archive", f"It holds {len(members)} files; at most {MAX_MEMBERS} are read.")
    overlapping = _overlapping(members)
    found: list[File] = []
    strays: list[str] = []
    left = MAX_UNPACKED
    for info in members:
        name = _with_slashes(info.filename)
        exercise = _meant_for(name, exercises)
        if exercise is None:
            if name.lower().endswith((".py", ".ipynb", ".zip")) and len(strays) < MAX_NAMED:
                strays.append(_as_text(name))
            continue
        taken = _read(archive, info, min(MAX_MEMBER, left), overlaps=info.header_offset in overlapping)
        if isinstance(taken, bytes):
            left -= len(taken)
        found.append((exercise, _as_text(name), _tensor(taken) if isinstance(taken, bytes) else taken))
    return found, strays


def _with_slashes(name: str) -> str:
    """The path of a member as one packer and another write it: old ones on Windows "a\\b", tar's relatives "./a/b"."""
    return name.replace("\\", "/").removeprefix("./")


def _meant_for(name: str, exercises: list[str]) -> str | None:
    """The exercise whose path ends the member's: people zip the folder that their work lies in."""
    for exercise in exercises:
        for suffix in (".py", ".ipynb"):
            if name == exercise + suffix or name.endswith(f"/{exercise}{suffix}"):
                return exercise
    return None


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, *, overlaps: bool) -> bytes | tuple[str, str]:
    parts = _with_slashes(info.filename).split("/")
    if ".." in parts or not parts[0] or parts[0][1:2] == ":":
        return "archive", "Its path leads out of the archive."
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "archive", "It is a link or a device, not a plain file."
    if info.flag_bits & 1:
        return "archive", "It is encrypted: pack it without a password."
    if overlaps:
        return "archive", "It shares its bytes with another file of the archive, as bombs do."
    try:
        with archive.open(info) as file:
            content = file.read(limit + 1)
    except MemoryError:
        raise
    except Exception:
        return "archive", "It is damaged: its bytes or its checksum do not fit the archive's index."
    if len(content) > limit:
        return "size", f"Unpacked it is larger than {limit / 2**20:g} MB."
    return content


def _overlapping(members: list[zipfile.ZipInfo]) -> set[int]:
    """Where members begin that run into the next one (CVE-2024-0450)."""
    ordered = sorted(members, key=lambda info: info.header_offset)
    overlapping: set[int] = set()
    for first, second in itertools.pairwise(ordered):
        if first.header_offset + 30 + len(first.orig_filename) + first.compress_size > second.header_offset:
            overlapping |= {first.header_offset, second.header_offset}
    return overlapping


def _is_litter(name: str) -> bool:
    """What macOS and Python leave beside files."""
    parts = _with_slashes(name).split("/")
    return "__MACOSX" in parts or "__pycache__" in parts or parts[-1].startswith("._")


def _as_text(name: str) -> str:
    return name[-200:].encode("utf-8", "replace").decode()


def _tensor(content: bytes) -> Any:
    import torch

    return torch.frombuffer(bytearray(content), dtype=torch.uint8) if content else torch.zeros(0, dtype=torch.uint8)
