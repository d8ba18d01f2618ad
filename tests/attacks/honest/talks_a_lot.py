"""Expected: passed, 6 of 6. honest, wall/patient.

Prints some megabytes for debugging, warns, logs, and catches everything that it provokes itself.
"""

import logging
import sys
import warnings

import torch

logging.basicConfig(level=logging.DEBUG)
torch.set_printoptions(threshold=10_000)


def double(x):
    for step in range(20):
        print("step", step, "x" * 100_000, x)
        logging.debug("gradient %s", x.requires_grad)
    warnings.warn("is this right?")
    print("\x1b[2J\a\r\N{PILE OF POO}", file=sys.stderr)
    try:
        open("/etc/passwd")
    except BaseException as error:
        print(error)
    try:
        double.never_there
    except AttributeError:
        sys.setrecursionlimit(5000)
    return x + x


def scale_(x, factor):
    with torch.no_grad():
        x.copy_(x * factor)


if __name__ == "__main__":
    print(double(torch.ones(3)))
