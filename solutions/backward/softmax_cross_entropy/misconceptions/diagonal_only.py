"""Only the diagonal of softmax's Jacobian, p(1-p), is used: but every output depends on every input.

Signature: right for the derivative of a sigmoid; the gradient does not add up to 0 over `dim`.
"""

import torch


def softmax_backward(grad_output, output, dim):
    return grad_output * output * (1 - output)


def cross_entropy_backward(grad_output, input, target):
    right = torch.nn.functional.one_hot(target, input.shape[1])
    return grad_output * (torch.softmax(input, dim=1) - right) / len(target)
