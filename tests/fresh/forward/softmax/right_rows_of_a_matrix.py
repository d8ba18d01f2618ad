"""Right: dim goes to the end, all the rest becomes the rows of one matrix, and half precision is widened."""

import torch


def _matrix(input, dim):
    moved = input.movedim(dim, -1)
    rows = moved.reshape(-1, moved.shape[-1])
    if rows.dtype in (torch.float16, torch.bfloat16):
        rows = rows.float()
    top = rows.detach().max(1).values
    top = top.masked_fill(top == -torch.inf, 0.0)
    return rows - top[:, None], top, moved.shape


def softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    rows, _, shape = _matrix(input, dim)
    powers = rows.exp()
    return (powers / powers.sum(1)[:, None]).reshape(shape).movedim(-1, dim).to(input.dtype)


def log_softmax(input: torch.Tensor, dim: int) -> torch.Tensor:
    rows, _, shape = _matrix(input, dim)
    return (rows - rows.exp().sum(1).log()[:, None]).reshape(shape).movedim(-1, dim).to(input.dtype)


def logsumexp(input: torch.Tensor, dim: int, keepdim: bool = False) -> torch.Tensor:
    rows, top, shape = _matrix(input, dim)
    output = (top + rows.exp().sum(1).log()).reshape(shape[:-1]).to(input.dtype)
    if keepdim:
        output = output.unsqueeze(dim)
    return output
