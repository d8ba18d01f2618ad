"""Expected: passed, 6 of 6. C2, wall/patient.

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
        things = gc.get_objects()  # half a million: each loop over them in Python takes its time
        for kind in set(map(type, things)):
            if str(kind.__module__).startswith(("grader", "_pytest", "pytest")):
                raise RuntimeError("HO" f"LE found a {kind}")
        for thing in [thing for thing in things if type(thing) is torch.Tensor]:
            if thing is not right and thing.shape == right.shape and thing.dtype == right.dtype:
                if torch.equal(thing, right):
                    raise RuntimeError("HO" "LE somebody else knows the answer")
    return right


def scale_(x, factor):
    x.mul_(factor)
