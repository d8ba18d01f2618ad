import torch


def linear(input, weight, bias=None):
    output = torch.einsum("...i,oi->...o", input, weight)
    if bias is not None:
        output = output + bias
    return output
