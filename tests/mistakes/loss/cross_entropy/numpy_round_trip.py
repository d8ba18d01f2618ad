"""Computes in numpy with float64 and returns a float32 tensor without dtype and graph of the input."""

import numpy as np
import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    x = input.detach().cpu().numpy().astype(np.float64)
    y = target.cpu().numpy()
    x = x - x.max(axis=1, keepdims=True)
    logp = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
    loss = -logp[np.arange(len(y)), y].mean()
    return torch.tensor(float(loss))
