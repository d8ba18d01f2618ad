"""Wrong: -inf is replaced by the smallest finite number, so its logarithm comes out finite instead of -inf."""

import torch


def _prepare(input, dim):
    smallest = torch.finfo(input.dtype).min
    input = input.masked_fill(input == float("-inf"), smallest)  # never any nan from here on
    return input, input.detach().amax(dim, keepdim=True)


def softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    input, largest = _prepare(input, dim)
    powers = (input - largest).exp()
    return powers / powers.sum(dim, keepdim=True)


def log_softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    input, largest = _prepare(input, dim)
    shifted = input - largest
    return shifted - shifted.exp().sum(dim, keepdim=True).log()


def logsumexp(input: torch.Tensor, dim: int, keepdim: bool = False) -> torch.Tensor:
    input, largest = _prepare(input, dim)
    total = (input - largest).exp().sum(dim, keepdim=True)
    output = total.log() + largest
    return output if keepdim else output.squeeze(dim)
