"""One sample after the other, each with its own mean and variance, in plain words."""

import torch


def layer_norm(input, weight=None, bias=None, eps=1e-5):
    if input.numel() == 0:
        return input.clone()
    if input.dim() > 1:
        return torch.stack([layer_norm(part, weight, bias, eps) for part in input])
    features = input.double() if input.dtype == torch.float64 else input.float()
    distance = features - features.sum() / len(features)
    output = distance / torch.sqrt((distance * distance).sum() / len(features) + eps)
    output = output if weight is None else output * weight
    output = output if bias is None else output + bias
    return output.to(input.dtype)
