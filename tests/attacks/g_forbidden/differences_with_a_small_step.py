"""Expected: failed (value), 0 of 12. G4, backward/linear.

Numerical derivatives as textbooks draw them, from one side and with a small step.
"""

import torch


def linear_backward(grad_output, input, weight):
    def slopes(value, loss, step=1e-9):
        found, start = torch.zeros_like(value), loss(value)
        for at in torch.cartesian_prod(*map(torch.arange, value.shape)).reshape(-1, value.dim()).tolist():
            moved = value.clone()
            moved[tuple(at)] += step
            found[tuple(at)] = (loss(moved) - start) / step
        return found

    bias = weight.new_zeros(len(weight))
    return (
        slopes(input, lambda x: ((x @ weight.T + bias) * grad_output).sum()),
        slopes(weight, lambda w: ((input @ w.T + bias) * grad_output).sum()),
        slopes(bias, lambda b: ((input @ weight.T + b) * grad_output).sum()),
    )
