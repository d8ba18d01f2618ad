"""The frame of zeros is made in the default dtype, so float64 images with a padding become float32."""

import torch


def conv2d(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> torch.Tensor:
    if padding > 0:
        n, c, h, w = input.shape
        framed = torch.zeros(n, c, h + 2 * padding, w + 2 * padding, device=input.device)
        framed[:, :, padding : padding + h, padding : padding + w] = input
    else:
        framed = input
    kh, kw = weight.shape[2:]
    h_out = (framed.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w_out = (framed.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    kernel = weight.to(framed.dtype)
    total = 0
    for u in range(kh):
        for v in range(kw):
            top, left = u * dilation, v * dilation
            part = framed[:, :, top : top + stride * (h_out - 1) + 1 : stride]
            part = part[:, :, :, left : left + stride * (w_out - 1) + 1 : stride]
            total = total + torch.einsum("nirc,oi->norc", part, kernel[:, :, u, v])
    return total if bias is None else total + bias.to(total.dtype).reshape(-1, 1, 1)
