def linear_backward(grad_output, input, weight):
    return grad_output @ weight, grad_output.T @ input, grad_output.mean(dim=0)
