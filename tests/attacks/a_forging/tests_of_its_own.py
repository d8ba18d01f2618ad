"""Expected: failed (value), 0 of 6. A14, wall/numbers.

Brings tests of the same names that pass, marks that skip, hooks of pytest, and names that the grader uses itself.
"""

import torch

pytest_plugins = ["nothing"]
pytestmark = []
__test__ = False


def pytest_collection_modifyitems(items):
    items.clear()


def test_double(*args, **kwargs):
    return None


test_large = test_in_place = test_gradient = run = vjp = student = reference = test_double


def double(x):
    return torch.ones_like(x)


def scale_(x, factor):
    x.zero_()
