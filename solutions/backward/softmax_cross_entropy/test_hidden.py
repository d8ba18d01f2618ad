"""Hidden suite for ``backward/softmax_cross_entropy``.

The two functions have checks of their own; those that look at both award a half for each one that is right. The
upstream gradient of the cross-entropy is other than 1 in one check only: to forget it costs once.
"""

import pytest
import torch

from grader.testing import assert_close, award_each, expect

FLOAT64 = torch.float64


def one(like, value=1.0):
    """The upstream gradient of the loss itself."""
    return torch.tensor(value, dtype=like.dtype, device=like.device)


def draw_softmax(randn, *shape, dim, dtype=FLOAT64):
    """An upstream gradient and probabilities."""
    return randn(*shape, dtype=dtype), torch.softmax(2 * randn(*shape, dtype=dtype), dim)


def assert_both(softmax, cross_entropy, rtol=None):
    """Both pairs (found, expected) agree; a half of the points for the one that does."""
    pairs = {"softmax_backward": softmax, "cross_entropy_backward": cross_entropy}
    award_each(pairs, lambda name: assert_close(*pairs[name], what=f"the gradient from {name}", rtol=rtol))


@pytest.mark.points(3)
@pytest.mark.parametrize(("samples", "classes"), [(7, 3), (2, 11), (13, 5)])
def test_softmax(student, reference, randn, samples, classes):
    """softmax_backward: a batch of rows, for several shapes."""
    grad_output, output = draw_softmax(randn, samples, classes, dim=1)
    expected = reference.softmax_backward(grad_output, output, 1)

    assert_close(student.softmax_backward(grad_output, output, 1), expected)


@pytest.mark.points(2)
@pytest.mark.parametrize(("shape", "dim"), [((5, 2, 3), 0), ((5, 2, 3), 1), ((2, 7, 3), -2), ((4, 3), -2), ((6,), 0)])
def test_softmax_dim(student, randn, shape, dim):
    """softmax_backward: what autograd finds, whatever dimension softmax was taken over."""
    # An oracle that shares no line with the reference: were that wrong, this check would be reported as broken.
    input, grad_output = 2 * randn(*shape, dtype=FLOAT64), randn(*shape, dtype=FLOAT64)
    input.requires_grad_()
    output = torch.softmax(input, dim)
    (expected,) = torch.autograd.grad(output, input, grad_output)

    assert_close(student.softmax_backward(grad_output, output.detach(), dim), expected)


@pytest.mark.points(1)
def test_softmax_saturated(student, randn):
    """softmax_backward: where a probability is exactly 0 or 1 the gradient is 0, never nan."""
    grad_output, output = draw_softmax(randn, 4, 3, dim=1)
    output[0] = torch.tensor([0.0, 1.0, 0.0])
    output[2] = torch.tensor([0.75, 0.0, 0.25])
    expected = output * (grad_output - (output * grad_output).sum(dim=1, keepdim=True))

    assert_close(student.softmax_backward(grad_output, output, 1), expected)


@pytest.mark.points(3)
@pytest.mark.parametrize(("samples", "classes"), [(7, 3), (2, 11), (13, 5)])
def test_cross_entropy(student, reference, randn, randint, samples, classes):
    """cross_entropy_backward: the gradient of the loss itself, for several shapes."""
    input, target = 2 * randn(samples, classes, dtype=FLOAT64), randint(0, classes, samples)
    expected = reference.cross_entropy_backward(one(input), input, target)

    assert_close(student.cross_entropy_backward(one(input), input, target), expected)


@pytest.mark.points(1)
@pytest.mark.parametrize("scale", [0.3, -7.0])
def test_upstream(student, randn, randint, scale):
    """cross_entropy_backward: what autograd finds when the loss is multiplied by a number afterwards."""
    input, target = randn(6, 4, dtype=FLOAT64).requires_grad_(), randint(0, 4, 6)
    (expected,) = torch.autograd.grad(scale * torch.nn.functional.cross_entropy(input, target), input)

    assert_close(student.cross_entropy_backward(one(input, scale), input.detach(), target), expected)


@pytest.mark.points(1)
def test_large_logits(student, randint):
    """cross_entropy_backward: sure and wrong, the right class gets -1/N and the other 1/N; never nan."""
    samples = 5
    target = randint(0, 3, samples)
    input = torch.zeros(samples, 4, dtype=FLOAT64, device=target.device)
    input[:, 3] = 1000.0
    input += torch.tensor([[0.0], [1e4], [-1e4], [50.0], [3e3]], dtype=FLOAT64, device=target.device)
    expected = torch.zeros_like(input)
    expected[torch.arange(samples, device=target.device), target] = -1 / samples
    expected[:, 3] = 1 / samples

    assert_close(student.cross_entropy_backward(one(input), input, target), expected)


@pytest.mark.points(1)
def test_one_sample(student, reference, randn):
    """cross_entropy_backward: a batch of one sample keeps both its dimensions."""
    input = randn(1, 4, dtype=FLOAT64)
    target = torch.tensor([2], device=input.device)

    expected = reference.cross_entropy_backward(one(input), input, target)

    assert_close(student.cross_entropy_backward(one(input), input, target), expected)


@pytest.mark.points(1)
@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float32, None), (torch.bfloat16, 0.05)])
def test_dtype(student, reference, randn, randint, dtype, rtol):
    """The gradients have the dtype of the arguments, in half precision too."""
    softmax = (*draw_softmax(randn, 5, 3, dim=0, dtype=dtype), 0)
    input, target = randn(7, 3, dtype=dtype), randint(0, 3, 7)
    loss = one(input), input, target
    right = reference.softmax_backward(*softmax), reference.cross_entropy_backward(*loss)

    assert_both((student.softmax_backward(*softmax), right[0]), (student.cross_entropy_backward(*loss), right[1]), rtol)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn, randint):
    """The right gradients, with every argument left as it was."""
    grad_output, output = draw_softmax(randn, 4, 5, dim=1)
    input, target = randn(4, 3, dtype=FLOAT64), randint(0, 3, 4)
    loss = one(input)
    arguments = {"grad_output": grad_output, "output": output, "input": input, "target": target}
    before = {name: argument.clone() for name, argument in arguments.items()}
    right = reference.softmax_backward(grad_output, output, 1), reference.cross_entropy_backward(loss, input, target)

    found = student.softmax_backward(grad_output, output, 1), student.cross_entropy_backward(loss, input, target)

    for name, argument in arguments.items():
        expect(torch.equal(argument, before[name]), f"The call changed `{name}` in place.")
    expect(loss.item() == 1.0, "The call changed `grad_output` in place.")
    assert_both((found[0], right[0]), (found[1], right[1]))


@pytest.mark.points(1)
def test_layout(student, reference, randn, randint):
    """The same gradients from transposed and from expanded views of memory."""
    grad_output, output = draw_softmax(randn, 3, 5, dim=0)
    column = randn(4, 1, 2, dtype=FLOAT64)
    _, probabilities = draw_softmax(randn, 4, 3, 2, dim=2)
    input, target = randn(4, 6, dtype=FLOAT64).T, randint(0, 4, 6)
    softmax = reference.softmax_backward(grad_output.T, output.T, 1)
    wide = reference.run("expanded", column, probabilities, 2)
    loss = reference.cross_entropy_backward(one(input), input, target)

    found = student.softmax_backward(grad_output.T, output.T, 1), student.run("expanded", column, probabilities, 2)

    assert_both((found, (softmax, wide)), (student.cross_entropy_backward(one(input), input, target), loss))
