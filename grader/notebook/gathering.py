"""From the cells of a session to the one source that is checked.

Why not simply the whole file? It lies on the disk as it was saved last, which is seldom what was run last; a kernel
does not even know its name. And the cells of a notebook in use train models, draw and print, which every check would
do again. So the code is gathered: the last definitions of the names that the exercise asks for, and of everything
that these need in turn, in the order in which they were run. Expressions, loops and checks are left out, and where
one of them alone defines a name that is needed, the student is told.

Every cell keeps its lines: one that is left out is empty. So line 2 of a cell is line 2 in every message.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from grader.notebook import bindings
from grader.notebook.session import Cell
from grader.result import printable

_END = 10**9


@dataclass(frozen=True)
class Gathered:
    """The source, where each cell begins in it (as in a Submission), and what the student should know about it."""

    source: str
    cells: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]
    definitions: dict[str, ast.stmt]  # of the names that were asked for, as far as there are any


@dataclass
class _Statement:
    cell: Cell
    node: ast.stmt
    defines: set[str] = field(init=False)
    changes: set[str] = field(init=False)
    kept: bool = field(init=False)

    def __post_init__(self) -> None:
        self.defines = bindings.defined(self.node)
        self.changes = bindings.changed(self.node)
        self.kept = bindings.is_definition(self.node)

    @property
    def place(self) -> str:
        line = self.cell.source.split("\n")[self.node.lineno - 1].strip()
        return f"cell {self.cell.number}, line {self.node.lineno}: `{printable(line[:80])}`"


def gather(cells: list[Cell], wanted: list[str], known: Collection[str] = ()) -> Gathered:
    """What ``cells`` say about the names ``wanted``. ``known`` are the names that have a value in the session."""
    search = _Search(cells, known)
    for name in wanted:
        search.follow(name)
    source, starts = _laid_out(cells, search.chosen())
    definitions = {name: found.node for name in wanted if (found := search.last(name, _END)) and found.kept}
    return Gathered(source, starts, (*search.notes, *search.unsure()), definitions)


class _Search:
    """Follows names to their definitions, and these to the names that they need."""

    def __init__(self, cells: list[Cell], known: Collection[str]) -> None:
        self._cells = cells
        self._known = known
        self._statements = [_Statement(cell, node) for cell in cells for node in cell.tree.body]
        self._found: set[int] = set()  # indices of statements
        self._names: set[str] = set()  # that were followed
        self.notes: list[str] = []

    def follow(self, name: str) -> None:
        waiting = [(name, _END)]
        seen: set[tuple[str, int]] = set()
        while waiting:
            name, before = waiting.pop()
            if (name, before) not in seen:
                seen.add((name, before))
                waiting += self._needs_of(name, before)

    def last(self, name: str, before: int) -> _Statement | None:
        """What gives ``name`` its value before the statement ``before``; one that is left out if there is no other."""
        at = self._index_of(name, before)
        return None if at is None else self._statements[at]

    def chosen(self) -> list[_Statement]:
        return [self._statements[at] for at in sorted(self._found)]

    def unsure(self) -> Iterator[str]:
        """Calls that are left out and may have changed a value that is not."""
        variables = {
            name for s in self.chosen() if isinstance(s.node, ast.Assign | ast.AnnAssign) for name in s.defines
        }
        for statement in self._statements:
            name = bindings.may_change(statement.node)
            if name in variables & self._names:
                yield f"Left out, though it may change `{name}`: {statement.place}."

    def _needs_of(self, name: str, before: int) -> Iterator[tuple[str, int]]:
        """Choose the statements that give ``name`` its value; yields what these need."""
        self._names.add(name)
        at = self._index_of(name, before)
        if at is None or not self._statements[at].kept:
            self._note_missing(name, at)
            return
        later = (i for i in range(at + 1, min(before, len(self._statements))) if self._changes(i, name))
        for index in (at, *later):
            if index not in self._found:
                self._found.add(index)
                statement = self._statements[index]
                at_once = bindings.needed_at_once(statement.node) | statement.changes
                yield from ((other, index) for other in at_once)
                yield from ((other, _END) for other in bindings.needed_later(statement.node))

    def _changes(self, at: int, name: str) -> bool:
        return self._statements[at].kept and name in self._statements[at].changes

    def _index_of(self, name: str, before: int) -> int | None:
        """The last plain definition; else one of ``import *``; else one that is left out."""
        indices = range(min(before, len(self._statements)) - 1, -1, -1)
        defining = [at for at in indices if name in self._statements[at].defines]
        plain = [at for at in defining if self._statements[at].kept]
        stars = [at for at in indices if not plain and bindings.brings(self._statements[at].node, name)]
        return next(iter((*plain, *stars, *defining)), None)

    def _note_missing(self, name: str, at: int | None) -> None:
        if at is not None:
            note = f"`{name}` is needed, and only what a check leaves out defines it: {self._statements[at].place}."
        elif name in self._known and not hasattr(builtins, name):
            magic = next((c for c in self._cells if c.magic), None)
            perhaps = f" Is it cell {magic.number}, which begins with {magic.magic}?" if magic else ""
            note = f"`{name}` is known in this notebook, but no cell that was run defines it.{perhaps}"
        else:
            return
        if note not in self.notes:
            self.notes.append(note)


# --- the source ---------------------------------------------------------------------------------------------------


def _laid_out(cells: list[Cell], chosen: list[_Statement]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """``chosen`` as one source; in each cell every statement stands on its own lines."""
    lines: list[str] = []
    starts: list[tuple[int, int]] = []
    for cell, line in _future(cells):  # the compiler wants these first, and Jupyter let them hold from anywhere
        starts.append((len(lines) + 1, cell.number))
        lines.append(line)
    for cell in cells:
        own = [statement.node for statement in chosen if statement.cell is cell]
        if own:
            starts.append((len(lines) + 1, cell.number))
            lines += [*_only(cell.source, own), ""]
    return "\n".join(lines), tuple(starts)


def _future(cells: list[Cell]) -> Iterator[tuple[Cell, str]]:
    for cell in cells:
        for node in cell.tree.body:
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                yield cell, ast.unparse(node)


def _only(source: str, nodes: list[ast.stmt]) -> list[str]:
    """The lines of ``source`` up to the last of ``nodes``, with nothing on them but these."""
    typed = [line.encode() for line in source.split("\n")]  # columns are counted in bytes
    lines = [b""] * max(node.end_lineno or 0 for node in nodes)
    for node in nodes:
        first, column = _start(node)
        last = node.end_lineno or first
        for number in range(first, last + 1):
            text = typed[number - 1]
            begin = column if number == first else 0
            end = node.end_col_offset if number == last else None
            piece = text[begin:end]
            lines[number - 1] += b"; " + piece if lines[number - 1] else piece
    return [line.decode() for line in lines]


def _start(node: ast.stmt) -> tuple[int, int]:
    decorators = getattr(node, "decorator_list", [])
    return (decorators[0].lineno, 0) if decorators else (node.lineno, node.col_offset)
