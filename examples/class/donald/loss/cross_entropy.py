import torch


def cross_entropy(input, target):
    rows = torch.arange(len(target))
    return (input.exp().sum(dim=1).log() - input[rows, target]).mean()
