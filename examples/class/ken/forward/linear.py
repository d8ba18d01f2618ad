import torch


def linear(input, weight, bias=None)
    return input @ weight.T + bias
