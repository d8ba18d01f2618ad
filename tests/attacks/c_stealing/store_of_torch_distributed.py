"""Expected: crashed (exception), 0 of 6. C6, wall/numbers.

Opens PyTorch's own server for other processes, whose sockets are made in C++.
"""

import datetime

import torch.distributed as dist


def double(x, factor=2):
    wait = datetime.timedelta(seconds=1)
    store = dist.TCPStore("127.0.0.1", 0, 1, True, wait, wait_for_workers=False)
    raise RuntimeError("HO" f"LE listens on port {store.port}")


scale_ = double
