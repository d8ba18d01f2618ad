"""The padding is not taken into account: row r of the output has seen the input from row `stride * r - padding` on.

Signature: right without padding; with it the gradients of input and weight are moved.
"""

import torch
from torch.nn.functional import pad


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    padded = pad(input, (0, 2 * padding, 0, 2 * padding))
    grad_padded, grad_weight = torch.zeros_like(padded), torch.zeros_like(weight)
    height, width = grad_output.shape[2:]
    for u in range(weight.shape[2]):
        for v in range(weight.shape[3]):
            rows, columns = slice(u, u + stride * height, stride), slice(v, v + stride * width, stride)
            grad_padded[:, :, rows, columns] += torch.einsum("nohw,oi->nihw", grad_output, weight[:, :, u, v])
            grad_weight[:, :, u, v] = torch.einsum("nohw,nihw->oi", grad_output, padded[:, :, rows, columns])
    grad_input = grad_padded[:, :, : input.shape[2], : input.shape[3]]
    return grad_input, grad_weight, grad_output.sum(dim=(0, 2, 3))
