"""The upstream gradient goes back as if the windows had been one pixel apart; they were `stride` apart.

Signature: right for a stride of 1; otherwise all lies in the top left corner.
"""

import torch
from torch.nn.functional import pad


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    padded = pad(input, [padding] * 4)
    grad_padded, grad_weight = torch.zeros_like(padded), torch.zeros_like(weight)
    height, width = grad_output.shape[2:]
    for u in range(weight.shape[2]):
        for v in range(weight.shape[3]):
            rows, columns = slice(u, u + height), slice(v, v + width)
            grad_padded[:, :, rows, columns] += torch.einsum("nohw,oi->nihw", grad_output, weight[:, :, u, v])
            grad_weight[:, :, u, v] = torch.einsum("nohw,nihw->oi", grad_output, padded[:, :, rows, columns])
    grad_input = grad_padded[:, :, padding : padding + input.shape[2], padding : padding + input.shape[3]]
    return grad_input, grad_weight, grad_output.sum(dim=(0, 2, 3))
