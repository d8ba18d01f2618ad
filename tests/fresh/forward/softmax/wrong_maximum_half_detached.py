"""Wrong: logsumexp detaches the maximum where it subtracts it but not where it adds it: the gradient is too large."""

import torch


def softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    powers = torch.exp(input - input.detach().amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def log_softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    shifted = input - input.detach().amax(dim, keepdim=True)
    return shifted - shifted.exp().sum(dim, keepdim=True).log()


def logsumexp(input: torch.Tensor, dim: int, keepdim: bool = False) -> torch.Tensor:
    maximum = input.max(dim, keepdim=True).values
    shift = maximum.detach()
    shift = shift.masked_fill(shift == float("-inf"), 0.0)
    output = maximum.clamp(min=torch.finfo(input.dtype).min) + (input - shift).exp().sum(dim, keepdim=True).log()
    return output if keepdim else output.squeeze(dim)
