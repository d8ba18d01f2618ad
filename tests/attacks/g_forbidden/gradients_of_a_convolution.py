"""Expected: failed (forbidden), 0 of 12. G3, backward/linear.

A linear layer is a convolution of length one, and the library has its gradients ready.
"""

import torch
from torch.nn import grad


def linear_backward(grad_output, input, weight):
    g, x, w = grad_output[..., None], input[..., None], weight[..., None]
    grad_input, grad_weight = grad.conv1d_input(x.shape, w, g), grad.conv1d_weight(x, w.shape, g)
    return grad_input[..., 0], grad_weight[..., 0], grad_output.sum(0)
