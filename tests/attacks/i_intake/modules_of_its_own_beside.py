"""Expected: passed, 6 of 6. I11, wall/numbers.

Files by the names of modules that everybody imports lie beside a right solution, which looks whether it gets them.
"""

TRAP = "raise RuntimeError('HO' 'LE a file beside a submission was imported')\n"
WORK = """
import random, json, torch, numpy, typing, struct
def double(x):
    return 2 * x
def scale_(x, factor):
    x.mul_(factor)
"""


def hand_in(home):
    (home / "wall").mkdir()
    for name in ("torch", "random", "json", "numpy", "struct", "typing", "sitecustomize", "conftest", "worker"):
        (home / "wall" / f"{name}.py").write_text(TRAP)
        (home / f"{name}.py").write_text(TRAP)
    (home / "wall" / "__init__.py").write_text(TRAP)
    (home / "wall" / "numbers.py").write_text(WORK)
