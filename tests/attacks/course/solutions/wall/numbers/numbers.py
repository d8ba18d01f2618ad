"""What attacks pretend to solve."""


def double(x):
    """Twice ``x``, a tensor of any shape."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


def scale_(x, factor):
    """Multiply ``x`` by ``factor`` in place."""
    ### BEGIN SOLUTION
    x.mul_(factor)
    ### END SOLUTION
