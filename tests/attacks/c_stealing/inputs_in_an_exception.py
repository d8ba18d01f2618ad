"""Expected: crashed (exception), 0 of 6. C7, wall/numbers.

Complains with all hidden numbers in its words, to read them in the feedback.
"""


def double(x, factor=2):
    raise ValueError(f"{tuple(x.shape)} {x.flatten().tolist()}")


scale_ = double
