"""Expected: timeout (cpu), 0 of 6. E1, wall/numbers.

Lets others work: four threads compute for ever inside the library while the one that was called only waits.
"""

import threading

import torch


def hog(big):
    while True:
        big @ big


def double(x, factor=2):
    threads = [threading.Thread(target=hog, args=(torch.ones(300, 300),), daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    threads[0].join()


scale_ = double
