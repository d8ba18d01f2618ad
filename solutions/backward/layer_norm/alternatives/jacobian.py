"""The whole Jacobian of each sample, D × D, multiplied with what comes from above."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    features = input.shape[-1]
    rows, upstream = input.reshape(-1, features), grad_output.reshape(-1, features)
    variance, mean = torch.var_mean(rows, dim=1, correction=0, keepdim=True)
    root = torch.sqrt(variance + eps)
    normalized = (rows - mean) / root
    unit = torch.eye(features, dtype=rows.dtype, device=rows.device)
    jacobian = (unit - 1 / features - normalized[:, :, None] * normalized[:, None, :] / features) / root[:, :, None]
    grad_input = torch.einsum("nk,nkd->nd", upstream * weight, jacobian).reshape(input.shape)
    return grad_input, torch.einsum("nd,nd->d", upstream, normalized), torch.einsum("nd->d", upstream)
