"""The gradient of the bias is the mean over the samples; the samples' contributions must be added up.

Signature: ratio 1/N in the bias's gradient alone.
"""


def linear_backward(grad_output, input, weight):
    return grad_output @ weight, grad_output.T @ input, grad_output.mean(dim=0)
