"""Where windows overlap, the last one overwrites what the others brought (`=`): a pixel's contributions add up (`+=`).

Signature: only the gradient of the input, and only where the stride is smaller than the kernel.
"""

import torch
from torch.nn.functional import pad, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    grad_padded = torch.zeros_like(pad(input, [padding] * 4))
    down, right = weight.shape[2:]
    for r in range(grad_output.shape[2]):
        for c in range(grad_output.shape[3]):
            rows, columns = slice(r * stride, r * stride + down), slice(c * stride, c * stride + right)
            grad_padded[:, :, rows, columns] = torch.einsum("no,oiuv->niuv", grad_output[:, :, r, c], weight)
    grad_input = grad_padded[:, :, padding : padding + input.shape[2], padding : padding + input.shape[3]]
    columns = unfold(input, weight.shape[2:], padding=padding, stride=stride)
    grad_weight = torch.einsum("nol,nkl->ok", grad_output.flatten(2), columns).reshape(weight.shape)
    return grad_input, grad_weight, grad_output.sum(dim=(0, 2, 3))
