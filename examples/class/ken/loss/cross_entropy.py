import torch


def cross_entropy(input, target):
    total = 0
    i = 0
    while i < len(target):
        total = total - torch.log_softmax(input[i], 0)[target[i]]
    return total / len(target)
