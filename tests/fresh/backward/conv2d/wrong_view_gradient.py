"""Wrong: takes the tensors apart with view(), which raises an error where they do not lie contiguously in memory."""

import torch
from torch.nn.functional import fold, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    n, c_out, h_out, w_out = grad_output.shape
    k = tuple(weight.shape[2:])
    g = grad_output.view(n, c_out, h_out * w_out)
    columns = unfold(input, k, stride=stride, padding=padding)  # (n, c_in * k_h * k_w, places)
    kernel = weight.view(c_out, -1)
    grad_weight = (g @ columns.transpose(1, 2)).sum(dim=0).view(weight.shape)
    grad_input = fold(kernel.T @ g, tuple(input.shape[2:]), k, stride=stride, padding=padding)
    return grad_input, grad_weight, g.sum(dim=(0, 2))
