"""The sum is subtracted from `grad_output` in place (`-=`): the caller's own upstream gradient changes.

Signature: every number is right; the argument is not what it was.
"""

import torch


def softmax_backward(grad_output, output, dim):
    grad_output -= (grad_output * output).sum(dim=dim, keepdim=True)
    return output * grad_output


def cross_entropy_backward(grad_output, input, target):
    right = torch.nn.functional.one_hot(target, input.shape[1])
    return grad_output * (torch.softmax(input, dim=1) - right) / len(target)
