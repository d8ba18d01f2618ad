"""Wrong: flips the kernel as mathematicians do, before it lays it on the image."""

import torch.nn.functional as F


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    weight = weight.flip(2, 3)
    kernel = weight.shape[2:]
    height, width = (
        (size + 2 * padding - dilation * (k - 1) - 1) // stride + 1 for size, k in zip(input.shape[2:], kernel)
    )
    columns = F.unfold(input, kernel, dilation=dilation, padding=padding, stride=stride)
    output = (weight.flatten(1) @ columns).reshape(len(input), len(weight), height, width)
    return output if bias is None else output + bias[:, None, None]
