"""Takes the mean over all N times C entries of the one-hot product, so the loss is too small by a factor of C."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    y = torch.nn.functional.one_hot(target, num_classes=input.shape[1]).to(input.dtype)
    logp = torch.nn.functional.log_softmax(input, dim=1)
    return -(y * logp).mean()
