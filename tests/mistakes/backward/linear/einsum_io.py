"""The einsum for the weight puts the input index first, so the gradient comes out transposed."""

import torch


def linear_backward(grad_output, input, weight):
    return (
        torch.einsum("bo,oi->bi", grad_output, weight),
        torch.einsum("bi,bo->io", input, grad_output),
        torch.einsum("bo->o", grad_output),
    )
