"""Wrong: computes the sums in NumPy, so autograd finds no way to the images and the kernels."""

import numpy as np
import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    image, kernel = input.detach().numpy(), weight.detach().numpy()
    image = np.pad(image, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = [dilation * (size - 1) + 1 for size in kernel.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(image, span, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    output = torch.from_numpy(np.einsum("nirchw,oihw->norc", windows, kernel))
    if bias is not None:
        output = output + bias[:, None, None]
    return output
