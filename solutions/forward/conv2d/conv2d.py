"""The convolution layer: one small set of weights looks at every place of an image."""

import torch


def conv2d(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> torch.Tensor:
    """Weighted sums of the windows of ``input``: cross-correlation, as in PyTorch, so the kernel is not flipped.

    Args:
        input: images, shape (N, C_in, H, W), floating point.
        weight: kernels, shape (C_out, C_in, kH, kW), dtype of ``input``.
        bias: one number for each output channel, shape (C_out,), dtype of ``input``; None adds nothing.
        stride: steps from one window to the next, at least 1.
        padding: rows and columns of zeros on each of the four sides, at least 0.
        dilation: steps from one pixel of a window to the next, at least 1.

    Returns:
        Shape (N, C_out, H_out, W_out), dtype of ``input``, where
        H_out = (H + 2 * padding - dilation * (kH - 1) - 1) // stride + 1, and W_out likewise.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html
    """
    ### BEGIN SOLUTION
    padded = torch.nn.functional.pad(input, (padding, padding, padding, padding))
    kernel_height, kernel_width = weight.shape[2:]
    height = (padded.shape[2] - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (padded.shape[3] - dilation * (kernel_width - 1) - 1) // stride + 1
    output = 0
    for row in range(kernel_height):
        for column in range(kernel_width):
            top, left = dilation * row, dilation * column
            # What this one place of the kernel meets, in all windows at once.
            seen = padded[:, :, top : top + stride * height : stride, left : left + stride * width : stride]
            output = output + torch.einsum("oi,nihw->nohw", weight[:, :, row, column], seen)
    return output if bias is None else output + bias[:, None, None]
    ### END SOLUTION
