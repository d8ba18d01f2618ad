"""The losses of the samples are added up, not averaged: the result grows with the batch.

Signature: ratio N.
"""

import torch


def cross_entropy(input, target):
    return -torch.log_softmax(input, dim=1)[torch.arange(len(target)), target].sum()
