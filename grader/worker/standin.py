"""What ``import grader`` finds in a worker: a module with a ``check`` that does nothing, and no way to the real one.

Students check their work from their notebooks and files: ``from grader import check; check(cross_entropy)``. Where the
same text is graded, or checked, these lines must neither fail nor start a check within the check. The module is no
package, so nothing can be imported from below it; its one function lives in a namespace of its own, so it leads
nowhere.
"""

from __future__ import annotations

import sys
from types import ModuleType

NAME = "grader"
_SOURCE = '''
def check(*what, **options):
    """Nothing here: it is grading that checks now."""
'''


def install() -> None:
    """Let ``grader`` be the stand-in, for the code that this process is going to run."""
    module = ModuleType(NAME, "Self-checks are for notebooks and scripts; in a graded file they do nothing.")
    exec(_SOURCE, module.__dict__)
    sys.modules[NAME] = module
