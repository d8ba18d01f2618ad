"""Public suite for ``backward/linear``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    grad_output = torch.tensor([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])
    input = torch.tensor([[2.0, 1.0], [5.0, 0.0]])
    weight = torch.tensor([[1.0, 0.0], [2.0, -1.0], [3.0, 1.0]])

    grad_input, grad_weight, grad_bias = student.linear_backward(grad_output, input, weight)

    assert_close(grad_input, torch.tensor([[-2.0, -1.0], [4.0, -1.0]]), what="the gradient of the input")
    assert_close(grad_weight, torch.tensor([[12.0, 1.0], [5.0, 0.0], [-2.0, -1.0]]), what="the gradient of the weight")
    assert_close(grad_bias, torch.tensor([3.0, 1.0, -1.0]), what="the gradient of the bias")


@pytest.mark.points(1)
def test_one_entry(student):
    """One upstream gradient that is not zero: only its row of the weight and only its sample get any."""
    grad_output = torch.zeros(3, 2)
    grad_output[2, 1] = 10.0
    input = torch.tensor([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [-1.0, 0.5, 2.0, 0.0]])
    weight = torch.tensor([[1.0, 1.0, 1.0, 1.0], [0.5, -2.0, 0.0, 3.0]])

    grad_input, grad_weight, grad_bias = student.linear_backward(grad_output, input, weight)

    nothing = [0.0, 0.0, 0.0, 0.0]
    assert_close(
        grad_input, torch.tensor([nothing, nothing, [5.0, -20.0, 0.0, 30.0]]), what="the gradient of the input"
    )
    assert_close(grad_weight, torch.tensor([nothing, [-10.0, 5.0, 20.0, 0.0]]), what="the gradient of the weight")
    assert_close(grad_bias, torch.tensor([0.0, 10.0]), what="the gradient of the bias")


@pytest.mark.points(1)
def test_like_autograd(student, randn):
    """For L = mean(y²) it finds what autograd finds through ``torch.nn.functional.linear``."""
    input, weight, bias = (randn(*shape, dtype=torch.float64).requires_grad_() for shape in [(4, 3), (2, 3), (2,)])
    output = torch.nn.functional.linear(input, weight, bias)
    expected = torch.autograd.grad(output.square().mean(), (input, weight, bias))
    grad_output = 2 * output.detach() / output.numel()  # of the mean of the squares, by hand

    assert_close(student.linear_backward(grad_output, input.detach(), weight.detach()), expected)
