"""The logarithm is taken of the finished softmax: where a probability underflows to 0, the loss is inf.

Signature: right for small logits; inf where one logit is far ahead; nan without the shift.
"""

import torch


def cross_entropy(input, target):
    probabilities = torch.softmax(input, dim=1)
    return -probabilities[torch.arange(len(target)), target].log().mean()
