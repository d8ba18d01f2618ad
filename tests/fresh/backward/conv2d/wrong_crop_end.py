"""Wrong: takes the padding off with the slice [padding:-padding or None] of a canvas cut to what the windows reach."""

import torch


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    n, c_out, h_out, w_out = grad_output.shape
    k_h, k_w = weight.shape[2:]
    padded = torch.nn.functional.pad(input, (padding,) * 4)
    reach_h, reach_w = (h_out - 1) * stride + k_h, (w_out - 1) * stride + k_w
    canvas = padded.new_zeros(n, input.shape[1], reach_h, reach_w)
    grad_weight = torch.zeros_like(weight)
    for r in range(h_out):
        for c in range(w_out):
            rows, cols = slice(r * stride, r * stride + k_h), slice(c * stride, c * stride + k_w)
            g = grad_output[:, :, r, c]
            canvas[:, :, rows, cols] += torch.einsum("no,oiuv->niuv", g, weight)
            grad_weight += torch.einsum("no,niuv->oiuv", g, padded[:, :, rows, cols])
    inner = canvas[:, :, padding : -padding or None, padding : -padding or None]
    grad_input = torch.zeros_like(input)
    grad_input[:, :, : inner.shape[2], : inner.shape[3]] = inner
    return grad_input, grad_weight, grad_output.sum(dim=(0, 2, 3))
