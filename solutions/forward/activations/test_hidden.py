"""Hidden suite for ``forward/activations``.

Most checks look at one function. The others look at several and award a part for each one that is right, so that a
mistake in one function never costs the points of another.
"""

import math

import pytest
import torch

from grader.testing import assert_close, assert_gradients, award_each, expect

SHAPES = pytest.mark.parametrize("shape", [(7,), (5, 3), (2, 3, 5), (), (0, 3)])
NAMES = ("relu", "leaky_relu", "sigmoid", "tanh", "gelu")


# What has a check of its own costs points there alone: the default slope, and which form of gelu is computed. The
# checks of several functions hand a slope over, and do not tell the forms of gelu apart.
ROUGHLY = {"gelu": 1e-2}


def ask(who, name, input):
    """The function called ``name``, on a copy of ``input``."""
    return getattr(who, name)(input.clone(), *([0.3] if name == "leaky_relu" else []))


def assert_function(student, reference, randn, name, *arguments, rtol=None):
    """The values of the function called ``name`` are right, and so are the gradients of its input."""
    expected = getattr(reference, name)(*arguments)

    assert_close(getattr(student, name)(*arguments), expected, what=name, rtol=rtol)
    assert_gradients(student, reference, name, arguments, randn, names=(f"the input of {name}",), rtol=rtol)


@pytest.mark.points(1)
@SHAPES
def test_relu(student, reference, randn, shape):
    """relu: values and gradients, for several shapes."""
    assert_function(student, reference, randn, "relu", randn(*shape, dtype=torch.float64))


@pytest.mark.points(2)
@pytest.mark.parametrize("negative_slope", [0.01, 0.3, 1.7, -0.6, 0.0])
def test_leaky_relu(student, reference, randn, negative_slope):
    """leaky_relu: values and gradients, for slopes of any size; 0.01 where none is given."""
    input = randn(5, 3, dtype=torch.float64)

    assert_function(student, reference, randn, "leaky_relu", input, negative_slope)
    assert_close(student.leaky_relu(input), reference.leaky_relu(input), what="leaky_relu")


@pytest.mark.points(2)
@SHAPES
def test_sigmoid(student, reference, randn, shape):
    """sigmoid: values and gradients, for several shapes."""
    assert_function(student, reference, randn, "sigmoid", 3 * randn(*shape, dtype=torch.float64))


@pytest.mark.points(2)
@SHAPES
def test_tanh(student, reference, randn, shape):
    """tanh: values and gradients, for several shapes."""
    assert_function(student, reference, randn, "tanh", 2 * randn(*shape, dtype=torch.float64))


@pytest.mark.points(1)
@SHAPES
def test_gelu(student, reference, randn, shape):
    """gelu, by the error function unless something else is asked: values and gradients."""
    input = 2 * randn(*shape, dtype=torch.float64)

    assert_function(student, reference, randn, "gelu", input)
    assert_function(student, reference, randn, "gelu", input, "none")


@pytest.mark.points(1)
@pytest.mark.parametrize("shape", [(7,), (5, 3), ()])
def test_gelu_tanh(student, reference, randn, shape):
    """gelu, approximated with a tanh: values and gradients."""
    assert_function(student, reference, randn, "gelu", 2 * randn(*shape, dtype=torch.float64), "tanh")


@pytest.mark.points(2)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_large(student, reference, randn, device, dtype):
    """sigmoid, tanh and gelu of large numbers: values and gradients are right, never nan."""
    sizes = torch.tensor([1e3, -1e3, 1e5, -1e5, 100.0, -100.0, 20.0, -20.0, 1.0, -1.0], dtype=dtype, device=device)
    input = sizes * (1 + 0.1 * randn(10, dtype=dtype).abs())

    def part(name):
        if name == "gelu":  # its approximation is a tanh of even larger numbers
            assert_function(student, reference, randn, name, input, "tanh", rtol=ROUGHLY[name])
        assert_function(student, reference, randn, name, input, rtol=ROUGHLY.get(name))

    award_each(("sigmoid", "tanh", "gelu"), part)


@pytest.mark.points(1)
def test_infinite(student, randn):
    """relu, leaky_relu, sigmoid and tanh of inf and -inf are the limits."""
    input = randn(4, dtype=torch.float64)
    input[1], input[3] = math.inf, -math.inf
    expected = {
        "relu": torch.relu(input),
        "leaky_relu": torch.where(input > 0, input, 0.3 * input),
        "sigmoid": torch.sigmoid(input),
        "tanh": torch.tanh(input),
    }

    award_each(expected, lambda name: assert_close(ask(student, name, input), expected[name], what=name))


@pytest.mark.points(1)
def test_nan(student, reference, randn):
    """A nan stays a nan, and spoils no other number."""
    input = randn(2, 3, dtype=torch.float64)
    input[1, 0] = math.nan

    def part(name):
        expected = ask(reference, name, input)
        assert_close(ask(student, name, input), expected, what=name, rtol=ROUGHLY.get(name))

    award_each(NAMES, part)


@pytest.mark.points(1)
def test_gradient_at_zero(student, reference, randn):
    """sigmoid, tanh and gelu have the right gradient at exactly 0, too."""
    input = randn(5, dtype=torch.float64)
    input[2] = 0.0

    award_each(
        ("sigmoid", "tanh", "gelu"),
        lambda name: assert_function(student, reference, randn, name, input, rtol=ROUGHLY.get(name)),
    )


@pytest.mark.points(1)
def test_dtype(student, reference, randn):
    """The result has the dtype and the shape of the input, also of one that is not contiguous."""
    input = randn(3, 2).T

    def part(name):
        for dtype, rtol in ((torch.float32, None), (torch.float64, None), (torch.bfloat16, 0.05)):
            expected = ask(reference, name, input.to(dtype))
            assert_close(ask(student, name, input.to(dtype)), expected, what=name, rtol=rtol or ROUGHLY.get(name))

    award_each(NAMES, part)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right result, with the input left as it was."""
    before = 2 * randn(4, 3)

    def part(name):
        input = before.clone()
        output = getattr(student, name)(input, *([0.3] if name == "leaky_relu" else []))
        expect(torch.equal(input, before), f"The call of {name} changed `input` in place.")
        assert_close(output, ask(reference, name, before), what=name, rtol=ROUGHLY.get(name))

    award_each(NAMES, part)
