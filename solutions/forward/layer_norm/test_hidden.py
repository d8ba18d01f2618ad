"""Hidden suite for ``forward/layer_norm``.

Where eps is not what a check is about, it is 0. Arguments are float64, but only two checks demand all of its digits:
who computes everything in float32, for the sake of half precision, loses no other points.
"""

import pytest
import torch

from grader.testing import assert_close, assert_gradients, award_each, expect

NAMES = ("input", "weight", "bias")
ROUGHLY = {"rtol": 2e-5}


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(6,), (5, 3), (2, 7), (4, 4), (3, 2, 5), (2, 3, 1, 4)])
def test_value(student, reference, randn, shape):
    """The right numbers for inputs of one to four dimensions."""
    arguments = *_arguments(randn, shape), 0.0
    expected = reference.layer_norm(*arguments)

    assert_close(student.layer_norm(*arguments), expected, **ROUGHLY)


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(7,), (4, 5), (3, 2, 6)])
def test_gradient(student, reference, randn, shape):
    """Autograd finds the right gradients of the input, the weight and the bias."""
    arguments = *_arguments(randn, shape), 0.0

    assert_gradients(student, reference, "layer_norm", arguments, randn, names=NAMES, rtol=1e-4)


@pytest.mark.points(2)
def test_eps(student, randn):
    """Samples beside which eps is not small: half for where it stands, half for 1e-5 where none is given."""
    input, weight, bias = _arguments(randn, (5, 6))

    def given():
        for scale, eps in [(1.0, 0.05), (1.0, 2.0), (0.1, 0.01)]:
            expected = torch.nn.functional.layer_norm(scale * input, (6,), weight, bias, eps)
            assert_close(student.layer_norm(scale * input, weight, bias, eps), expected, **ROUGHLY)

    def left_out():
        small = 1e-3 * input
        expected = torch.nn.functional.layer_norm(small, (6,), weight, bias)
        assert_close(student.layer_norm(small, weight, bias), expected, what="the result without eps", **ROUGHLY)

    parts = {"eps given": given, "eps left out": left_out}
    award_each(parts, lambda name: parts[name]())


@pytest.mark.points(1)
def test_no_weight_no_bias(student, reference, randn):
    """Weight and bias may each be left out or None, together or alone."""
    input, weight, bias = _arguments(randn, (4, 5))

    assert_close(student.layer_norm(input, eps=0.0), reference.layer_norm(input, eps=0.0), **ROUGHLY)
    for some in [(None, None), (weight, None), (None, bias)]:
        expected = reference.layer_norm(input, *some, 0.0)
        assert_close(student.layer_norm(input, *some, 0.0), expected, **ROUGHLY)


@pytest.mark.points(1)
def test_equal_features(student, reference, randn):
    """A sample whose features are all equal has the variance 0: result and gradients are finite."""
    arguments = _arguments(randn, (4, 5))
    arguments[0][2] = 2.5
    expected = reference.layer_norm(*arguments)

    assert_close(student.layer_norm(*arguments), expected, **ROUGHLY)
    assert_gradients(student, reference, "layer_norm", arguments, randn, names=NAMES, rtol=1e-4)


@pytest.mark.points(2)
def test_far_from_zero(student, reference, randn):
    """Samples that lie far from 0, each somewhere else: only the distances within a sample count."""
    input, weight, bias = _arguments(randn, (4, 5))
    shift = torch.tensor([[1e5], [0.0], [-1e5], [3e4]], dtype=torch.float64, device=input.device)
    expected = reference.layer_norm(input + shift, weight, bias, 0.0)

    assert_close(student.layer_norm(input + shift, weight, bias, 0.0), expected)


@pytest.mark.points(1)
@pytest.mark.parametrize("shape", [(1, 5), (1, 1, 4), (3, 1), (0, 4), (2, 0, 3)])
def test_one_or_none(student, reference, randn, shape):
    """One sample, one feature, or no sample at all: all dimensions are kept."""
    arguments = _arguments(randn, shape)
    expected = reference.layer_norm(*arguments)

    assert_close(student.layer_norm(*arguments), expected, **ROUGHLY)


@pytest.mark.points(1)
def test_digits(student, reference, randn):
    """All the digits, and the dtype, of the input: half for float32, half for float64."""

    def digits(name):
        dtype = getattr(torch, name)
        for shape in [(3, 17), (5, 4)]:
            arguments = *_arguments(randn, shape, dtype), 0.0
            expected = reference.layer_norm(*arguments)
            assert_close(student.layer_norm(*arguments), expected, what=f"the result in {dtype}")

    award_each(("float32", "float64"), digits)


@pytest.mark.points(2)
def test_half_precision(student, randn):
    """Half precision, large or far from 0: half for float16, half for bfloat16."""
    # scale, shift, and an rtol with room for a rounding before the weight and before the bias
    hard = {"float16": (300.0, 0.0, 4e-3), "bfloat16": (1.0, 100.0, 1.6e-2)}

    def half(name):
        dtype, (scale, shift, rtol) = getattr(torch, name), hard[name]
        input, weight, bias = _arguments(randn, (11, 17), torch.float32)
        input, weight, bias = (scale * input + shift).to(dtype), weight.to(dtype), bias.to(dtype)
        # The oracle has float64 all the way.
        oracle = torch.nn.functional.layer_norm(input.double(), (17,), weight.double(), bias.double()).to(dtype)
        assert_close(student.layer_norm(input, weight, bias), oracle, rtol=rtol, what=f"the result in {dtype}")

    award_each(hard, half)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right result, with the input, the weight and the bias left as they were."""
    arguments = _arguments(randn, (4, 6))
    before = [argument.clone() for argument in arguments]

    output = student.layer_norm(*arguments, 0.0)

    for name, now, then in zip(NAMES, arguments, before, strict=True):
        expect(torch.equal(now, then), f"The call changed `{name}` in place.")
    assert_close(output, reference.layer_norm(*before, 0.0), **ROUGHLY)


@pytest.mark.points(1)
def test_layout(student, reference, randn):
    """Permuted and expanded tensors, which are not contiguous, give the same result."""
    input, weight, bias = _arguments(randn, (4, 3, 5))
    turned = input.permute(2, 1, 0).contiguous().permute(2, 1, 0)
    sample = input[0, 0]

    expected = reference.layer_norm(input, weight, bias, 0.0)
    assert_close(student.layer_norm(turned, weight, bias, 0.0), expected, **ROUGHLY)
    expected = reference.layer_norm(sample.repeat(3, 1), weight, bias, 0.0)
    assert_close(student.run("expanded", sample, weight, bias, 0.0, 3), expected, **ROUGHLY)


def _arguments(randn, shape, dtype=torch.float64):
    """``input``, ``weight`` and ``bias``: every sample has a mean and every feature a weight and a bias of its own."""
    input = 2 * randn(*shape, dtype=dtype) + randn(*shape[:-1], 1, dtype=dtype)
    return input, randn(shape[-1], dtype=dtype), randn(shape[-1], dtype=dtype)
