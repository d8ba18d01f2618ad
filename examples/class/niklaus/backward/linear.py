import torch


def linear_backward(grad_output, input, weight):
    grad_weight = torch.zeros_like(weight)
    grad_bias = weight.new_zeros(len(weight))
    rows = []
    for upstream, sample in zip(grad_output, input, strict=True):
        rows.append(weight.T @ upstream)
        grad_weight += torch.outer(upstream, sample)
        grad_bias += upstream
    return torch.stack(rows), grad_weight, grad_bias
