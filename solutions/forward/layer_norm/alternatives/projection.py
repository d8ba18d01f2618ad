"""A matrix takes the mean away from all samples at once; the variance is the squared length of what is left."""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    size = input.shape[-1]
    dtype = torch.float64 if input.dtype == torch.float64 else torch.float32
    removes_mean = torch.eye(size, dtype=dtype, device=input.device) - 1 / size
    rows = input.reshape(-1, size).to(dtype) @ removes_mean
    variance = torch.einsum("nd,nd->n", rows, rows) / size
    output = rows.T.div((variance + eps) ** 0.5).T
    if weight is not None:
        output = output @ torch.diag(weight.to(dtype))
    if bias is not None:
        output = output + bias
    return output.to(input.dtype).reshape(input.shape)
