"""Two mistakes: divides weight and bias gradients by the batch size and the bias has shape (1, out_features)."""

import torch


def linear_backward(grad_output, input, weight):
    m = input.shape[0]
    dW = (1 / m) * torch.matmul(grad_output.T, input)
    db = (1 / m) * torch.sum(grad_output, axis=0, keepdims=True)
    dA = torch.matmul(grad_output, weight)
    return dA, dW, db
