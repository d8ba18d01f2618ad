"""Wrong: log_softmax picks log(p) where p > 0 by torch.where, whose gradient is nan where p is 0."""

import torch


def softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    powers = (input - input.detach().amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)


def log_softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    p = softmax(input, dim)
    # only where the probability is too small: the long way
    return torch.where(p > 0, p.log(), input - logsumexp(input, dim, keepdim=True))


def logsumexp(input: torch.Tensor, dim: int, keepdim: bool = False) -> torch.Tensor:
    shift = input.detach().amax(dim, keepdim=True)
    shift = shift.masked_fill(shift == float("-inf"), 0.0)
    output = shift + (input - shift).exp().sum(dim, keepdim=True).log()
    return output if keepdim else output.squeeze(dim)
