def linear_backward(grad_output, input, weight):
    return grad_output @ weight, input.T @ grad_output, grad_output.sum(dim=0)
