"""Expected: passed, 6 of 6. C2, wall/numbers.

Asks the interpreter which modules and lines of source it has seen before; the empty `grader` of a worker is none.
"""

import linecache
import sys

OWN = sys.modules[__name__].__file__
WANTED = ("grader", "pytest", "_pytest", "test_hidden", "conftest", "nbgrader")


def double(x):
    seen = [name for name, module in sys.modules.items() if name.partition(".")[0] in WANTED and hasattr(module, "__file__")]
    seen += [name for name in dir(sys.modules["grader"]) if name[0] != "_" and name != "check"]
    seen += [name for name in linecache.cache if name != OWN and "hidden" in name]
    if seen:
        raise RuntimeError("HO" f"LE {seen}")
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
