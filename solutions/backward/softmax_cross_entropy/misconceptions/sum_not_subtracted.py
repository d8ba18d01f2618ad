"""The gradient of softmax lacks its second term, the sum over all outputs: `grad_output * output` is only the first.

Signature: the gradient does not add up to 0 over `dim`.
"""

import torch


def softmax_backward(grad_output, output, dim):
    return grad_output * output


def cross_entropy_backward(grad_output, input, target):
    right = torch.nn.functional.one_hot(target, input.shape[1])
    return grad_output * (torch.softmax(input, dim=1) - right) / len(target)
