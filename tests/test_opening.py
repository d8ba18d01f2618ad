"""Notebooks, opened in a worker: their code and its places, or why there is none. (Archives: test_intake.)"""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.link import SandboxBroken
from grader.opening import open_archive, open_notebook
from grader.sandbox import Sandbox
from grader.submission import Submission
from grader.worker import opening


def notebook(*sources: str) -> bytes:
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True), "metadata": {}} for source in sources]
    cells.insert(0, {"cell_type": "markdown", "source": "words", "metadata": {}})
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()


def opened(sandbox: Sandbox, content: bytes) -> Submission:
    return open_notebook(Submission("bob", "x/f", None, notebook=content), sandbox)


def test_a_notebook_is_its_code_cells(sandbox: Sandbox) -> None:
    submission = opened(sandbox, notebook("a = 1\nb = 2", "c = 3"))

    assert submission.source == "a = 1\nb = 2\n\nc = 3\n"
    assert submission.place(2) == ("cell 1, line 2", "b = 2")
    assert submission.place(4) == ("cell 2, line 1", "c = 3")


@pytest.mark.parametrize("line", ["%matplotlib inline", "!pip install x", "%%bash", "ip = get_ipython()", "?torch"])
def test_jupyter_lines_are_refused_with_their_place(sandbox: Sandbox, line: str) -> None:
    submission = opened(sandbox, notebook("a = 1", f"b = 2\n{line}"))

    assert submission.refusal
    assert submission.refusal.words.startswith(f"Cell 2, line 2 is for Jupyter, not Python: `{line}`.")


# --- notebooks that check themselves ------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["%load_ext grader", "%reload_ext grader", "%check", "%check  loss/cross_entropy "])
def test_our_own_lines_for_jupyter_are_left_empty(sandbox: Sandbox, line: str) -> None:
    submission = opened(sandbox, notebook("a = 1", f"b = 2\n{line}\nc = 3"))

    assert submission.source == "a = 1\n\nb = 2\n\nc = 3\n"
    assert submission.place(5) == ("cell 2, line 3", "c = 3")


def test_a_cell_that_is_checked_is_code_all_the_same(sandbox: Sandbox) -> None:
    submission = opened(sandbox, notebook("\n%%check loss/cross_entropy\na = 1"))

    assert submission.source == "\n\na = 1\n"


NOT_OURS = [
    "%check loss; import os",
    "%check `x`",
    "%check \\",
    "%checkout",
    "%load_ext autoreload",
    "%load_ext grader.evil",
    "%%check",  # not at the top of the cell: Jupyter would not take it
    "!check",
]


@pytest.mark.parametrize("line", NOT_OURS)
def test_a_line_with_anything_else_in_it_is_refused_as_ever(sandbox: Sandbox, line: str) -> None:
    submission = opened(sandbox, notebook("a = 1", f"b = 2\n{line}"))

    assert submission.refusal
    assert submission.refusal.words.startswith(f"Cell 2, line 2 is for Jupyter, not Python: `{line}`.")


def tagged(source: str, tags: Any = (opening.CHECK_TAG,)) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {"tags": tags}}


def cells_with(*cells: dict[str, Any]) -> bytes:
    return json.dumps({"cells": [*cells, tagged("z = 1", [])]}).encode()


ONLY_CHECKS = "from grader import check\n\n# my check\ncheck(gone)  # once more\n%check loss/cross_entropy"


def test_the_released_cell_is_empty_and_keeps_its_number(sandbox: Sandbox) -> None:
    submission = opened(sandbox, cells_with(tagged(ONLY_CHECKS)))

    assert submission.source == "\nz = 1\n"
    assert submission.place(2) == ("cell 2, line 1", "z = 1")


@pytest.mark.parametrize(
    "source",
    [
        "def f(): pass",
        "check(f); import os",
        "check(f())",
        "check(f)\nx = 1",
        "from grader import check as c",
        "(check(f))",
    ],
)
def test_a_cell_with_the_tag_in_which_somebody_works_is_code(source: str) -> None:
    assert opening.cells(cells_with(tagged(source)))[0] == source


@pytest.mark.parametrize("tags", [None, opening.CHECK_TAG, {opening.CHECK_TAG: 1}, 3, [[opening.CHECK_TAG]], ["x"]])
def test_tags_of_another_form_are_none(tags: Any) -> None:
    assert opening.cells(cells_with(tagged("check(f)", tags)))[0] == "check(f)"
    assert opening.cells(json.dumps({"cells": [tagged("x") | {"metadata": tags}]}).encode()) == ["x"]


BROKEN = {
    "empty": (b"", "notebook"),
    "cut off": (b"{", "notebook"),
    "a list": (b"[]", "notebook"),
    "no cells": (b'{"cells": 3}', "notebook"),
    "no source": (b'{"cells": [{"cell_type": "code"}]}', "notebook"),
    "no text": (b"\xff\xfe", "notebook"),
    "deep": (b"[" * 100_000, "notebook"),
    "ten million lists": (b"[" + b"[]," * 6_000_000 + b"[]]", "notebook"),
    "too many cells": (notebook(*["x"] * 10_001), "notebook"),
    "too much code": (notebook("x" * 2**20, "y"), "size"),
    "NUL": (notebook("x = '\0'"), "encoding"),
    "half a character": (b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}', "encoding"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_notebooks(sandbox: Sandbox, name: str) -> None:
    content, cause = BROKEN[name]

    submission = opened(sandbox, content)

    assert submission.source is None
    assert submission.refusal
    assert submission.refusal.cause == cause
    assert submission.digest == Submission("bob", "x/f", None, notebook=content).digest


class Dies:
    """A sandbox whose workers are killed from outside."""

    def __init__(self) -> None:
        self.started = 0

    def worker(self, limits: object) -> Any:
        self.started += 1
        return self

    def ask(self, body: object, seconds: float) -> Any:
        raise SandboxBroken("killed", by_worker=True)

    def close(self) -> None:
        pass


def test_a_file_under_which_workers_are_killed_is_refused_and_no_more() -> None:
    sandbox = Dies()

    refusal = open_archive(b"PK", ["x/f"], sandbox).refusal

    assert refusal
    assert refusal.cause == "archive"
    assert sandbox.started == 2


# --- any bytes ----------------------------------------------------------------------------------------------------

NAMES = ["loss/cross_entropy", "optimizer/sgd"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("code"),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["cells", "cell_type", "source"]) | st.text(), inner)
    ),
    max_leaves=8,
)


@given(st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_notebook_or_are_refused(content: bytes) -> None:
    try:
        found = opening.cells(content)
    except opening.Refused:
        return
    assert all(type(source) is str for source in found)


@given(st.lists(json_values) | st.lists(st.fixed_dictionaries({"cell_type": st.just("code"), "source": json_values})))
def test_any_cells_are_read_or_are_refused(cells: list[Any]) -> None:
    content = json.dumps({"cells": cells}).encode()
    try:
        opening.cells(content)
    except opening.Refused:
        pass


@st.composite
def damaged_archives(draw: st.DrawFn) -> bytes:
    """A zip archive with a few bytes changed, cut off, or put in."""
    method = draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in draw(
            st.lists(st.sampled_from(["loss/cross_entropy.py", "a/optimizer/sgd.ipynb", "x.py", "x/"]), unique=True)
        ):
            archive.writestr(zipfile.ZipInfo(name), b"x = 1\n" * 20, method)
    data = bytearray(buffer.getvalue())
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        new = draw(st.binary(max_size=4) | st.sampled_from([b"\xff" * 8, b"PK\x01\x02", b"PK\x06\x06", b"\0" * 4]))
        data[at : at + draw(st.sampled_from([0, len(new), 30]))] = new
    return bytes(data)


@given(st.binary() | damaged_archives())
def test_any_bytes_are_an_archive_or_are_refused(content: bytes) -> None:
    try:
        files, strays = opening.files(content, NAMES)
    except opening.Refused:
        return
    assert all(exercise in NAMES for exercise, _, _ in files)
    assert all(type(name) is str for name in strays)


def test_one_damaged_file_of_an_archive_spoils_no_other() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("loss/cross_entropy.py", b"x = 1\n" * 20)
        archive.writestr("optimizer/sgd.py", b"y = 1\n")
    data = bytearray(buffer.getvalue())
    data[30 + len("loss/cross_entropy.py") + 4] = 0xFF  # the properties of LZMA

    files, _ = opening.files(bytes(data), NAMES)

    assert files[0][2][0] == "archive"
    assert files[1][2].numpy().tobytes() == b"y = 1\n"


def test_a_member_without_a_name_spoils_no_other() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("loss/cross_entropy.py", b"x = 1\n")
        archive.writestr("?", b"")

    files, strays = opening.files(buffer.getvalue().replace(b"?", b"\0"), NAMES)

    assert files[0][2].numpy().tobytes() == b"x = 1\n"
    assert strays == []


def test_a_member_that_lies_beyond_all_numbers_is_damaged() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("loss/cross_entropy.py")
        info.extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
        archive.writestr(info, b"x")
    data = bytearray(buffer.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 42 : at + 46] = b"\xff" * 4  # the offset stands in the extra field, it says

    try:
        files, _ = opening.files(bytes(data), NAMES)
    except opening.Refused:
        return
    assert files[0][2][0] == "archive"
