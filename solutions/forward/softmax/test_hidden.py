"""Hidden suite for ``forward/softmax``.

Three checks look at one function each. The others look at all three and award a third for each one that is right, so
that a mistake in one function never costs the points of another.
"""

import math

import pytest
import torch

from grader.testing import assert_close, assert_gradients, award_each, expect

NAMES = ("softmax", "log_softmax", "logsumexp")
CASES = pytest.mark.parametrize(
    ("shape", "dim"),
    [
        ((5,), 0),
        ((7, 3), 0),
        ((7, 3), 1),
        ((1, 4), -1),
        ((3, 1, 5), 2),
        ((2, 5, 3), 0),
        ((2, 5, 3), 1),
        ((2, 5, 3), -1),
        ((3, 2, 4, 5), -3),
    ],
)


def assert_values(student, reference, name, input, dim, atol=None):
    """The function called ``name`` gives the right numbers."""
    expected = getattr(reference, name)(input, dim)

    assert_close(getattr(student, name)(input.clone(), dim), expected, what=name, atol=atol)


@pytest.mark.points(2)
@CASES
def test_softmax(student, reference, randn, shape, dim):
    """softmax along any dimension."""
    assert_values(student, reference, "softmax", 3 * randn(*shape, dtype=torch.float64), dim)


@pytest.mark.points(2)
@CASES
def test_log_softmax(student, reference, randn, shape, dim):
    """log_softmax along any dimension."""
    assert_values(student, reference, "log_softmax", 3 * randn(*shape, dtype=torch.float64), dim)


@pytest.mark.points(2)
@CASES
def test_logsumexp(student, reference, randn, shape, dim):
    """logsumexp along any dimension, which stays with size 1 if keepdim is set."""
    input = 3 * randn(*shape, dtype=torch.float64)
    kept = reference.logsumexp(input, dim, keepdim=True)

    assert_values(student, reference, "logsumexp", input, dim)
    assert_close(student.logsumexp(input, dim, keepdim=True), kept, what="logsumexp with keepdim")
    assert_close(student.logsumexp(input, dim, keepdim=False), kept.squeeze(dim), what="logsumexp")


@pytest.mark.points(2)
@pytest.mark.parametrize(("shape", "dim"), [((5,), 0), ((4, 3), 0), ((2, 5, 3), 1), ((2, 5, 3), -1)])
def test_gradient(student, reference, randn, shape, dim):
    """Autograd finds the right gradients through all three."""
    input = 2 * randn(*shape, dtype=torch.float64)

    def part(name):
        assert_gradients(student, reference, name, (input, dim), randn, names=(f"the input of {name}",))

    award_each(NAMES, part)


@pytest.mark.points(2)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_large(student, reference, randn, device, dtype):
    """Slices of very large and of very small numbers, side by side: right values and gradients, never inf or nan."""
    levels = torch.tensor([[1e4], [0.0], [-1e4], [3e3], [-500.0]], dtype=dtype, device=device)
    narrow = levels + randn(5, 4, dtype=dtype)
    wide = narrow.clone()
    wide[3, 1] -= 1500.0  # log_softmax of numbers that are far behind has a check of its own

    def part(name):
        input = narrow if name == "log_softmax" else wide
        # Near 1e4 a float32 is right in 3 decimals only, and so is every way to compute with it.
        atol = 2e-3 if dtype is torch.float32 else 1e-9
        assert_values(student, reference, name, input, 1, atol=atol)
        if dtype is torch.float64:
            arguments, names = (input, 1), (f"the input of {name}",)
            assert_gradients(student, reference, name, arguments, randn, names=names)

    award_each(NAMES, part)


@pytest.mark.points(1)
def test_far_behind(student, randint, device):
    """One number 1000 ahead of the others: their log_softmax is -1000, never -inf."""
    ahead = randint(0, 5, 3)
    input = torch.zeros(3, 5, device=device)
    input[torch.arange(3, device=device), ahead] = 1000.0

    assert_close(student.log_softmax(input.clone(), 1), input - 1000.0, what="log_softmax")


@pytest.mark.points(1)
def test_ruled_out(student, reference, randn):
    """-inf is a number with the probability 0, and passes no gradient on."""
    input = randn(4, 5, dtype=torch.float64)
    input[0, 2] = input[1, :4] = input[3, 0] = -math.inf

    def part(name):
        assert_values(student, reference, name, input, 1)
        assert_gradients(student, reference, name, (input, 1), randn, names=(f"the input of {name}",))

    award_each(NAMES, part)


@pytest.mark.points(1)
def test_all_ruled_out(student, reference, randn):
    """logsumexp of a slice in which every number is -inf is -inf; the other slices are as they should be."""
    input = randn(4, 3, dtype=torch.float64)
    input[2] = -math.inf

    assert_values(student, reference, "logsumexp", input, 1)


@pytest.mark.points(1)
def test_dtype(student, reference, randn):
    """The result has the dtype of the input."""
    input = randn(3, 5)

    def part(name):
        assert_values(student, reference, name, input, 1)
        assert_values(student, reference, name, input.double(), 1)
        assert_values(student, reference, name, input.bfloat16(), 1, atol=0.1)

    award_each(NAMES, part)


@pytest.mark.points(1)
def test_edges(student, reference, randn):
    """A transposed input, slices of one number, and no slices at all."""
    turned, single, none = randn(3, 4, 2, dtype=torch.float64).permute(2, 0, 1), randn(4, 1), randn(0, 3)

    def part(name):
        for input, dim in [(turned, 1), (turned, -1), (single, 1), (none, 1)]:
            assert_values(student, reference, name, input, dim)

    award_each(NAMES, part)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn):
    """The right result, with the input left as it was."""
    before = randn(4, 3) + 5

    def part(name):
        input = before.clone()
        output = getattr(student, name)(input, 0)
        expect(torch.equal(input, before), f"The call of {name} changed `input` in place.")
        assert_close(output, getattr(reference, name)(before, 0), what=name)

    award_each(NAMES, part)
