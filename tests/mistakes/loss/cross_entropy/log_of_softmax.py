"""Takes the log of torch.softmax, so a probability that underflows to 0 gives inf."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    p = torch.softmax(input, dim=-1)
    p_y = p.gather(1, target.unsqueeze(1)).squeeze(1)
    return (-p_y.log()).mean()
