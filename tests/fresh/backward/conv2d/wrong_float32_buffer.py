"""Wrong: the gradients are collected in float32 and turned into the dtype of the input at the end, digits lost."""

import torch


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    n, c_in, h, w = input.shape
    k_h, k_w = weight.shape[2:]
    h_out, w_out = grad_output.shape[2:]
    x = torch.nn.functional.pad(input, (padding,) * 4).float()
    g, kernel = grad_output.float(), weight.float()
    grad_x, grad_w = torch.zeros(x.shape, device=x.device), torch.zeros(weight.shape, device=x.device)
    for u in range(k_h):
        for v in range(k_w):
            rows = slice(u, u + (h_out - 1) * stride + 1, stride)
            cols = slice(v, v + (w_out - 1) * stride + 1, stride)
            grad_w[:, :, u, v] = torch.einsum("norc,nirc->oi", g, x[:, :, rows, cols])
            grad_x[:, :, rows, cols] += torch.einsum("norc,oi->nirc", g, kernel[:, :, u, v])
    grad_x = grad_x[:, :, padding : padding + h, padding : padding + w]
    return grad_x.to(input.dtype), grad_w.to(input.dtype), g.sum(dim=(0, 2, 3)).to(input.dtype)
