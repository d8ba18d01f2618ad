"""Back through the forward pass one line at a time: the variance, then the mean, then the input."""


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    features, leading = input.size(-1), tuple(range(input.dim() - 1))
    distance = input - input.mean(-1, keepdim=True)
    variance = (distance * distance).sum(-1, keepdim=True) / features
    inverse = (variance + eps) ** -0.5

    grad_normalized = grad_output * weight
    grad_variance = (grad_normalized * distance).sum(-1, keepdim=True) * -0.5 * inverse**3
    grad_distance = grad_normalized * inverse + grad_variance * 2 * distance / features
    grad_input = grad_distance - grad_distance.sum(-1, keepdim=True) / features
    return grad_input, (grad_output * distance * inverse).sum(leading), grad_output.sum(leading)
