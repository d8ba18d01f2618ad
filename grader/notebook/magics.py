"""``%check`` and ``%%check``, which ``%load_ext grader`` adds to a notebook."""

from __future__ import annotations

from typing import Any

from grader.notebook import CannotCheck, bindings, check, known_names, session

_NOTHING = "Say what to check: %check loss/cross_entropy"


def register(shell: Any) -> None:
    """Add both magics to ``shell``, IPython's."""
    last: list[str] = []  # what %check without a name checks again

    def magic(line: str, cell: str | None = None) -> None:
        if cell is not None and not _run(shell, cell):
            return  # Jupyter has shown the error of the cell
        name = line.strip() or _defined_in(shell, cell) or (last[0] if last else "")
        if not name:
            raise CannotCheck(_NOTHING)
        last[:] = [name]
        check(name)

    shell.register_magic_function(magic, magic_kind="line_cell", magic_name="check")


def _run(shell: Any, cell: str) -> bool:
    """Run a cell as if ``%%check`` did not stand above it."""
    return bool(shell.run_cell(cell, store_history=False).success)


def _defined_in(shell: Any, cell: str | None) -> str:
    """The function of an exercise that ``cell`` defines; without a cell, the only one that the notebook has."""
    if cell is None:
        names = [name for name in known_names() if name in shell.user_ns]
        return names[0] if len(names) == 1 else ""
    read = session.read(0, cell)
    names = [name for node in read.tree.body for name in bindings.defined(node)] if read else []
    return next((name for name in known_names() if name in names), "")
