"""Hidden suite for ``backward/linear``.

Three checks hold one gradient each; the others look at all three and award a third for each one that is right, so that
a mistake in one gradient never costs the points of another.
"""

import pytest
import torch

from grader.testing import assert_close, award_each, expect

GRADIENTS = ("the gradient of the input", "the gradient of the weight", "the gradient of the bias")
SHAPES = pytest.mark.parametrize(
    ("samples", "inputs", "outputs"), [(5, 3, 2), (6, 4, 4), (11, 4, 13), (3, 1, 5), (4, 3, 1)]
)


def draw(randn, samples, inputs, outputs, dtype=torch.float64):
    """Arguments of ``linear_backward``: the upstream gradient is random, never ones."""
    return tuple(randn(*shape, dtype=dtype) for shape in [(samples, outputs), (samples, inputs), (outputs, inputs)])


def assert_gradient(found, expected, name, rtol=None):
    """The gradient called ``name``, one of the three that were found, is right."""
    expect(
        isinstance(found, tuple | list) and len(found) == 3,
        "The function must return three gradients: grad_input, grad_weight, grad_bias.",
    )
    index = GRADIENTS.index(name)
    assert_close(found[index], expected[index], what=name, rtol=rtol)


def assert_all(found, expected, rtol=None):
    """All three gradients are right; a third of the points for each one that is."""
    award_each(GRADIENTS, lambda name: assert_gradient(found, expected, name, rtol))


@pytest.mark.points(2)
@SHAPES
def test_grad_input(student, reference, randn, samples, inputs, outputs):
    """The gradient of the input, for several shapes."""
    arguments = draw(randn, samples, inputs, outputs)
    expected = reference.linear_backward(*arguments)

    assert_gradient(student.linear_backward(*arguments), expected, "the gradient of the input")


@pytest.mark.points(2)
@SHAPES
def test_grad_weight(student, reference, randn, samples, inputs, outputs):
    """The gradient of the weight, for several shapes."""
    arguments = draw(randn, samples, inputs, outputs)
    expected = reference.linear_backward(*arguments)

    assert_gradient(student.linear_backward(*arguments), expected, "the gradient of the weight")


@pytest.mark.points(2)
@SHAPES
def test_grad_bias(student, reference, randn, samples, inputs, outputs):
    """The gradient of the bias, for several shapes."""
    arguments = draw(randn, samples, inputs, outputs)
    expected = reference.linear_backward(*arguments)

    assert_gradient(student.linear_backward(*arguments), expected, "the gradient of the bias")


@pytest.mark.points(2)
def test_like_autograd(student, randn):
    """It finds what autograd finds through input @ weight.T + bias."""
    # An oracle that shares no line with the reference: were that wrong, this check would be reported as broken.
    grad_output, input, weight = draw(randn, 6, 5, 3)
    leaves = [tensor.clone().requires_grad_() for tensor in (input, weight, randn(3, dtype=torch.float64))]
    expected = torch.autograd.grad(leaves[0] @ leaves[1].T + leaves[2], leaves, grad_output)

    assert_all(student.linear_backward(grad_output, input, weight), expected)


@pytest.mark.points(1)
def test_one_sample(student, reference, randn):
    """A batch of one sample keeps all its dimensions."""
    arguments = draw(randn, 1, 4, 3)
    expected = reference.linear_backward(*arguments)

    assert_all(student.linear_backward(*arguments), expected)


@pytest.mark.points(1)
@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float32, None), (torch.bfloat16, 0.05)])
def test_dtype(student, reference, randn, dtype, rtol):
    """The gradients have the dtype of the arguments, in half precision too."""
    arguments = draw(randn, 7, 3, 5, dtype=dtype)
    expected = reference.linear_backward(*arguments)

    assert_all(student.linear_backward(*arguments), expected, rtol)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right gradients, with every argument left as it was."""
    arguments = draw(randn, 4, 3, 5)
    before = [argument.clone() for argument in arguments]
    expected = reference.linear_backward(*arguments)

    found = student.linear_backward(*arguments)

    for name, argument, original in zip(("grad_output", "input", "weight"), arguments, before, strict=True):
        expect(torch.equal(argument, original), f"The call changed `{name}` in place.")
    assert_all(found, expected)


@pytest.mark.points(1)
def test_layout(student, reference, randn):
    """The same gradients from transposed and from expanded views of memory."""
    arguments = draw(randn, 6, 2, 5)
    turned = [tensor.T.contiguous().T for tensor in arguments]
    row, input, weight = arguments[0][:1], *arguments[1:]

    assert_all(student.linear_backward(*turned), reference.linear_backward(*arguments))
    expected = reference.run("expanded", row, input, weight)
    assert_all(student.run("expanded", row, input, weight), expected)
