"""Backward pass of a convolution: every window hands its gradient back to the pixels that it saw."""

import torch


def conv2d_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor, stride: int = 1, padding: int = 0
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Gradients of a loss through ``conv2d(input, weight, bias, stride, padding)``.

    Args:
        grad_output: gradient of the loss with respect to the layer's output, shape (N, C_out, H_out, W_out).
        input: what the layer was given in the forward pass, shape (N, C_in, H, W).
        weight: shape (C_out, C_in, kH, kW).
        stride: of the forward pass, at least 1.
        padding: of the forward pass, at least 0.

    Returns:
        ``(grad_input, grad_weight, grad_bias)`` of shapes (N, C_in, H, W), (C_out, C_in, kH, kW) and (C_out,).

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html
    """
    ### BEGIN SOLUTION
    padded = torch.nn.functional.pad(input, (padding, padding, padding, padding))
    grad_padded, grad_weight = torch.zeros_like(padded), torch.empty_like(weight)
    height, width = grad_output.shape[2:]
    for row in range(weight.shape[2]):
        for column in range(weight.shape[3]):
            # What this one place of the kernel has met, in all windows at once.
            seen = (..., slice(row, row + stride * height, stride), slice(column, column + stride * width, stride))
            grad_padded[seen] += torch.einsum("nohw,oi->nihw", grad_output, weight[:, :, row, column])
            grad_weight[:, :, row, column] = torch.einsum("nohw,nihw->oi", grad_output, padded[seen])
    grad_input = grad_padded[:, :, padding : padding + input.shape[2], padding : padding + input.shape[3]]
    grad_bias = grad_output.sum(dim=(0, 2, 3))
    return grad_input, grad_weight, grad_bias
    ### END SOLUTION
