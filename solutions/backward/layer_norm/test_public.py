"""Public suite for ``backward/layer_norm``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    grad_output = torch.tensor([[4.0, 0.0, 2.0, 2.0], [1.0, 1.0, 0.0, 0.0]])
    input = torch.tensor([[2.0, 2.0, 6.0, 6.0], [1.0, 3.0, 1.0, 3.0]])
    weight = torch.tensor([1.0, 2.0, 1.0, 3.0])

    grad_input, grad_weight, grad_bias = student.layer_norm_backward(grad_output, input, weight, eps=0.0)

    expected = torch.tensor([[1.0, -1.0, -1.0, 1.0], [0.5, 1.0, -0.5, -1.0]])
    assert_close(grad_input, expected, what="the gradient of the input")
    assert_close(grad_weight, torch.tensor([-5.0, 1.0, 2.0, 2.0]), what="the gradient of the weight")
    assert_close(grad_bias, torch.tensor([5.0, 1.0, 2.0, 2.0]), what="the gradient of the bias")


@pytest.mark.points(1)
def test_equal_features(student):
    """Equal features have the variance 0: with eps = 0.25 the gradient is twice h, less its mean."""
    grad_output, input = torch.tensor([[1.0, 2.0, 6.0]]), torch.tensor([[5.0, 5.0, 5.0]])

    grad_input, grad_weight, _ = student.layer_norm_backward(grad_output, input, torch.ones(3), eps=0.25)

    assert_close(grad_input, torch.tensor([[-4.0, -2.0, 6.0]]), what="the gradient of the input")
    assert_close(grad_weight, torch.zeros(3), what="the gradient of the weight")


@pytest.mark.points(1)
def test_like_autograd(student, randn):
    """For L = mean(y²), over sentences of words, it finds what autograd finds through PyTorch's layer norm."""
    input, weight, bias = (randn(*shape, dtype=torch.float64).requires_grad_() for shape in [(2, 3, 5), (5,), (5,)])
    output = torch.nn.functional.layer_norm(input, (5,), weight, bias)
    expected = torch.autograd.grad(output.square().mean(), (input, weight, bias))
    grad_output = 2 * output.detach() / output.numel()  # of the mean of the squares, by hand

    assert_close(student.layer_norm_backward(grad_output, input.detach(), weight.detach()), expected)
