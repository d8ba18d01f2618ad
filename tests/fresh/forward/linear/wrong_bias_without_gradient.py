"""Wrong: adds the bias in place under no_grad, so no gradient reaches it."""

import torch


def linear(input, weight, bias=None):
    output = torch.einsum("...i,oi->...o", input, weight)
    if bias is not None:
        with torch.no_grad():
            output += bias
    return output
