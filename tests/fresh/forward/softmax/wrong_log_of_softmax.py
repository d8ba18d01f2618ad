"""Wrong: log_softmax is the logarithm of the softmax, so a probability too small for a number becomes -inf."""

import torch


def softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    exponentials = torch.exp(input - input.amax(dim, keepdim=True))
    return exponentials / exponentials.sum(dim, keepdim=True)


def log_softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    return softmax(input, dim).log()


def logsumexp(input: torch.Tensor, dim: int, keepdim: bool = False) -> torch.Tensor:
    largest = input.amax(dim, keepdim=True).detach()
    largest = torch.where(torch.isinf(largest), torch.zeros_like(largest), largest)
    output = largest + torch.exp(input - largest).sum(dim, keepdim=True).log()
    return output if keepdim else output.squeeze(dim)
