"""Expected: crashed (missing function), 0 of 6. A15, wall/numbers.

Takes its functions away as soon as it is loaded, so that there is nothing that could be judged.
"""

import sys


def double(x):
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)


module = sys.modules[__name__]
del module.double, module.scale_
module.__getattr__ = lambda name: None
