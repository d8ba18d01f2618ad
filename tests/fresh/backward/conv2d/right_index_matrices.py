"""Right: two 0-1 matrices say which row and which column each window place sees; everything else is einsum."""

import torch


def _sees(size_out, size_kernel, size_in, stride, padding, like):
    """hits[r, u, h] is 1 where output r sees pixel h through the kernel's place u."""
    place = torch.arange(size_out)[:, None] * stride + torch.arange(size_kernel)[None, :] - padding
    hits = place[:, :, None] == torch.arange(size_in)[None, None, :]
    return hits.to(device=like.device, dtype=like.dtype)


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    (h_out, w_out), (k_h, k_w), (h, w) = grad_output.shape[2:], weight.shape[2:], input.shape[2:]
    rows = _sees(h_out, k_h, h, stride, padding, input)
    cols = _sees(w_out, k_w, w, stride, padding, input)
    # over the columns first, then over the rows
    wide = torch.einsum("norc,cvw->norvw", grad_output, cols)
    spread = torch.einsum("norvw,ruh->nouvhw", wide, rows)
    grad_input = torch.einsum("nouvhw,oiuv->nihw", spread, weight)
    grad_weight = torch.einsum("nouvhw,nihw->oiuv", spread, input)
    grad_bias = torch.einsum("norc->o", grad_output)
    return grad_input, grad_weight, grad_bias
