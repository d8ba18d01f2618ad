"""The gradient of the bias keeps the batch dimension: shape (1, out_features) instead of (out_features,)."""


def linear_backward(grad_output, input, weight):
    return grad_output @ weight, grad_output.T @ input, grad_output.sum(dim=0, keepdim=True)
