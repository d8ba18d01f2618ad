"""The same number is subtracted everywhere, not each slice's own largest one: slices far below it underflow to 0 / 0.

Signature: right as long as all slices are of about the same size.
"""


def softmax(input, dim):
    grown = (input - input.max()).exp()
    return grown / grown.sum(dim=dim, keepdim=True)


def log_softmax(input, dim):
    shifted = input - input.max()
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def logsumexp(input, dim, keepdim=False):
    shift = input.max()
    return (input - shift).exp().sum(dim=dim, keepdim=keepdim).log() + shift
