"""Hidden suite for ``forward/conv2d``.

Only the check of the bias, the one of the gradients and the one beside PyTorch have a bias that is not zero: a mistake
in it does not cost the points of the others.
"""

import pytest
import torch

from grader.testing import assert_close, assert_gradients, expect

NAMES = ("input", "weight", "bias")


@pytest.mark.points(3)
@pytest.mark.parametrize(
    ("image", "kernels"),
    [
        ((2, 3, 5, 7), (4, 3, 2, 3)),
        ((3, 2, 7, 4), (1, 2, 3, 1)),
        ((1, 5, 4, 6), (3, 5, 1, 1)),
        ((2, 1, 3, 8), (2, 1, 2, 5)),
        ((5, 2, 4, 3), (3, 2, 4, 3)),  # the window is as large as the image
        ((2, 3, 5, 5), (3, 3, 3, 3)),  # nothing but the numbers tells a direction or a channel from another one
    ],
)
def test_value(student, reference, randn, image, kernels):
    """The right numbers for several shapes, with stride 1 and no padding."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d(*arguments)

    assert_close(student.conv2d(*arguments), expected)


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("image", "kernels", "stride"),
    [
        ((2, 3, 7, 9), (2, 3, 3, 2), 2),  # in one direction the last window ends at the edge, in the other before it
        ((3, 2, 8, 6), (4, 2, 2, 3), 3),
        ((2, 2, 4, 9), (3, 2, 1, 2), 4),
        ((1, 2, 3, 4), (2, 2, 2, 3), 5),  # no room for a second window
    ],
)
def test_stride(student, reference, randn, image, kernels, stride):
    """Strides of 2 and more, also where they do not reach the edge."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d(*arguments, stride=stride)

    assert_close(student.conv2d(*arguments, stride=stride), expected)


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("image", "kernels", "padding"),
    [((2, 3, 5, 4), (4, 3, 2, 3), 1), ((3, 2, 3, 6), (2, 2, 4, 5), 2), ((2, 1, 2, 3), (3, 1, 1, 2), 3)],
)
def test_padding(student, reference, randn, image, kernels, padding):
    """Zeros around the image, on all four sides."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d(*arguments, padding=padding)

    assert_close(student.conv2d(*arguments, padding=padding), expected)


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("image", "kernels", "dilation"),
    [((2, 3, 7, 5), (2, 3, 3, 2), 2), ((3, 2, 5, 8), (4, 2, 2, 3), 3), ((2, 2, 4, 3), (3, 2, 1, 1), 5)],
)
def test_dilation(student, reference, randn, image, kernels, dilation):
    """Windows with gaps: the dilation counts between the pixels, and in the size of the output."""
    arguments = _arguments(randn, image, kernels)
    expected = reference.conv2d(*arguments, dilation=dilation)

    assert_close(student.conv2d(*arguments, dilation=dilation), expected)


@pytest.mark.points(1)
def test_bias(student, reference, randn):
    """Each output channel gets its own bias once; left out or None, nothing is added."""
    input, weight, _ = _arguments(randn, (2, 3, 4, 6), (5, 3, 2, 3))
    bias = 3 * randn(5, dtype=torch.float64)
    expected = reference.conv2d(input, weight)

    assert_close(student.conv2d(input, weight, bias), expected + bias[:, None, None])
    assert_close(student.conv2d(input, weight), expected)
    assert_close(student.conv2d(input, weight, None), expected)


@pytest.mark.points(1)
@pytest.mark.parametrize(("stride", "padding", "dilation"), [(2, 3, 1), (3, 1, 2), (1, 2, 3), (2, 1, 3)])
def test_like_torch(student, randn, stride, padding, dilation):
    """Stride, padding and dilation together: PyTorch's numbers."""
    # An oracle that shares no line with the reference: were that wrong, this check would be reported as broken.
    arguments = _arguments(randn, (2, 3, 8, 11), (4, 3, 2, 3), bias=True)
    expected = torch.nn.functional.conv2d(*arguments, stride, padding, dilation)

    assert_close(student.conv2d(*arguments, stride, padding, dilation), expected)


@pytest.mark.points(2)
@pytest.mark.parametrize(("stride", "padding", "dilation"), [(1, 0, 1), (2, 1, 1), (1, 2, 2)])
def test_gradient(student, reference, randn, stride, padding, dilation):
    """Autograd finds the right gradients of the input, the weight and the bias, also of a bias of zeros."""
    input, weight, bias = _arguments(randn, (2, 3, 6, 5), (2, 3, 2, 3), bias=True)

    for scale in (1.0, 0.0):
        arguments = (input, weight, scale * bias, stride, padding, dilation)
        assert_gradients(student, reference, "conv2d", arguments, randn, names=NAMES)


@pytest.mark.points(1)
def test_float32(student, reference, randn):
    """From float32 tensors comes a float32 result."""
    arguments = _arguments(randn, (2, 3, 5, 6), (4, 3, 3, 2), dtype=torch.float32)
    expected = reference.conv2d(*arguments, stride=2, padding=1)

    assert_close(student.conv2d(*arguments, stride=2, padding=1), expected)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right result, with the input, the weight and the bias left as they were."""
    arguments = _arguments(randn, (2, 3, 4, 5), (2, 3, 3, 2), bias=True)
    before = [argument.clone() for argument in arguments]

    output = student.conv2d(*arguments)

    for name, now, then in zip(NAMES, arguments, before, strict=True):
        expect(torch.equal(now, then), f"The call changed `{name}` in place.")
    assert_close(output, reference.conv2d(*before))


@pytest.mark.points(1)
def test_layout(student, reference, randn):
    """Permuted and expanded tensors, which are not contiguous, give the same result."""
    input, weight, bias = _arguments(randn, (2, 3, 4, 5), (4, 3, 2, 3))
    expected = reference.conv2d(input, weight, bias)
    repeated = reference.conv2d(input[:1].repeat(3, 1, 1, 1), weight, bias)

    assert_close(student.conv2d(_turned(input), _turned(weight), bias), expected)
    assert_close(student.run("expanded", input[:1], weight, bias, 3), repeated)


def _arguments(randn, image, kernels, dtype=torch.float64, bias=False):
    """Input, weight and bias; the bias is zero unless ``bias``."""
    own = randn(kernels[0], dtype=dtype)
    return randn(*image, dtype=dtype), randn(*kernels, dtype=dtype), own if bias else torch.zeros_like(own)


def _turned(tensor):
    """The same tensor with its dimensions the other way round in memory."""
    return tensor.permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0)
