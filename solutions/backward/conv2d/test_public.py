"""Public suite for ``backward/conv2d``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close

IMAGE = ((1.0, 2.0, 0.0), (0.0, 1.0, 3.0), (2.0, 0.0, 1.0))


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    grad_output, weight = torch.tensor([[[[1.0, 0.0], [2.0, -1.0]]]]), torch.tensor([[[[1.0, 3.0], [2.0, -1.0]]]])

    grad_input, grad_weight, grad_bias = student.conv2d_backward(grad_output, torch.tensor([[IMAGE]]), weight)

    expected = torch.tensor([[[[1.0, 3.0, 0.0], [4.0, 4.0, -3.0], [4.0, -4.0, 1.0]]]])
    assert_close(grad_input, expected, what="the gradient of the input")
    assert_close(grad_weight, torch.tensor([[[[0.0, 1.0], [4.0, 0.0]]]]), what="the gradient of the weight")
    assert_close(grad_bias, torch.tensor([2.0]), what="the gradient of the bias")


@pytest.mark.points(1)
def test_stride(student):
    """The example from the statement with stride 2: no window has seen the column on the right."""
    grad_output, weight = torch.tensor([[[[1.0], [10.0]]]]), torch.tensor([[[[1.0, 2.0]]]])

    grads = student.conv2d_backward(grad_output, torch.tensor([[IMAGE]]), weight, stride=2)
    grad_input, grad_weight, grad_bias = grads

    expected = torch.tensor([[[[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [10.0, 20.0, 0.0]]]])
    assert_close(grad_input, expected, what="the gradient of the input")
    assert_close(grad_weight, torch.tensor([[[[21.0, 2.0]]]]), what="the gradient of the weight")
    assert_close(grad_bias, torch.tensor([11.0]), what="the gradient of the bias")


@pytest.mark.points(1)
def test_like_autograd(student, randn):
    """For L = mean(y²), with padding, it finds what autograd finds through ``torch.nn.functional.conv2d``."""
    shapes = (2, 3, 4, 5), (2, 3, 3, 2), (2,)
    input, weight, bias = (randn(*shape, dtype=torch.float64).requires_grad_() for shape in shapes)
    output = torch.nn.functional.conv2d(input, weight, bias, padding=1)
    expected = torch.autograd.grad(output.square().mean(), (input, weight, bias))
    grad_output = 2 * output.detach() / output.numel()  # of the mean of the squares, by hand

    assert_close(student.conv2d_backward(grad_output, input.detach(), weight.detach(), padding=1), expected)
