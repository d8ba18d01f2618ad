"""gradstep: learn and grade the training loop of deep learning.

>>> from grader import grade
>>> result = grade("cross_entropy.py", "loss/cross_entropy")
>>> result.score, result.max_score
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.grading import Grader, Settings, grade
    from grader.notebook import check
    from grader.result import Outcome, Result, Verdict

__all__ = ["grade", "check", "Grader", "Settings", "Result", "Verdict", "Outcome"]
_WHERE = {"check": "notebook", "Result": "result", "Verdict": "result", "Outcome": "result"}


def __getattr__(name: str) -> Any:
    """Import on first use: every pytest run on the machine imports this package, and torch is dear."""
    if name not in __all__:
        raise AttributeError(f"module 'grader' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"grader.{_WHERE.get(name, 'grading')}"), name)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext grader`` in a notebook."""
    from grader.notebook import magics, start_ahead

    magics.register(shell)
    start_ahead()
