"""Hidden suite for ``backward/conv2d``.

The first three checks hold one gradient each; the others look at several and award a part for each one that is right,
so that a mistake in one gradient never costs the points of another.
"""

import pytest
import torch

from grader.testing import assert_close, award_each, expect

INPUT, WEIGHT, BIAS = "the gradient of the input", "the gradient of the weight", "the gradient of the bias"
ALL = (INPUT, WEIGHT, BIAS)
SHAPES = pytest.mark.parametrize(
    ("image", "kernels"),
    [
        ((2, 3, 5, 7), (4, 3, 2, 3)),
        ((3, 2, 7, 4), (5, 2, 3, 1)),
        ((5, 2, 3, 4), (3, 2, 1, 1)),
        ((2, 2, 4, 3), (3, 2, 4, 3)),  # the window is as large as the image
        ((2, 3, 5, 5), (3, 3, 3, 3)),  # nothing but the numbers tells a direction or a channel from another one
    ],
)


@pytest.mark.points(3)
@SHAPES
def test_grad_input(student, reference, randn, image, kernels):
    """The gradient of the input, with stride 1 and no padding."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d_backward(*arguments)

    _assert_gradients(student.conv2d_backward(*arguments), expected, INPUT)


@pytest.mark.points(2)
@SHAPES
def test_grad_weight(student, reference, randn, image, kernels):
    """The gradient of the weight, with stride 1 and no padding."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d_backward(*arguments)

    _assert_gradients(student.conv2d_backward(*arguments), expected, WEIGHT)


@pytest.mark.points(1)
@SHAPES
def test_grad_bias(student, reference, randn, image, kernels):
    """The gradient of the bias."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d_backward(*arguments)

    _assert_gradients(student.conv2d_backward(*arguments), expected, BIAS)


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("image", "kernels", "stride"),
    [
        ((2, 3, 7, 9), (2, 3, 3, 2), 2),  # windows overlap downwards; the last column is in none of them
        ((3, 2, 8, 6), (4, 2, 2, 1), 3),  # gaps between the windows
        ((1, 2, 3, 4), (2, 2, 2, 3), 5),  # no room for a second window
    ],
)
def test_stride(student, reference, randn, image, kernels, stride):
    """Strides of 2 and more, also where pixels are in no window: half for the input, half for the weight."""
    arguments = _arguments(randn, image, kernels, stride=stride)
    expected = reference.conv2d_backward(*arguments, stride=stride)

    _assert_gradients(student.conv2d_backward(*arguments, stride=stride), expected, INPUT, WEIGHT)


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("image", "kernels", "padding"),
    [((2, 3, 5, 4), (4, 3, 2, 3), 1), ((3, 2, 3, 6), (2, 2, 4, 5), 2), ((2, 2, 2, 3), (3, 2, 1, 2), 3)],
)
def test_padding(student, reference, randn, image, kernels, padding):
    """Zeros around the image: half for the gradient of the input, half for that of the weight."""
    arguments = _arguments(randn, image, kernels, padding=padding)
    expected = reference.conv2d_backward(*arguments, padding=padding)

    _assert_gradients(student.conv2d_backward(*arguments, padding=padding), expected, INPUT, WEIGHT)


@pytest.mark.points(2)
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2), (2, 3)])
def test_like_autograd(student, randn, stride, padding):
    """With stride and padding together it finds what autograd finds through PyTorch's convolution."""
    # An oracle that shares no line with the reference: were that wrong, this check would be reported as broken.
    grad_output, input, weight = _arguments(randn, (2, 3, 8, 6), (4, 3, 3, 2), stride, padding)
    leaves = [tensor.clone().requires_grad_() for tensor in (input, weight, randn(4, dtype=torch.float64))]
    expected = torch.autograd.grad(torch.nn.functional.conv2d(*leaves, stride, padding), leaves, grad_output)

    _assert_gradients(student.conv2d_backward(grad_output, input, weight, stride, padding), expected, *ALL)


@pytest.mark.points(1)
@pytest.mark.parametrize(
    ("image", "kernels"), [((1, 3, 4, 5), (2, 3, 2, 3)), ((2, 1, 4, 3), (3, 1, 2, 2)), ((3, 2, 3, 5), (1, 2, 3, 2))]
)
def test_only_one(student, reference, randn, image, kernels):
    """One sample, one channel of the input, one of the output: all dimensions are kept."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d_backward(*arguments)

    _assert_gradients(student.conv2d_backward(*arguments), expected, *ALL)


@pytest.mark.points(1)
def test_float32(student, reference, randn):
    """From float32 arguments come float32 gradients."""
    arguments = _arguments(randn, (2, 3, 5, 6), (4, 3, 3, 2), dtype=torch.float32)
    expected = reference.conv2d_backward(*arguments)

    _assert_gradients(student.conv2d_backward(*arguments), expected, *ALL)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right gradients, with every argument left as it was."""
    arguments = _arguments(randn, (2, 3, 4, 5), (2, 3, 3, 2))
    before = [argument.clone() for argument in arguments]
    expected = reference.conv2d_backward(*arguments)

    found = student.conv2d_backward(*arguments)

    for name, argument, original in zip(("grad_output", "input", "weight"), arguments, before, strict=True):
        expect(torch.equal(argument, original), f"The call changed `{name}` in place.")
    _assert_gradients(found, expected, *ALL)


@pytest.mark.points(1)
def test_layout(student, reference, randn):
    """The same gradients from permuted and from expanded views of memory."""
    arguments = _arguments(randn, (2, 3, 4, 6), (5, 3, 2, 3))
    turned = [tensor.permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0) for tensor in arguments]
    row, input, weight = randn(5, dtype=torch.float64), *arguments[1:]

    _assert_gradients(student.conv2d_backward(*turned), reference.conv2d_backward(*arguments), *ALL)
    expected = reference.run("expanded", row, input, weight, 3, 4)
    _assert_gradients(student.run("expanded", row, input, weight, 3, 4), expected, *ALL)


def _arguments(randn, image, kernels, stride=1, padding=0, dtype=torch.float64):
    """``grad_output``, ``input`` and ``weight``: the upstream gradient is random, never ones."""
    places = [(image[dim] + 2 * padding - kernels[dim]) // stride + 1 for dim in (2, 3)]
    shapes = (image[0], kernels[0], *places), image, kernels
    return tuple(randn(*shape, dtype=dtype) for shape in shapes)


def _assert_gradients(found, expected, *names):
    """The gradients called ``names`` are right; a part of the points for each one that is."""
    expect(
        isinstance(found, tuple | list) and len(found) == len(ALL),
        "The function must return three gradients: grad_input, grad_weight, grad_bias.",
    )
    award_each(names, lambda name: assert_close(found[ALL.index(name)], expected[ALL.index(name)], what=name))
