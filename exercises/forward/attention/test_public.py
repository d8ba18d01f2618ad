"""Public suite for ``forward/attention``: what you can see while you work. Grading checks more."""

import math

import pytest
import torch

from grader.testing import assert_close

QUERY = torch.tensor([[math.log(9), 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
KEY = torch.tensor([[0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]])
VALUE = torch.tensor([[4.0], [8.0]])


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement, without a mask."""
    output = student.attention(QUERY, KEY, VALUE)

    assert_close(output, torch.tensor([[7.0], [6.0]]))


@pytest.mark.points(1)
def test_masks(student):
    """The example from the statement, with both kinds of mask."""
    mask = torch.tensor([[False, False], [False, True]])

    causal = student.attention(QUERY, KEY, VALUE, is_causal=True)
    assert_close(causal, torch.tensor([[4.0], [6.0]]), what="the result with is_causal")
    masked = student.attention(QUERY, KEY, VALUE, attn_mask=mask)
    assert_close(masked, torch.tensor([[0.0], [8.0]]), what="the result with attn_mask")


@pytest.mark.points(1)
def test_heads(student, randn):
    """Two leading dimensions, five queries and seven keys: the numbers are PyTorch's."""
    query, key, value = randn(2, 3, 5, 4), randn(2, 3, 7, 4), randn(2, 3, 7, 6)
    expected = torch.nn.functional.scaled_dot_product_attention(query, key, value)

    assert_close(student.attention(query, key, value), expected)
