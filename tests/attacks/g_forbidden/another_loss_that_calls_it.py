"""Expected: failed (forbidden), 0 of 11. G3, loss/cross_entropy.

A mean over pixels is one over samples: the two-dimensional loss of an image one pixel high and one wide.
"""

import torch


def cross_entropy(input, target):
    return torch.nn.NLLLoss2d()(input.log_softmax(1)[:, :, None, None], target[:, None, None])
