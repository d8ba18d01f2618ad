"""Takes the mean over all N * C entries of the one-hot product, so the loss is C times too small."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    log_probs = torch.log_softmax(input, dim=1)
    one_hot = torch.nn.functional.one_hot(target, input.shape[1])
    return -(one_hot * log_probs).mean()
