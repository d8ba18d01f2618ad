"""Expected: crashed (protocol), 0 of 6. J4, wall/numbers.

Speaks the wire's own language: the encoder is patched so that it names a megabyte as the type of every result.
"""

import sys

wire = sys.modules["worker.wire"]
wire._Encoder._tensor_or_foreign = lambda self, value, depth: self.add(wire._text(b"x", "\U000e0001" * 200_000))


def double(x):
    return object()


def scale_(x, factor):
    return object()
