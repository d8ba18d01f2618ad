"""Right: builds the symmetric matrix (I - 1/D - x x^T/D) / sigma of each sample, and multiplies h by it."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    size = weight.shape[0]
    rows, upstream = input.reshape(-1, size), grad_output.reshape(-1, size)
    hats, answers = [], []
    eye = torch.eye(size, dtype=weight.dtype, device=weight.device)
    for row, g in zip(rows, upstream):
        variance, mean = torch.var_mean(row, dim=0, correction=0)
        x_hat = (row - mean) / torch.sqrt(variance + eps)
        jacobian = (eye - 1 / size - torch.outer(x_hat, x_hat) / size) / torch.sqrt(variance + eps)
        answers.append(jacobian @ (g * weight))
        hats.append(x_hat)
    grad_input = torch.stack(answers).reshape(input.shape)
    return grad_input, (upstream * torch.stack(hats)).sum(dim=0), upstream.sum(dim=0)
