"""Hidden suite for ``wall/numbers``: small, and with every kind of question that the wire knows."""

import pytest
import torch

from grader.testing import assert_close, assert_gradients

CANARY = "canary-of-the-suite-6c1f"


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(4, 3), (7,), ()])
def test_double(student, reference, randn, shape):
    """Twice the argument, for several shapes."""
    x = randn(*shape, dtype=torch.float64)

    assert_close(student.double(x), reference.double(x))


@pytest.mark.points(1)
def test_large(student, reference, randn):
    """Twice the argument, for large numbers in float32."""
    x = randn(50, 20) * 1e6

    assert_close(student.double(x), reference.double(x))


@pytest.mark.points(1)
def test_in_place(student, reference, randn):
    """The argument itself is scaled."""
    mine = randn(5)
    theirs = mine.clone()

    student.scale_(mine, 3.0)
    reference.scale_(theirs, 3.0)

    assert_close(mine, theirs)


@pytest.mark.points(2)
def test_gradient(student, reference, randn):
    """Autograd finds the gradient through it."""
    assert_gradients(student, reference, "double", (randn(3, 4, dtype=torch.float64),), randn)
