"""Hidden suite for ``forward/linear``."""

import pytest
import torch

from grader.testing import assert_close, assert_gradients, expect


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("leading", "inputs", "outputs"),
    [((), 5, 3), ((7,), 2, 5), ((4,), 6, 1), ((1,), 3, 4), ((2, 5), 3, 7), ((3, 1, 2), 4, 6)],
)
def test_value(student, reference, randn, leading, inputs, outputs):
    """The right numbers for inputs of one to four dimensions."""
    arguments = _arguments(randn, leading, inputs, outputs)
    expected = reference.linear(*arguments)

    assert_close(student.linear(*arguments), expected)


@pytest.mark.points(2)
@pytest.mark.parametrize("leading", [(), (3,), (2, 3)])
def test_square_weight(student, reference, randn, leading):
    """A square weight: no shape tells a right transpose from a wrong one."""
    arguments = _arguments(randn, leading, 4, 4)
    expected = reference.linear(*arguments)

    assert_close(student.linear(*arguments), expected)


@pytest.mark.points(1)
@pytest.mark.parametrize("leading", [(), (6,), (2, 3)])
def test_no_bias(student, reference, randn, leading):
    """Without a bias, left out or None, nothing is added."""
    input, weight, _ = _arguments(randn, leading, 5, 2)
    expected = reference.linear(input, weight)

    assert_close(student.linear(input, weight), expected)
    assert_close(student.linear(input, weight, None), expected)
    half = input.bfloat16(), weight.bfloat16()
    assert_close(student.linear(*half), reference.linear(*half), rtol=0.05)


@pytest.mark.points(2)
@pytest.mark.parametrize(("leading", "scale"), [((), 1.0), ((6,), 0.0), ((2, 3, 2), 1.0)])
def test_gradient(student, reference, randn, leading, scale):
    """Autograd finds the right gradients of the input, the weight and the bias, also of a bias of zeros."""
    input, weight, bias = _arguments(randn, leading, 5, 3)

    arguments = input, weight, scale * bias
    assert_gradients(student, reference, "linear", arguments, randn, names=("input", "weight", "bias"))


@pytest.mark.points(1)
@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float32, None), (torch.float64, None), (torch.bfloat16, 0.05)])
def test_dtype(student, reference, randn, dtype, rtol):
    """The result has the dtype of the input."""
    arguments = _arguments(randn, (4,), 3, 2, dtype)
    expected = reference.linear(*arguments)

    assert_close(student.linear(*arguments), expected, rtol=rtol)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right result, with the input, the weight and the bias left as they were."""
    arguments = _arguments(randn, (6,), 3, 4)
    before = [argument.clone() for argument in arguments]

    output = student.linear(*arguments)

    for name, now, then in zip(("input", "weight", "bias"), arguments, before, strict=True):
        expect(torch.equal(now, then), f"The call changed `{name}` in place.")
    assert_close(output, reference.linear(*before))


@pytest.mark.points(1)
def test_layout(student, reference, randn):
    """Permuted and expanded tensors, which are not contiguous, give the same result."""
    input, weight, bias = _arguments(randn, (2, 3), 5, 4)
    sample = randn(5, dtype=torch.float64)

    turned = student.linear(_turned(input), _turned(weight), bias)
    repeated = student.run("expanded", sample, weight, bias, 3)

    assert_close(turned, reference.linear(input, weight, bias))
    assert_close(repeated, reference.linear(sample.repeat(3, 1), weight, bias))


@pytest.mark.points(1)
@pytest.mark.parametrize("leading", [(0,), (3, 0)])
def test_empty_batch(student, reference, randn, leading):
    """A batch without samples: a result without rows, and gradients of zero."""
    arguments = _arguments(randn, leading, 4, 3)
    expected = reference.linear(*arguments)

    assert_close(student.linear(*arguments), expected)
    assert_gradients(student, reference, "linear", arguments, randn, names=("input", "weight", "bias"))


def _turned(tensor):
    """The same tensor with its dimensions the other way round in memory."""
    dims = tuple(reversed(range(tensor.dim())))
    return tensor.permute(dims).contiguous().permute(dims)


def _arguments(randn, leading, inputs, outputs, dtype=torch.float64):
    return randn(*leading, inputs, dtype=dtype), randn(outputs, inputs, dtype=dtype), randn(outputs, dtype=dtype)
