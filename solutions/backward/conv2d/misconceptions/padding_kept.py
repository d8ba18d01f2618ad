"""The gradient of the input still has the padding: its shape is that of the padded images, not that of `input`.

Signature: right without padding; with it the right numbers lie in the middle.
"""

import torch
from torch.nn.functional import fold, pad, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    padded, rows = pad(input, [padding] * 4), grad_output.flatten(2)
    columns = unfold(padded, weight.shape[2:], stride=stride)
    grad_weight = torch.einsum("nol,nkl->ok", rows, columns).reshape(weight.shape)
    grad_columns = weight.reshape(len(weight), -1).T @ rows
    grad_input = fold(grad_columns, padded.shape[2:], weight.shape[2:], stride=stride)
    return grad_input, grad_weight, grad_output.sum(dim=(0, 2, 3))
