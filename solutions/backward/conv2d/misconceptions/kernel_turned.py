"""The kernel is turned by 180° on its way to the input: each window gets it as it lay there in the forward pass.

Signature: only the gradient of the input. Who slides the kernel over the upstream gradient must flip it; who adds it
to the windows must not.
"""

import torch
from torch.nn.functional import fold, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    rows = grad_output.flatten(2)
    columns = unfold(input, weight.shape[2:], padding=padding, stride=stride)
    grad_weight = torch.einsum("nol,nkl->ok", rows, columns).reshape(weight.shape)
    grad_columns = weight.flip(2, 3).reshape(len(weight), -1).T @ rows
    grad_input = fold(grad_columns, input.shape[2:], weight.shape[2:], padding=padding, stride=stride)
    return grad_input, grad_weight, grad_output.sum(dim=(0, 2, 3))
