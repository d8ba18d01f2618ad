"""Hidden suite for ``loss/regression``.

Three checks hold one loss each, with one dimension and the mean that is the default; where a check asks about all
three, a third of its points is for each one that is right.
"""

import pytest
import torch

from grader.testing import assert_close, assert_gradients, award_each, expect

FLOAT64 = torch.float64
LOSSES = {"mse_loss": "the squared loss", "l1_loss": "the absolute loss", "huber_loss": "Huber's loss"}
SHAPES = pytest.mark.parametrize("shape", [(7,), (12,), (1,), ()])


def refuses(call, words):
    """``call`` raises a ValueError."""
    try:
        call()
    except ValueError:
        return
    expect(False, words)


def accepts(loss, what):
    """Arguments that are all right give a loss: to refuse everything is no answer. Which loss, others check."""
    expect(isinstance(loss, torch.Tensor) and loss.shape == (), f"{what} is no tensor of shape () for good arguments.")
    expect(bool(torch.isfinite(loss) & (loss > 0)), f"{what} of arguments that fit is not a number above 0.")


@pytest.mark.points(1)
@SHAPES
def test_mse(student, reference, randn, shape):
    """The mean squared error, for several shapes."""
    input, target = randn(*shape, dtype=FLOAT64) * 3, randn(*shape, dtype=FLOAT64)

    assert_close(student.mse_loss(input, target), reference.mse_loss(input, target))


@pytest.mark.points(1)
@SHAPES
def test_l1(student, reference, randn, shape):
    """The mean absolute error, for several shapes."""
    input, target = randn(*shape, dtype=FLOAT64) * 3, randn(*shape, dtype=FLOAT64)

    assert_close(student.l1_loss(input, target), reference.l1_loss(input, target))


@pytest.mark.points(3)
@pytest.mark.parametrize(("shape", "delta"), [((11,), 1.0), ((15,), 0.4), ((8,), 1.7), ((6,), 30.0), ((), 0.001)])
def test_huber(student, reference, randn, shape, delta):
    """The mean of Huber's losses, for several shapes and deltas."""
    input, target = randn(*shape, dtype=FLOAT64) * 2, randn(*shape, dtype=FLOAT64)

    assert_close(student.huber_loss(input, target, delta=delta), reference.huber_loss(input, target, delta=delta))


@pytest.mark.points(1)
def test_huber_at_delta(student, device):
    """Huber's loss meets itself at delta: no jump in the value, no kink in the slope."""
    delta, far = 0.75, 1e-6
    distance = torch.tensor([delta - far, delta, delta + far, -delta, -delta - far], dtype=FLOAT64, device=device)
    target = torch.full_like(distance, 0.25)
    slopes = distance.clamp(-delta, delta) / len(distance)
    quadratic = distance.clamp(-delta, delta)
    right = (quadratic**2 / 2 + delta * (distance.abs() - quadratic.abs())).mean()

    assert_close(student.huber_loss(target + distance, target, delta=delta), right)
    cotangent = torch.tensor(1.7, dtype=FLOAT64, device=device)
    found = student.vjp("huber_loss", (target + distance, target, "mean", delta), cotangent)
    expect(found[0] is not None, "No gradient reaches input: the graph was cut.")
    assert_close(found[0], 1.7 * slopes, what="the gradient of input")


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 4), (1, 6)])
@pytest.mark.parametrize("reduction", ["sum", "none", "mean"])
def test_reduction(student, reference, randn, shape, reduction):
    """Each reduction of each loss, asked for by its name; sum and mean are over all dimensions."""
    input, target = randn(*shape, dtype=FLOAT64), randn(*shape, dtype=FLOAT64)

    def check(name):
        what = LOSSES[name]
        found = getattr(student, name)(input, target, reduction=reduction)
        assert_close(found, getattr(reference, name)(input, target, reduction=reduction), what=what)

    award_each(LOSSES, check)


@pytest.mark.points(2)
def test_gradient(student, reference, randn):
    """Autograd finds the right gradients of input and target, 0 where the prediction is perfect."""
    input, target = randn(13, dtype=FLOAT64) * 2, randn(13, dtype=FLOAT64)
    target[2], target[7] = input[2], input[7]

    def check(name):
        what = LOSSES[name]
        delta = (0.8,) if name == "huber_loss" else ()
        names = (f"input in {what}", f"target in {what}")
        assert_gradients(student, reference, name, (input, target, "mean", *delta), randn, names=names)

    award_each(LOSSES, check)


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("shape", "other"), [((6,), (6, 1)), ((6, 1), (6,)), ((3, 4), (4,)), ((2, 3), (3, 2)), ((5,), ()), ((1, 4), (3, 4))]
)
def test_shapes_differ(student, randn, shape, other):
    """Shapes that differ are refused with a ValueError, whether they could be broadcast or not."""
    input, target, fitting = (randn(*size, dtype=FLOAT64) for size in (shape, other, shape))

    def check(name):
        what = LOSSES[name]
        words = f"The shapes {shape} and {other} were accepted by {name}: a ValueError is asked for."
        refuses(lambda: getattr(student, name)(input, target), words)
        accepts(getattr(student, name)(input, fitting), what)

    award_each(LOSSES, check)


@pytest.mark.points(1)
@pytest.mark.parametrize("reduction", ["average", "batchmean"])
def test_unknown_reduction(student, randn, reduction):
    """A reduction that does not exist is refused with a ValueError."""
    input, target = randn(5, 3, dtype=FLOAT64), randn(5, 3, dtype=FLOAT64)

    def check(name):
        what = LOSSES[name]
        words = f"{name} accepted the reduction {reduction!r}: a ValueError is asked for."
        refuses(lambda: getattr(student, name)(input, target, reduction=reduction), words)
        accepts(getattr(student, name)(input, target), what)

    award_each(LOSSES, check)


@pytest.mark.points(1)
def test_outlier(student, reference, randn):
    """An outlier whose square overflows: the absolute loss and Huber's stay finite."""
    input, target = randn(6), randn(6)
    input[2], target[5] = 1e25, 3e24

    for name in ("l1_loss", "huber_loss"):
        found, right = getattr(student, name)(input, target), getattr(reference, name)(input, target)
        assert_close(found, right, what=LOSSES[name])


@pytest.mark.points(1)
@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float32, None), (torch.float64, None), (torch.bfloat16, 0.05)])
def test_arguments(student, reference, randn, dtype, rtol):
    """The loss has the dtype of the input, from transposed memory as well; both arguments are left as they were."""
    input, target = randn(4, 6, dtype=dtype).T, randn(6, 4, dtype=dtype)
    before = input.clone(), target.clone()
    right = {name: getattr(reference, name)(input, target) for name in LOSSES}

    def check(name):
        what = LOSSES[name]
        found = getattr(student, name)(input, target)
        expect(torch.equal(input, before[0]), f"{name} changed `input` in place.")
        expect(torch.equal(target, before[1]), f"{name} changed `target` in place.")
        assert_close(found, right[name], what=what, rtol=rtol)

    award_each(LOSSES, check)
