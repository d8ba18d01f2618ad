"""Expected: passed, 12 of 12. honest, backward/linear.

A layer of its own, with a method and with fields that are called like what is forbidden.
"""

from collections import namedtuple
from dataclasses import dataclass

import torch

Passes = namedtuple("Passes", "forward backward")


@dataclass
class Gradients:
    backward: tuple
    autograd: bool = False


class Linear:
    def __init__(self, input, weight):
        self.input, self.weight = input, weight

    def forward(self):
        return self.input @ self.weight.T

    def backward(self, grad_output):
        return grad_output @ self.weight, grad_output.T @ self.input, grad_output.sum(dim=0)


@torch.no_grad()
def linear_backward(grad_output, input, weight):
    layer = Linear(input, weight)
    passes = Passes(layer.forward, layer.backward)
    return Gradients(backward=passes.backward(grad_output)).backward
