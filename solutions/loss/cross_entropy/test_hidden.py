"""Hidden suite for ``loss/cross_entropy``."""

import pytest
import torch

from grader.testing import assert_close, assert_gradients, expect


@pytest.mark.points(2)
@pytest.mark.parametrize(("samples", "classes"), [(7, 3), (2, 11), (13, 5)])
def test_value(student, reference, randn, randint, samples, classes):
    """The mean loss of a batch, for several shapes."""
    input, target = randn(samples, classes, dtype=torch.float64) * 3, randint(0, classes, samples)

    assert_close(student.cross_entropy(input, target), reference.cross_entropy(input, target))


@pytest.mark.points(1)
def test_one_sample(student, reference, randn):
    """A batch of one sample."""
    input, target = randn(1, 4, dtype=torch.float64), torch.tensor([2])

    assert_close(student.cross_entropy(input, target), reference.cross_entropy(input, target))


@pytest.mark.points(1)
def test_shift_invariance(student, reference, randn, randint):
    """Adding a number to every logit of a sample changes nothing, however far the samples are apart."""
    input, target = randn(5, 4, dtype=torch.float64), randint(0, 4, 5)
    shift = torch.tensor([[1e4], [0.0], [-1e4], [3e3], [-5.0]], dtype=torch.float64, device=input.device)

    loss = student.cross_entropy(input + shift, target)

    assert_close(loss, reference.cross_entropy(input, target), atol=1e-9)


@pytest.mark.points(2)
def test_sure_and_wrong(student, randint):
    """One logit 1000 ahead of the right class: exactly 1000, never inf or nan."""
    input = torch.zeros(3, 5)
    input[:, 4] = 1000.0

    assert_close(student.cross_entropy(input, randint(0, 4, 3)), torch.tensor(1000.0))


@pytest.mark.points(2)
@pytest.mark.parametrize(("samples", "classes"), [(6, 4), (3, 9)])
def test_gradient(student, reference, randn, randint, samples, classes):
    """Autograd finds the right gradient through it: (softmax - one-hot) / N."""
    input, target = randn(samples, classes, dtype=torch.float64), randint(0, classes, samples)

    assert_gradients(student, reference, "cross_entropy", (input, target), randn, names=("input", "target"))


@pytest.mark.points(1)
@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float32, None), (torch.float64, None), (torch.bfloat16, 0.05)])
def test_dtype(student, reference, randn, randint, dtype, rtol):
    """The loss has the dtype of the logits, and shape ()."""
    input, target = randn(4, 3, dtype=dtype), randint(0, 3, 4)

    assert_close(student.cross_entropy(input, target), reference.cross_entropy(input, target), rtol=rtol)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn, randint):
    """The right loss, with the logits and the targets left as they were."""
    input, target = randn(4, 3), randint(0, 3, 4)
    before = input.clone(), target.clone()

    loss = student.cross_entropy(input, target)

    expect(torch.equal(input, before[0]), "The call changed `input` in place.")
    expect(torch.equal(target, before[1]), "The call changed `target` in place.")
    assert_close(loss, reference.cross_entropy(input, target))


@pytest.mark.points(1)
def test_layout(student, reference, randn, randint):
    """A transposed, non-contiguous batch of logits gives the same loss."""
    input, target = randn(4, 6, dtype=torch.float64).T, randint(0, 4, 6)

    assert_close(student.cross_entropy(input, target), reference.cross_entropy(input, target))
