"""Expected: failed (value), 0 of 6. A13, wall/patient.

Leaves work behind for later: a thread and an exit handler that rewrite the result once it is there.
"""

import atexit
import threading
import time
from pathlib import Path

import torch

RESULTS = Path("@RESULTS@")
done = []


def rewrite():
    for path in [*RESULTS.rglob("*.json"), RESULTS / "hole.json"]:
        path.touch()
        done.append(path)


def wait():
    while True:
        time.sleep(0.02)
        try:
            rewrite()
        except OSError:
            pass


atexit.register(rewrite)
threading.Thread(target=wait, daemon=True).start()


def double(x):
    time.sleep(0.1)
    if done:
        raise RuntimeError("HO" "LE results could be touched")
    return torch.zeros_like(x)


def scale_(x, factor):
    return None
