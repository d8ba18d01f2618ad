"""Hidden suite for ``optimizer/clip_grad``.

PyTorch adds 1e-6 to the norm that it divides by; both are right. So norms are 0.3 and more here, and the clipped
gradients may be off by 1e-5 of their size.
"""

import math

import pytest
import torch

from grader.testing import assert_close, expect

SHAPES = ((3, 4), (5,), (), (2, 1, 3))
CLOSE = 1e-5


@pytest.mark.points(3)
@pytest.mark.parametrize(("scale", "max_norm"), [(1.0, 0.5), (20.0, 3.0), (0.3, 0.2), (1e4, 1.0)])
def test_clipped(student, reference, randn, scale, max_norm):
    """Gradients of several shapes are too long together: all of them are scaled by one factor."""
    grads = _draw(randn, scale)

    clipped = student.run("clip", grads, max_norm)
    theirs = reference.run("clip", grads, max_norm)

    assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")

    almost = 0.995 * float(theirs["norm"])  # a little too long is too long

    clipped = student.run("clip", grads, almost)
    theirs = reference.run("clip", grads, almost)

    assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")


@pytest.mark.points(2)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("max_norm", [0.7, 2.5, 1e3])
def test_norm_before(student, randn, max_norm, dtype):
    """What is returned is the norm of all gradients together as they were before, clipped or not."""
    grads = _draw(randn, dtype=dtype)
    right = torch.cat([grad.flatten() for grad in grads]).square().sum().sqrt()

    clipped = student.run("clip", grads, max_norm)

    assert_close(clipped["norm"], right, what="the norm")
    expect(clipped["tensor"], "The norm is a number, and a tensor of shape () is asked for.")
    expect(not clipped["graph"], "The norm carries a graph.")


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("norm_type", "max_norm"), [(1.0, 0.9), (1.0, 11.0), (3.0, 0.8), (1.5, 2.5), (math.inf, 0.4), (math.inf, 1.1)]
)
def test_norm_type(student, reference, randn, norm_type, max_norm):
    """Other norms: the sum of the sizes, the largest size, and what lies between them."""
    grads = _draw(randn)
    for both in (grads, [-grad for grad in grads]):  # in one of them the largest size is that of a negative number
        theirs = reference.run("clip", both, max_norm, norm_type=norm_type)

        clipped = student.run("clip", both, max_norm, norm_type=norm_type)

        assert_close(clipped["norm"], theirs["norm"], what="the norm")
        assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")


@pytest.mark.points(1)
@pytest.mark.parametrize("share", [1.01, 1.5, 40.0])
@pytest.mark.parametrize("norm_type", [2.0, math.inf])
def test_short_ones_stay(student, reference, randn, norm_type, share):
    """Gradients that are short enough stay what they are, bit for bit; their norm is returned."""
    grads = _draw(randn)
    norm = reference.run("clip", grads, 1.0, norm_type=norm_type)["norm"]

    clipped = student.run("clip", grads, share * float(norm), norm_type=norm_type)

    same = all(torch.equal(now, then) for now, then in zip(clipped["grads"], grads, strict=True))
    expect(same, "The norm is below `max_norm`, and the gradients were changed.")
    assert_close(clipped["norm"], norm, what="the norm")


@pytest.mark.points(1)
@pytest.mark.parametrize("norm_type", [2.0, math.inf])
def test_generator(student, reference, randn, norm_type):
    """The parameters come from a generator, as from model.parameters(): one loop, and it is used up."""
    grads = _draw(randn)
    theirs = reference.run("clip", grads, 0.6, norm_type=norm_type)

    clipped = student.run("clip", grads, 0.6, norm_type=norm_type, as_generator=True)

    assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")


@pytest.mark.points(1)
@pytest.mark.parametrize("without", [(0,), (1, 3), (0, 1, 2, 3)])
def test_no_gradient(student, reference, randn, without):
    """Parameters without a gradient do not count, and keep None; with no gradient at all the norm is 0."""
    whole = _draw(randn)
    grads = [None if index in without else grad for index, grad in enumerate(whole)]
    theirs = reference.run("clip", grads, 0.6)

    clipped = student.run("clip", grads, 0.6)

    norm, usual = clipped["norm"], student.run("clip", whole, 0.6)["tensor"]
    # Who always returns a number has paid for it in another check.
    expect(clipped["tensor"] or not usual, "Without gradients the norm is a number; a tensor is asked for.")
    expect(isinstance(norm, torch.Tensor) and norm.shape == (), "The norm is not a tensor of shape ().")
    assert_close(norm.to(theirs["norm"]), theirs["norm"], what="the norm")
    assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")


@pytest.mark.points(1)
@pytest.mark.parametrize("zeros", [(0, 1, 2, 3), (1, 2)])
@pytest.mark.parametrize("max_norm", [1.0, 0.5])
def test_zeros(student, reference, randn, zeros, max_norm):
    """Gradients that are zero, all of them or some, make no nan."""
    grads = [torch.zeros_like(grad) if index in zeros else grad for index, grad in enumerate(_draw(randn))]
    theirs = reference.run("clip", grads, max_norm)

    clipped = student.run("clip", grads, max_norm)

    assert_close(clipped["norm"], theirs["norm"], what="the norm")
    assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")


@pytest.mark.points(1)
def test_in_place(student, reference, randn):
    """The very tensors in `.grad` get new numbers, for all who hold them; the parameters stay as they are."""
    grads = _draw(randn)
    theirs = reference.run("clip", grads, 0.6)

    clipped = student.run("clip", grads, 0.6)

    assert_close(clipped["held"], theirs["held"], rtol=CLOSE, what="the memory of the gradients")
    assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")
    assert_close(clipped["params"], theirs["params"], what="the list of parameters")


@pytest.mark.points(1)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_layout(student, reference, randn, dtype):
    """Gradients of both dtypes that do not lie in memory in the order of their elements."""
    grads = [randn(4, 3, dtype=dtype).T, randn(2, 3, 5, dtype=dtype).transpose(0, 2)]
    theirs = reference.run("clip", grads, 0.6)

    clipped = student.run("clip", grads, 0.6)

    assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")


@pytest.mark.points(1)
@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("norm_type", [2.0, math.inf])
def test_not_finite(student, reference, randn, norm_type, odd):
    """With error_if_nonfinite a norm of nan or inf is a RuntimeError, before anything is changed; others are not."""
    grads = _draw(randn)
    theirs = reference.run("clip", grads, 0.6, error_if_nonfinite=True)
    broken = [grad.clone() for grad in grads]
    broken[2].fill_(odd)

    refused = student.run("clip", broken, 0.6, norm_type=norm_type, error_if_nonfinite=True)
    clipped = student.run("clip", grads, 0.6, norm_type=norm_type, error_if_nonfinite=True)
    norm = student.run("clip", broken, 0.6, norm_type=norm_type)["norm"]

    kind = f"`norm_type={'math.inf' if norm_type == math.inf else norm_type}`"
    expect(refused["raised"], f"A gradient with {odd} in it was accepted with `error_if_nonfinite` and {kind}.")
    expect(not clipped["raised"], "Finite gradients were refused.")
    same = all(torch.equal(now, then) for i, (now, then) in enumerate(zip(refused["grads"], grads)) if i != 2)
    expect(same, "The gradients were changed before the error was raised.")
    if norm_type == 2.0:  # other norms are asked elsewhere
        assert_close(clipped["grads"], theirs["grads"], rtol=CLOSE, what="the list of gradients")
    assert_close(norm, torch.full_like(broken[2], abs(odd)), what="the norm")


@pytest.mark.points(1)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("value", [0.3, 1.4, 2.0, 50.0])
def test_value(student, randn, value, dtype):
    """By value: each element is cut off at both ends, the others stay."""
    grads = [*_draw(randn, dtype=dtype), randn(4, 3, dtype=dtype).T]
    right = [torch.where(grad.abs() > value, value * grad.sign(), grad) for grad in grads]

    clipped = student.run("clip_value", grads, value)

    assert_close(clipped["grads"], right, what="the list of gradients")


@pytest.mark.points(1)
@pytest.mark.parametrize("as_generator", [False, True])
@pytest.mark.parametrize("without", [(0, 3), (), (0, 1, 2, 3)])
def test_value_in_place(student, reference, randn, without, as_generator):
    """By value, from a list and from a generator, without some gradients: in place, and None is returned."""
    grads = [None if index in without else grad for index, grad in enumerate(_draw(randn))]
    theirs = reference.run("clip_value", grads, 1.5)

    clipped = student.run("clip_value", grads, 1.5, as_generator=as_generator)

    expect(clipped["returned"] is None, "`clip_grad_value_` returns something: it should return None.")
    assert_close(clipped["held"], theirs["held"], what="the memory of the gradients")
    assert_close(clipped["grads"], theirs["grads"], what="the list of gradients")
    assert_close(clipped["params"], theirs["params"], what="the list of parameters")


def _draw(randn, scale=1.0, dtype=torch.float64):
    """Gradients of all shapes, none of which is short."""
    return [scale * (grad + grad.sign()) for grad in (randn(*shape, dtype=dtype) for shape in SHAPES)]
