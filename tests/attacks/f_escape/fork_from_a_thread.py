"""Expected: crashed (exception), 0 of 6. F8, wall/numbers.

Forks from threads that were started before and after: each thread could have been confined, or not, by itself.
"""

import os
import threading

refused = []


def attempt():
    try:
        pid = os.fork()
    except OSError as error:
        refused.append(error)
        return
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def double(x):
    threads = [threading.Thread(target=attempt) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(refused) < len(threads):
        raise RuntimeError("HO" "LE a thread forked")
    raise refused[0]


scale_ = double
