"""Public suite for ``forward/layer_norm``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    input = torch.tensor([[2.0, 2.0, 6.0, 6.0], [1.0, 3.0, 1.0, 3.0]])
    weight, bias = torch.tensor([1.0, 2.0, 1.0, 3.0]), torch.tensor([0.0, 10.0, 20.0, 30.0])

    output = student.layer_norm(input, weight, bias, eps=0.0)

    assert_close(output, torch.tensor([[-1.0, 8.0, 21.0, 33.0], [-1.0, 12.0, 19.0, 33.0]]))


@pytest.mark.points(1)
def test_without_weight_and_bias(student):
    """One sample with variance 3, no weight and no bias: with eps = 1 the distances are halved."""
    input = torch.tensor([5.0, 5.0, 5.0, 5.0]) + 3**0.5 * torch.tensor([1.0, -1.0, 1.0, -1.0])

    assert_close(student.layer_norm(input, eps=1.0), 3**0.5 / 2 * torch.tensor([1.0, -1.0, 1.0, -1.0]))


@pytest.mark.points(1)
def test_sentences(student, randn):
    """Two sentences of three words: each word is normalized by itself, and the numbers are PyTorch's."""
    input, weight, bias = randn(2, 3, 5), randn(5), randn(5)

    assert_close(student.layer_norm(input, weight, bias), torch.nn.functional.layer_norm(input, (5,), weight, bias))


@pytest.mark.points(1)
def test_half_precision(student):
    """The squares of 300 and 900 are too large for float16; the result is not."""
    input = torch.tensor([[300.0, -300.0, 300.0, -300.0], [0.0, 900.0, 900.0, 0.0]], dtype=torch.float16)

    expected = torch.tensor([[1.0, -1.0, 1.0, -1.0], [-1.0, 1.0, 1.0, -1.0]], dtype=torch.float16)
    assert_close(student.layer_norm(input), expected)
