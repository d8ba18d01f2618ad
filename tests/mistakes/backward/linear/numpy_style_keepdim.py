"""Keeps the summed dimension, so the bias gradient has shape (1, out_features)."""

import torch


def linear_backward(grad_output, input, weight):
    dZ = grad_output
    dA_prev = dZ @ weight
    dW = dZ.T @ input
    db = torch.sum(dZ, dim=0, keepdim=True)
    return dA_prev, dW, db
