"""Expected: crashed (protocol), 0 of 6. D5, wall/numbers.

An answer that is no answer: a number.
"""

import os
import struct
import sys


def answer(body, length=None, magic=b"GST1"):
    """Write a frame of our own as the answer to the question that is being asked, and never come back."""
    frame = sys._getframe(1)
    while "request_id" not in frame.f_locals:
        frame = frame.f_back
    data = struct.pack("<4s8sQ", magic, frame.f_locals["request_id"], len(body) if length is None else length) + body
    while data:
        data = data[os.write(3, data) :]
    while True:
        os.read(0, 1) or __import__("time").sleep(1)


def double(x):
    answer(b"f" + struct.pack("<d", 1.0))


def scale_(x, factor):
    double(x)
