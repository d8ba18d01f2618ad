"""The cells that were run in a notebook, as they were typed, and what of them is Python."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from dataclasses import dataclass
from typing import Any

from grader.submission import is_for_jupyter, without_checks

_FOR_JUPYTER = re.compile(r"\s*[%!?]|.*\?\s*$|\s*[\w.,\s]+=\s*[%!]")  # also where grading would see a syntax error


@dataclass(frozen=True)
class Cell:
    """One cell that was run. ``number`` is what Jupyter shows beside it: 3 for ``[3]:``."""

    number: int
    source: str  # its lines are those of the cell; what is for Jupyter is left empty
    tree: ast.Module
    refused: str = ""  # the first line that grading refuses: a magic, a shell command
    magic: str = ""  # the cell magic that runs the whole cell, which then is no Python


def shell() -> Any:
    """IPython's shell when this is a notebook or IPython's console; else None. Imports nothing."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def cells_of(running: Any) -> list[Cell]:
    """What was run in ``running``, IPython's shell, in that order. Cells that are no Python defined nothing."""
    typed: list[str] = running.history_manager.input_hist_raw
    found = (read(number, source) for number, source in enumerate(typed) if source.strip())
    return [cell for cell in found if cell is not None]


def read(number: int, typed: str) -> Cell | None:
    """The cell with that number and text; None when it is no Python even without its lines for Jupyter."""
    source = without_checks(typed.replace("\r\n", "\n"))
    lines = source.split("\n")
    top = next((line for line in lines if line.strip()), "")
    if top.startswith("%%"):
        return Cell(number, "", ast.Module([], []), top.strip(), top.split()[0])
    refused = next((line.strip() for line in lines if is_for_jupyter(line)), "")
    tree = _parsed(source)
    if tree is None:
        source = "\n".join(_without_magic(line) for line in lines)
        tree = _parsed(source)
    return None if tree is None else Cell(number, source, tree, refused)


def _parsed(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Jupyter has shown them when the cell was run
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_magic(line: str) -> str:
    if not _FOR_JUPYTER.match(line):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass" if indent else ""
