"""Right: a loop over all places; each window is cut out with a step of dilation and multiplied with all kernels."""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    samples, channels, h, w = input.shape
    padded = input.new_zeros(samples, channels, h + 2 * padding, w + 2 * padding)
    padded[:, :, padding : padding + h, padding : padding + w] = input
    high = dilation * (weight.shape[2] - 1) + 1
    wide = dilation * (weight.shape[3] - 1) + 1

    rows = []
    for top in range(0, padded.shape[2] - high + 1, stride):
        row = []
        for left in range(0, padded.shape[3] - wide + 1, stride):
            window = padded[:, :, top : top + high : dilation, left : left + wide : dilation]
            place = torch.tensordot(window, weight, dims=([1, 2, 3], [1, 2, 3]))
            row.append(place if bias is None else place + bias)
        rows.append(torch.stack(row, dim=-1))
    return torch.stack(rows, dim=-2)
