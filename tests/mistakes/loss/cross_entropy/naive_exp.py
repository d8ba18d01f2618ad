"""Takes exp of the raw logits without subtracting the maximum, so large logits overflow."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    e = torch.exp(input)
    probs = e / e.sum(dim=1, keepdim=True)
    right = probs[torch.arange(input.shape[0]), target]
    return -torch.log(right).mean()
