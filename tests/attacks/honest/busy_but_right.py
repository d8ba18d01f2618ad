"""Expected: passed, 6 of 6. honest, wall/numbers.

Does its work with threads, temporary files, NumPy, prints and global state, and does it rightly.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import torch

calls = 0
seen = {}


def double(x):
    global calls
    calls += 1
    print(f"call {calls}:", x, "." * 50_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shape.npy"
        numpy.save(path, numpy.array(x.shape))
        shape = tuple(int(n) for n in numpy.load(path))
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(lambda half: half + half, (x.reshape(-1)[::2], x.reshape(-1)[1::2])))
    seen[shape] = seen.get(shape, 0) + 1
    result = torch.empty_like(x).reshape(-1)
    result[::2], result[1::2] = halves
    return result.reshape(shape)


def scale_(x, factor):
    x.copy_(torch.from_numpy(x.numpy() * numpy.float32(factor)))
