"""The gradient of the bias is a mean over the places of the output; it was added at each of them, so they add up.

Signature: ratio 1/(H_out · W_out) in the bias's gradient alone.
"""

import torch
from torch.nn.functional import fold, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    rows = grad_output.flatten(2)
    columns = unfold(input, weight.shape[2:], padding=padding, stride=stride)
    grad_weight = torch.einsum("nol,nkl->ok", rows, columns).reshape(weight.shape)
    grad_columns = weight.reshape(len(weight), -1).T @ rows
    grad_input = fold(grad_columns, input.shape[2:], weight.shape[2:], padding=padding, stride=stride)
    return grad_input, grad_weight, rows.mean(dim=2).sum(dim=0)
