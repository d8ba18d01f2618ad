"""The 1 is subtracted at the class that the model finds most likely, not at the right class from `target`."""

import torch


def softmax_backward(grad_output, output, dim):
    return output * (grad_output - (grad_output * output).sum(dim=dim, keepdim=True))


def cross_entropy_backward(grad_output, input, target):
    right = torch.nn.functional.one_hot(input.argmax(dim=1), input.shape[1])
    return grad_output * (torch.softmax(input, dim=1) - right) / len(target)
