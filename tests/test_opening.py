"""Notebooks, opened in a worker: their code and its places, or why there is none. (Archives: test_intake.)"""

from __future__ import annotations

import json

import pytest

from grader.opening import open_notebook
from grader.sandbox import Sandbox
from grader.submission import Submission


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
