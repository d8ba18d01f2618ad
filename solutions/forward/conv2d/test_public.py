"""Public suite for ``forward/conv2d``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close

IMAGE = ((1.0, 2.0, 0.0, 1.0), (0.0, 1.0, 3.0, 2.0), (2.0, 0.0, 1.0, 1.0))


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    input, weight = torch.tensor([[IMAGE]]), torch.tensor([[[[1.0, 0.0], [2.0, -1.0]]]])

    output = student.conv2d(input, weight, torch.tensor([10.0]))

    assert_close(output, torch.tensor([[[[10.0, 11.0, 14.0], [14.0, 10.0, 14.0]]]]))


@pytest.mark.points(1)
def test_stride_and_padding(student):
    """The example from the statement, with stride 2 and padding 1."""
    input, weight = torch.tensor([[IMAGE]]), torch.tensor([[[[1.0, 0.0], [2.0, -1.0]]]])

    output = student.conv2d(input, weight, torch.tensor([10.0]), stride=2, padding=1)

    assert_close(output, torch.tensor([[[[9.0, 14.0, 12.0], [8.0, 10.0, 14.0]]]]))


@pytest.mark.points(1)
def test_shift(student):
    """A kernel with a single 1 picks one pixel of each window: with dilation 2, the one two rows further down."""
    input, weight = torch.tensor([[IMAGE]]), torch.tensor([[[[0.0], [1.0]]]])

    output = student.conv2d(input, weight, dilation=2)

    assert_close(output, torch.tensor([[[[2.0, 0.0, 1.0, 1.0]]]]))


@pytest.mark.points(1)
def test_like_torch(student, randn):
    """Three channels go in, four come out, in float64: the numbers are PyTorch's."""
    input, weight, bias = (randn(*shape, dtype=torch.float64) for shape in [(2, 3, 7, 5), (4, 3, 2, 3), (4,)])

    assert_close(student.conv2d(input, weight, bias), torch.nn.functional.conv2d(input, weight, bias))
