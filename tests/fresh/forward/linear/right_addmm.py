"""The leading dimensions flattened to rows, then one matrix product with the bias inside it, then unflattened."""

import math

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    *leading, in_features = input.shape
    rows = input.reshape(math.prod(leading), in_features)
    product = rows.mm(weight.t()) if bias is None else torch.addmm(bias, rows, weight.t())
    return product.reshape(*leading, weight.shape[0])
