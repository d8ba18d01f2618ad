"""Fills an array of numpy window by window: right numbers, but autograd finds no way back."""

import numpy as np
import torch


def conv2d(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> torch.Tensor:
    x = input.detach().cpu().numpy()
    w = weight.detach().cpu().numpy()
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = w.shape[2:]
    high, wide = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    h_out = (x.shape[2] - high) // stride + 1
    w_out = (x.shape[3] - wide) // stride + 1
    y = np.zeros((x.shape[0], w.shape[0], h_out, w_out), dtype=x.dtype)
    for r in range(h_out):
        for c in range(w_out):
            top, left = r * stride, c * stride
            window = x[:, :, top : top + high : dilation, left : left + wide : dilation]
            y[:, :, r, c] = np.tensordot(window, w, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y = y + bias.detach().cpu().numpy()[None, :, None, None]
    return torch.from_numpy(y).to(input.device)
