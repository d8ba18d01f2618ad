"""Expected: passed, 6 of 6. honest, wall/numbers.

Looks busier than it needs to be: files, threads, caches and signals, all within what a worker may do.
"""

import atexit
import functools
import signal
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

signal.signal(signal.SIGINT, signal.SIG_IGN)
atexit.register(print, "done")
torch.set_num_threads(2)
calls = 0
table = np.linspace(0, 1, 1000).cumsum()


@functools.cache
def factor_from_a_file():
    with tempfile.TemporaryDirectory() as folder:
        torch.save(torch.tensor(2.0), Path(folder) / "factor.pt")
        return torch.load(Path(folder) / "factor.pt").item()


def double(x):
    global calls
    calls += 1
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda row: row * factor_from_a_file(), x.reshape(-1)))
    threading.Thread(target=table.sum).start()
    return torch.stack(parts).reshape(x.shape) if parts else x


def scale_(x, factor):
    x *= factor
