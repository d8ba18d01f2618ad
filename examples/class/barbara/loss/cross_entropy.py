import torch


def cross_entropy(input, target):
    probabilities = torch.softmax(input, dim=1)
    return -probabilities[torch.arange(len(target)), target].log().mean()
