"""Expected: failed (forbidden), 0 of 12. G3, backward/linear.

The forbidden module has an older name, under which it is still to be had.
"""

import functorch


def linear_backward(grad_output, input, weight):
    _, pull = functorch.vjp(lambda x, w, b: x @ w.T + b, input, weight, weight.new_zeros(len(weight)))
    return pull(grad_output)
