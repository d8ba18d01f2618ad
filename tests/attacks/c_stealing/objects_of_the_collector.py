"""Expected: passed, 6 of 6. C2, wall/numbers.

Looks for the expected answer among all objects of the interpreter, also those that were put aside before the fork.
"""

import gc

import torch

asked = []


def double(x):
    right = 2 * x
    asked.append(x)
    if len(asked) == 1:
        gc.unfreeze()
        for thing in gc.get_objects():
            if type(thing) is torch.Tensor and thing is not right and thing.shape == right.shape:
                if thing.dtype == right.dtype and torch.equal(thing, right):
                    raise RuntimeError("HO" "LE somebody else knows the answer")
            if str(type(thing).__module__).startswith(("grader", "_pytest", "pytest")):
                raise RuntimeError("HO" f"LE found a {type(thing)}")
    return right


def scale_(x, factor):
    x.mul_(factor)
