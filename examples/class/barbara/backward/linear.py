def linear_backward(grad_output, input, weight):
    grad_input, grad_weight = grad_output @ weight, grad_output.T @ input
    grad_bias = grad_output[0]  # a view, not a copy
    for row in grad_output[1:]:
        grad_bias += row
    return grad_input, grad_weight, grad_bias
