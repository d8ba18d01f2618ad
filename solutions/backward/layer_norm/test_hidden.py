"""Hidden suite for ``backward/layer_norm``.

The first three checks hold one gradient each; the others look at several and award a part for each one that is right,
so that a mistake in one gradient never costs the points of another. Where eps is not what a check is about, it is 0.
"""

import pytest
import torch

from grader.testing import CheckFailed, assert_close, award, expect

INPUT, WEIGHT, BIAS = "the gradient of the input", "the gradient of the weight", "the gradient of the bias"
ALL = (INPUT, WEIGHT, BIAS)
SHAPES = pytest.mark.parametrize("shape", [(5, 3), (2, 7), (4, 4), (3, 2, 5), (2, 3, 1, 4)])


@pytest.mark.points(3)
@SHAPES
def test_grad_input(student, reference, randn, shape):
    """The gradient of the input, for two to four dimensions."""
    arguments = _arguments(randn, shape)
    expected = reference.layer_norm_backward(*arguments, 0.0)

    _assert_gradients(student.layer_norm_backward(*arguments, 0.0), expected, INPUT)


@pytest.mark.points(2)
@SHAPES
def test_grad_weight(student, reference, randn, shape):
    """The gradient of the weight, for two to four dimensions."""
    arguments = _arguments(randn, shape)
    expected = reference.layer_norm_backward(*arguments, 0.0)

    _assert_gradients(student.layer_norm_backward(*arguments, 0.0), expected, WEIGHT)


@pytest.mark.points(1)
@SHAPES
def test_grad_bias(student, reference, randn, shape):
    """The gradient of the bias, for two to four dimensions."""
    arguments = _arguments(randn, shape)
    expected = reference.layer_norm_backward(*arguments, 0.0)

    _assert_gradients(student.layer_norm_backward(*arguments, 0.0), expected, BIAS)


@pytest.mark.points(2)
@pytest.mark.parametrize(("shape", "eps"), [((6, 5), 1e-5), ((4, 7), 0.3)])
def test_like_autograd(student, randn, shape, eps):
    """It finds what autograd finds through PyTorch's own layer norm."""
    # An oracle that shares no line with the reference: were that wrong, this check would be reported as broken.
    grad_output, input, weight = _arguments(randn, shape)
    leaves = [tensor.clone().requires_grad_() for tensor in (input, weight, randn(shape[-1], dtype=torch.float64))]
    output = torch.nn.functional.layer_norm(leaves[0], shape[-1:], leaves[1], leaves[2], eps)
    expected = torch.autograd.grad(output, leaves, grad_output)

    _assert_gradients(student.layer_norm_backward(grad_output, input, weight, eps), expected, *ALL)


@pytest.mark.points(2)
@pytest.mark.parametrize(("scale", "eps"), [(1.0, 0.05), (1.0, 2.0), (0.1, 0.01), (3.0, 0.0)])
def test_eps(student, reference, randn, scale, eps):
    """Samples beside which eps is not small, and no eps at all: half for the input, half for the weight."""
    grad_output, input, weight = _arguments(randn, (5, 6))
    arguments = grad_output, scale * input, weight, eps
    expected = reference.layer_norm_backward(*arguments)

    _assert_gradients(student.layer_norm_backward(*arguments), expected, INPUT, WEIGHT)


@pytest.mark.points(1)
def test_equal_features(student, reference, randn):
    """A sample whose features are all equal has the variance 0: its gradient is large, and finite."""
    grad_output, input, weight = _arguments(randn, (4, 5))
    input[2] = 2.5
    expected = reference.layer_norm_backward(grad_output, input, weight)

    _assert_gradients(student.layer_norm_backward(grad_output, input, weight), expected, INPUT, WEIGHT)


@pytest.mark.points(1)
def test_far_from_zero(student, reference, randn):
    """Samples that lie far from 0, each somewhere else: only the distances within a sample count."""
    grad_output, input, weight = _arguments(randn, (4, 5))
    shift = torch.tensor([[1e5], [0.0], [-1e5], [3e4]], dtype=torch.float64, device=input.device)
    expected = reference.layer_norm_backward(grad_output, input + shift, weight, 0.0)

    _assert_gradients(student.layer_norm_backward(grad_output, input + shift, weight, 0.0), expected, INPUT, WEIGHT)


@pytest.mark.points(1)
@pytest.mark.parametrize("shape", [(1, 5), (1, 1, 4), (3, 1)])
def test_only_one(student, reference, randn, shape):
    """One sample, or one feature: all dimensions are kept."""
    arguments = _arguments(randn, shape)
    expected = reference.layer_norm_backward(*arguments)

    _assert_gradients(student.layer_norm_backward(*arguments), expected, *ALL)


@pytest.mark.points(1)
def test_float32(student, reference, randn):
    """From float32 arguments come float32 gradients."""
    arguments = _arguments(randn, (3, 17), dtype=torch.float32)
    expected = reference.layer_norm_backward(*arguments)

    _assert_gradients(student.layer_norm_backward(*arguments), expected, *ALL)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right gradients, with every argument left as it was."""
    arguments = _arguments(randn, (4, 6))
    before = [argument.clone() for argument in arguments]
    expected = reference.layer_norm_backward(*arguments, 0.0)

    found = student.layer_norm_backward(*arguments, 0.0)

    for name, argument, original in zip(("grad_output", "input", "weight"), arguments, before, strict=True):
        expect(torch.equal(argument, original), f"The call changed `{name}` in place.")
    _assert_gradients(found, expected, *ALL)


@pytest.mark.points(1)
def test_layout(student, reference, randn):
    """The same gradients from permuted and from expanded views of memory."""
    arguments = _arguments(randn, (4, 3, 5))
    grad_output, input, weight = arguments
    turned = (*(tensor.permute(2, 1, 0).contiguous().permute(2, 1, 0) for tensor in (grad_output, input)), weight)
    row = grad_output[0, 0]

    _assert_gradients(student.layer_norm_backward(*turned, 0.0), reference.layer_norm_backward(*arguments, 0.0), *ALL)
    expected = reference.run("expanded", row, input, weight, 0.0)
    _assert_gradients(student.run("expanded", row, input, weight, 0.0), expected, *ALL)


def _arguments(randn, shape, dtype=torch.float64):
    """``grad_output``, ``input`` and ``weight``: the upstream gradient is random, never ones."""
    input = 2 * randn(*shape, dtype=dtype) + randn(*shape[:-1], 1, dtype=dtype)  # samples with means of their own
    return randn(*shape, dtype=dtype), input, randn(shape[-1], dtype=dtype)


def _assert_gradients(found, expected, *names):
    """The gradients called ``names`` are right; a part of the points for each one that is."""
    expect(
        isinstance(found, tuple | list) and len(found) == len(ALL),
        "The function must return three gradients: grad_input, grad_weight, grad_bias.",
    )
    failures = []
    for name in names:
        try:
            assert_close(found[ALL.index(name)], expected[ALL.index(name)], what=name)
        except CheckFailed as failure:
            failures.append(failure)
    if len(failures) == len(names):
        raise failures[0]
    if failures:
        award(1 - len(failures) / len(names), failures[0].feedback)
