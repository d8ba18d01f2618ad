"""Computes in numpy after a detach, which cuts the graph to all three tensors."""

import numpy as np
import torch


def linear(input, weight, bias=None):
    x = input.detach().cpu().numpy()
    w = weight.detach().cpu().numpy()
    y = np.dot(x, w.T)
    if bias is not None:
        y = y + bias.detach().cpu().numpy()
    return torch.from_numpy(np.asarray(y))
