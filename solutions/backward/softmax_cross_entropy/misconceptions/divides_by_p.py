"""The cross-entropy's gradient passes through the logarithm's -1/p: where p is 0 it is nan. Cancel p on paper first.

Signature: right for small logits; nan where the probability of the right class underflows.
"""

import torch


def softmax_backward(grad_output, output, dim):
    return output * (grad_output - (grad_output * output).sum(dim=dim, keepdim=True))


def cross_entropy_backward(grad_output, input, target):
    p = torch.softmax(input, dim=1)
    right = torch.nn.functional.one_hot(target, input.shape[1])
    return softmax_backward(-grad_output * right / p / len(target), p, 1)
