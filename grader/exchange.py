"""Hand in through nbgrader's exchange, as ``nbgrader submit`` does."""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

from grader.submitting import Handed, NotDelivered


def submit(handed: Handed, assignment: str, folder: Path) -> str:
    """Submit ``handed`` as ``assignment``; returns where it went.

    Course and exchange are those of the nbgrader_config.py in ``folder`` or of Jupyter's configuration, and the student
    is who is logged in: nbgrader's own rules. Raises :class:`NotDelivered`.
    """
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's and its dependencies' own, which no student can act on
        tree = Path(name) / assignment
        for item in handed.items:
            target = tree / item.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(item.content)
        before = Path.cwd()
        os.chdir(folder)  # nbgrader looks for its configuration in the current folder
        try:
            return _submit(assignment, Path(name))
        finally:
            os.chdir(before)


def _submit(assignment: str, folder: Path) -> str:
    from nbgrader.apps import SubmitApp
    from nbgrader.auth import Authenticator
    from nbgrader.exchange import ExchangeError, ExchangeFactory

    said = _Said()
    app: Any = SubmitApp()
    app.initialize([])
    app.config.Exchange.assignment_dir = str(folder)
    app.coursedir.assignment_id = assignment
    exchange: Any = ExchangeFactory(config=app.config).submit  # a course may have put another one there
    work = exchange(coursedir=app.coursedir, authenticator=Authenticator(parent=app), parent=app)
    work.log = said.log
    try:
        work.start()
    except ExchangeError as error:
        words = said.last or str(error)
        raise NotDelivered(f"nbgrader does not take it: {words.rstrip('.')}. Nothing was sent.") from error
    return str(getattr(work, "inbound_path", "")) or "nbgrader"


class _Said:
    """What nbgrader logs: its exceptions say little."""

    def __init__(self) -> None:
        self.last = ""
        self.log = logging.Logger("nbgrader")  # of our own: nothing of it is printed
        handler = logging.Handler()
        handler.emit = self._keep  # type: ignore[method-assign]
        self.log.addHandler(handler)

    def _keep(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.last = record.getMessage()
