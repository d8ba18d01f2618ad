"""Two mistakes: the weight gradient is transposed and the bias gradient is summed over dim 1."""

import torch


class _Linear:
    def __init__(self, weight: torch.Tensor):
        self.weight = weight

    def backward(self, x, dout):
        self.dw = x.T.mm(dout)
        self.db = dout.sum(-1)
        return dout.mm(self.weight), self.dw, self.db


def linear_backward(grad_output, input, weight):
    return _Linear(weight).backward(input, grad_output)
