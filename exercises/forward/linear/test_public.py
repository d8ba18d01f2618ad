"""Public suite for ``forward/linear``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    weight = torch.tensor([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])
    input = torch.tensor([[1.0, 2.0, 3.0], [0.0, -1.0, 1.0]])

    output = student.linear(input, weight, torch.tensor([10.0, 20.0]))

    assert_close(output, torch.tensor([[8.0, 24.0], [9.0, 19.0]]))


@pytest.mark.points(1)
def test_without_bias(student):
    """One sample and no bias."""
    output = student.linear(torch.tensor([1.0, 2.0]), torch.tensor([[3.0, 0.5], [0.0, -1.0], [1.0, 1.0]]))

    assert_close(output, torch.tensor([4.0, -2.0, 3.0]))


@pytest.mark.points(1)
def test_leading_dimensions(student, randn):
    """Three leading dimensions are kept, and the numbers are PyTorch's."""
    input, weight, bias = randn(2, 3, 4, 5), randn(6, 5), randn(6)

    assert_close(student.linear(input, weight, bias), torch.nn.functional.linear(input, weight, bias))
