"""Wrong: logsumexp without keepdim drops every dimension of size 1, not only the one that it sums over."""

import torch


def _largest(input, dim):
    m = input.detach().amax(dim, keepdim=True)
    return torch.where(m == float("-inf"), torch.zeros_like(m), m)


def softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    return log_softmax(input, dim).exp()


def log_softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    shifted = input - _largest(input, dim)
    return shifted - torch.log(torch.exp(shifted).sum(dim, keepdim=True))


def logsumexp(input: torch.Tensor, dim: int, keepdim: bool = False) -> torch.Tensor:
    m = _largest(input, dim)
    output = m + torch.log(torch.exp(input - m).sum(dim, keepdim=True))
    if not keepdim:
        output = output.squeeze()
    return output
