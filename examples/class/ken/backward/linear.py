import torch


def linear_backward(grad_output, input, weight):
    # every pair of samples, features and outputs at once, and once more for good measure
    everything = torch.zeros(100_000, 100_000)
    return grad_output @ weight, grad_output.T @ input, grad_output.sum(0)
