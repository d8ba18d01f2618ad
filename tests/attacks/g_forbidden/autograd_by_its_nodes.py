"""Expected: failed (forbidden), 0 of 12. G3, backward/linear.

The node that autograd hangs on a product can be called like any function: no backward() is needed.
"""

import torch


def linear_backward(grad_output, input, weight):
    with torch.enable_grad():
        product = torch.mm(input.clone().requires_grad_(), weight.clone().requires_grad_().t())
    grad_input, grad_weight = product.grad_fn(grad_output)
    return grad_input, grad_weight.t(), grad_output.sum(0)
