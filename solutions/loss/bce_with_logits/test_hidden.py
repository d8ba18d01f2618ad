"""Hidden suite for ``loss/bce_with_logits``.

Logits are small, targets hard and weights absent wherever a check is about something else.
"""

import pytest
import torch

from grader.testing import assert_close, expect

FLOAT64 = torch.float64


def answers(randint, *shape, dtype=FLOAT64):
    """Zeros and ones."""
    return randint(0, 2, *shape).to(dtype)


def assert_gradient(found, right):
    """The gradient of the logits, the first that was found, is right."""
    expect(found[0] is not None, "No gradient reaches input: the graph was cut (detach, item, no_grad).")
    assert_close(found[0], right, rtol=1e-8, what="the gradient of input")


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(7,), (5, 3), (2, 3, 4), (1,)])
def test_value(student, reference, randn, randint, shape):
    """The mean loss for answers that are 0 or 1, for several shapes."""
    input, target = randn(*shape, dtype=FLOAT64) * 2, answers(randint, *shape)

    assert_close(student.bce_with_logits(input, target), reference.bce_with_logits(input, target))


@pytest.mark.points(1)
@pytest.mark.parametrize("shape", [(11,), (4, 3)])
def test_soft_targets(student, reference, randn, shape):
    """Targets between 0 and 1 are probabilities."""
    input, target = randn(*shape, dtype=FLOAT64) * 2, randn(*shape, dtype=FLOAT64).sigmoid()

    assert_close(student.bce_with_logits(input, target), reference.bce_with_logits(input, target))


@pytest.mark.points(2)
@pytest.mark.parametrize("dtype", [torch.float32, FLOAT64])
@pytest.mark.parametrize("size", [20.0, 40.0, 90.0, 120.0, 800.0, 1e4])
def test_sure_and_wrong(student, device, dtype, size):
    """A sure and wrong answer costs as much as its logit is large, for a yes and for a no."""
    logits, right = torch.tensor([size, -size], dtype=dtype, device=device), torch.tensor(size, dtype=dtype)

    loss = student.bce_with_logits(logits, (logits < 0).to(dtype))

    assert_close(loss, right.to(device), atol=1e-8)  # exp(-20) more


@pytest.mark.points(1)
@pytest.mark.parametrize("dtype", [torch.float32, FLOAT64])
def test_sure_and_right(student, reference, randn, dtype):
    """Sure and right answers cost nothing: only the others count."""
    input, target = randn(6, dtype=dtype), (randn(6, dtype=dtype) > 0).to(dtype)
    sure = torch.tensor([50.0, -130.0, 900.0, -1e4], dtype=dtype, device=input.device)
    right = reference.bce_with_logits(input, target) * 6 / 10

    loss = student.bce_with_logits(torch.cat([input, sure]), torch.cat([target, (sure > 0).to(dtype)]))

    assert_close(loss, right)


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(7,), (5, 3)])
def test_gradient(student, randn, randint, shape):
    """Autograd finds the right gradient of the logits: (σ(x) - y) / N."""
    input, target, cotangent = randn(*shape, dtype=FLOAT64) * 2, answers(randint, *shape), randn(dtype=FLOAT64)
    right = cotangent * (input.sigmoid() - target) / input.numel()

    assert_gradient(student.vjp("bce_with_logits", (input, target), cotangent), right)


@pytest.mark.points(1)
@pytest.mark.parametrize("weights", [(), ((1,),)])
def test_gradient_of_large_logits(student, randn, device, weights):
    """The gradient is right for very large logits too, never inf or nan; so it is beside weights of 1."""
    ones = [torch.ones(*shape, dtype=FLOAT64, device=device) for shape in weights]
    input = torch.tensor([800.0, -800.0, 800.0, -800.0, 1e5, 35.0, -35.0], dtype=FLOAT64, device=device)
    target = torch.tensor([0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0], dtype=FLOAT64, device=device)
    cotangent = randn(dtype=FLOAT64)
    right = cotangent * (input.sigmoid() - target) / 7

    assert_gradient(student.vjp("bce_with_logits", (input, target, *ones), cotangent), right)


@pytest.mark.points(1)
def test_gradient_at_zero(student, randn, device):
    """The gradient of logits that are exactly 0, as from a layer that begins with zeros."""
    target = torch.tensor([0.0, 1.0, 1.0, 0.3, 0.0], dtype=FLOAT64, device=device)
    cotangent = randn(dtype=FLOAT64)
    right = cotangent * (0.5 - target) / 5

    assert_gradient(student.vjp("bce_with_logits", (torch.zeros_like(target), target), cotangent), right)


@pytest.mark.points(2)
@pytest.mark.parametrize(("shape", "weights"), [((5, 3), (3,)), ((7,), ()), ((2, 4, 3), (4, 1)), ((6, 2), (6, 2))])
def test_pos_weight(student, reference, randn, randint, shape, weights):
    """Weights of the positive answers, for each class, for all or for each element; the mean stays a mean."""
    input, target = randn(*shape, dtype=FLOAT64) * 2, answers(randint, *shape)
    pos_weight = randn(*weights, dtype=FLOAT64).exp()

    found = student.bce_with_logits(input, target, pos_weight=pos_weight)

    assert_close(found, reference.bce_with_logits(input, target, pos_weight))


@pytest.mark.points(1)
def test_pos_weight_of_soft_targets(student, reference, randn):
    """The weight multiplies the positive part of a soft target and no more, in the gradient too; it stays as it was."""
    shapes = (5, 3), (5, 3), (3,)
    input, target, pos_weight = (randn(*shape, dtype=FLOAT64) for shape in shapes)
    arguments = input * 2, target.sigmoid(), pos_weight.exp()
    before, cotangent = pos_weight.exp(), randn(dtype=FLOAT64)
    right = reference.bce_with_logits(*arguments), reference.vjp("bce_with_logits", arguments, cotangent)[0]

    loss = student.bce_with_logits(*arguments)

    expect(torch.equal(arguments[2], before), "The call changed `pos_weight` in place.")
    assert_close(loss, right[0])
    assert_gradient(student.vjp("bce_with_logits", arguments, cotangent), right[1])


@pytest.mark.points(1)
@pytest.mark.parametrize(
    ("shape", "other"), [((6,), (6, 1)), ((6, 1), (6,)), ((4, 3), (3,)), ((5,), ()), ((1, 4), (3, 4)), ((2, 3), (3, 2))]
)
def test_shapes_differ(student, randn, randint, shape, other):
    """Shapes that differ are refused with a ValueError, whether they could be broadcast or not."""
    loss = student.bce_with_logits(randn(*shape), answers(randint, *shape, dtype=torch.float32))
    fine = isinstance(loss, torch.Tensor) and loss.shape == () and bool(torch.isfinite(loss) & (loss > 0))
    expect(fine, "Input and target of one shape should give one number above 0.")
    try:
        student.bce_with_logits(randn(*shape), answers(randint, *other, dtype=torch.float32))
    except ValueError:
        return
    expect(False, f"The shapes {shape} and {other} were accepted: a ValueError is asked for.")


@pytest.mark.points(1)
@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float32, None), (FLOAT64, None), (torch.bfloat16, 0.05)])
def test_arguments(student, reference, randn, randint, dtype, rtol):
    """The loss has the dtype of the logits, from transposed memory as well; both arguments are left as they were."""
    input, target = randn(4, 6, dtype=dtype).T, answers(randint, 6, 4, dtype=dtype)
    before = input.clone(), target.clone()
    right = reference.bce_with_logits(*before)

    loss = student.bce_with_logits(input, target)

    expect(torch.equal(input, before[0]), "The call changed `input` in place.")
    expect(torch.equal(target, before[1]), "The call changed `target` in place.")
    assert_close(loss, right, rtol=rtol)
