"""Public suite for ``forward/activations``: what you can see while you work. Grading checks more."""

import math

import pytest
import torch

from grader.testing import assert_close

LOG3 = math.log(3)


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    input = torch.tensor([-LOG3, 0.0, LOG3])

    assert_close(student.relu(input), torch.tensor([0.0, 0.0, LOG3]), what="relu")
    assert_close(student.leaky_relu(input, 0.5), torch.tensor([-LOG3 / 2, 0.0, LOG3]), what="leaky_relu")
    assert_close(student.sigmoid(input), torch.tensor([0.25, 0.5, 0.75]), what="sigmoid")
    assert_close(student.tanh(input), torch.tensor([-0.8, 0.0, 0.8]), what="tanh")


@pytest.mark.points(1)
@pytest.mark.parametrize("approximate", ["none", "tanh"])
def test_gelu(student, randn, approximate):
    """Both forms of the GELU are PyTorch's."""
    input = 2 * randn(4, 3, dtype=torch.float64)
    expected = torch.nn.functional.gelu(input, approximate=approximate)

    assert_close(student.gelu(input, approximate=approximate), expected, what=f"gelu with {approximate!r}")


@pytest.mark.points(1)
def test_large(student):
    """Sigmoid and tanh of large numbers."""
    input = torch.tensor([-1000.0, 1000.0])

    assert_close(student.sigmoid(input), torch.tensor([0.0, 1.0]), what="sigmoid")
    assert_close(student.tanh(input), torch.tensor([-1.0, 1.0]), what="tanh")


@pytest.mark.points(1)
def test_gradient_of_large(student):
    """Sigmoid is flat far away from 0: the gradient is 0, not nan."""
    (gradient,) = student.vjp("sigmoid", (torch.tensor([-1000.0, 0.0, 1000.0]),), torch.tensor([2.0, 4.0, 6.0]))

    assert_close(gradient, torch.tensor([0.0, 1.0, 0.0]), what="the gradient of sigmoid")
