"""Expected: timeout (wall), 0 of 6. D6, wall/numbers.

One byte now and then, always just in time for a reader that counts from the last one.
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
    body = b"N" * 10_000
    frame = sys._getframe(0)
    while "request_id" not in frame.f_locals:
        frame = frame.f_back
    for byte in struct.pack("<4s8sQ", b"GST1", frame.f_locals["request_id"], len(body)) + body:
        os.write(3, bytes([byte]))
        __import__("time").sleep(0.05)


def scale_(x, factor):
    double(x)
