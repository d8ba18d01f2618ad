"""Expected: passed, 6 of 6. F11, wall/numbers.

Turns every global knob there is, as it is loaded and again in each call; its own answers are right all the same.
"""

import decimal
import locale
import random
import sys
import warnings

import numpy
import torch


def turn():
    torch.set_default_dtype(torch.float16)
    torch.use_deterministic_algorithms(True)
    torch.set_printoptions(threshold=10**9)
    torch.manual_seed(0)
    numpy.seterr(all="ignore")
    random.seed(0)
    decimal.getcontext().prec = 1
    locale.setlocale(locale.LC_ALL, "C")
    warnings.simplefilter("error")
    sys.setrecursionlimit(200)
    sys.setswitchinterval(1)


turn()


def double(x):
    turn()
    return x + x


def scale_(x, factor):
    turn()
    x.mul_(factor)
