"""The gradient of the weight is divided by N; a mean in the loss has put its 1/N into the upstream gradient already.

Signature: ratio 1/N in the weight's gradient alone.
"""


def linear_backward(grad_output, input, weight):
    return grad_output @ weight, grad_output.T @ input / len(input), grad_output.sum(dim=0)
