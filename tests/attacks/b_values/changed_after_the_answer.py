"""Expected: failed (value), 0 of 6. B10, wall/numbers.

Hands out a tensor and changes it in a thread a moment later.
"""

import threading
import time

import torch

answers = []


def later():
    while True:
        for answer in answers:
            answer.mul_(2.0)
        answers.clear()
        time.sleep(0.001)


threading.Thread(target=later, daemon=True).start()


def double(x):
    out = x.clone()
    answers.append(out)
    return out


def scale_(x, factor):
    answers.append(x)
