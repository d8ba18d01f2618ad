"""gradstep: learn and grade the training loop of deep learning.

>>> from grader import grade
>>> result = grade("cross_entropy.py", "loss/cross_entropy")
>>> result.score, result.max_score
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.grading import Grader, Settings, grade
    from grader.result import Outcome, Result, Verdict

__all__ = ["grade", "Grader", "Settings", "Result", "Verdict", "Outcome"]
_RESULTS = ("Result", "Verdict", "Outcome")


def __getattr__(name: str) -> Any:
    """Import on first use: every pytest run on the machine imports this package, and torch is dear."""
    if name not in __all__:
        raise AttributeError(f"module 'grader' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"grader.{'result' if name in _RESULTS else 'grading'}"), name)
