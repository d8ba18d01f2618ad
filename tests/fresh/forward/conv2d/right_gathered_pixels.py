"""Right: tables of row and column numbers pick the pixels of all windows at once; pixels outside are set to 0."""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    def table(size, kernel):
        places = (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
        start = torch.arange(places, device=input.device) * stride - padding
        index = start[:, None] + torch.arange(kernel, device=input.device) * dilation
        inside = (index >= 0) & (index < size)
        return index.clamp(0, size - 1), inside

    (rows, rows_in), (columns, columns_in) = (table(input.shape[d], weight.shape[d]) for d in (2, 3))
    pixels = input[:, :, rows[:, :, None, None], columns]
    inside = rows_in[:, :, None, None] & columns_in
    pixels = torch.where(inside, pixels, torch.zeros((), dtype=input.dtype, device=input.device))

    places = pixels.permute(0, 2, 4, 1, 3, 5).flatten(3)
    output = (places @ weight.flatten(1).T).permute(0, 3, 1, 2)
    return output if bias is None else output + bias[:, None, None]
