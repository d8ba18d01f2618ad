"""Columns there and back: unfold for the weight's gradient, fold (which adds up overlaps) for the input's."""

import torch
from torch.nn.functional import fold, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    out_channels, kernel_size = len(weight), weight.shape[2:]
    rows = grad_output.flatten(2)
    columns = unfold(input, kernel_size, padding=padding, stride=stride)
    grad_weight = torch.einsum("nol,nkl->ok", rows, columns).reshape(weight.shape)
    grad_columns = weight.reshape(out_channels, -1).T @ rows
    grad_input = fold(grad_columns, input.shape[2:], kernel_size, padding=padding, stride=stride)
    return grad_input, grad_weight, rows.sum(dim=(0, 2))
