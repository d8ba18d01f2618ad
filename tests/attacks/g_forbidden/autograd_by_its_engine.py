"""Expected: failed (forbidden), 0 of 12. G2, backward/linear.

Starts the engine below autograd by a method whose name is put together as it is needed.
"""

import torch


def linear_backward(grad_output, input, weight):
    leaves = [t.clone().requires_grad_() for t in (input, weight, weight.new_zeros(len(weight)))]
    loss = ((leaves[0] @ leaves[1].T + leaves[2]) * grad_output).sum()
    getattr(loss, "ward".join(["back", ""]))()
    return tuple(leaf.grad for leaf in leaves)
