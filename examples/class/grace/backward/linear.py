import torch


def linear_backward(grad_output, input, weight):
    grad_input = torch.einsum("no,oi->ni", grad_output, weight)
    grad_weight = torch.einsum("no,ni->oi", grad_output, input)
    grad_bias = torch.einsum("no->o", grad_output)
    return grad_input, grad_weight, grad_bias
