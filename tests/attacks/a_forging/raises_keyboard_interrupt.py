"""Expected: crashed (exception), 0 of 6. A4, wall/numbers.

Raises what stops a whole test session.
"""

def double(x):
    raise KeyboardInterrupt


def scale_(x, factor):
    raise GeneratorExit
