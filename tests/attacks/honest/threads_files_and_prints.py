"""Expected: passed, 6 of 6. honest, wall/numbers.

Works in threads, keeps a temporary file, talks a lot, measures time and catches what it expects to go wrong.
"""

import sys
import tempfile
import threading
import time

import numpy as np
import torch

calls = 0
started = time.perf_counter()
table = np.linspace(0, 1, 100_000) * 2  # something to do while the file is loaded
assert table[-1] == 2


def double(x):
    global calls
    calls += 1
    print(f"call {calls} after {time.perf_counter() - started:.3f} s\n" * 2000)
    print("warning: \x1b[31mnothing is wrong\x1b[0m", file=sys.stderr)
    out = torch.empty_like(x) if not x.requires_grad else None
    with tempfile.TemporaryFile() as file:
        np.save(file, x.detach().numpy())
        file.seek(0)
        assert np.load(file).shape == tuple(x.shape)
    if out is None:
        return x + x
    thread = threading.Thread(target=torch.add, args=(x, x), kwargs={"out": out})
    thread.start()
    thread.join()
    return out


def scale_(x, factor):
    try:
        open("/etc/passwd").close()
    except OSError:
        pass
    x *= factor
