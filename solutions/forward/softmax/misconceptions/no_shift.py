"""exp() is taken of the numbers as they are: it overflows for large ones, and the result is inf or nan."""


def softmax(input, dim):
    return input.exp() / input.exp().sum(dim, keepdim=True)


def log_softmax(input, dim):
    return input - input.exp().sum(dim, keepdim=True).log()


def logsumexp(input, dim, keepdim=False):
    return input.exp().sum(dim, keepdim=keepdim).log()
