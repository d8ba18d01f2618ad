"""Expected: crashed (exception), 0 of 6. C3, wall/numbers.

Reads what the kernel tells of each process: its variables, its command line, its mounts and open files.
"""

import os


def double(x, factor=2):
    refused = None
    for pid in ["self", os.getppid(), *range(1, 50)]:
        for name in ("environ", "cmdline", "maps", "mountinfo", "fd/3", "task/1/environ", "root/etc/passwd"):
            try:
                text = open(f"/proc/{pid}/{name}", "rb").read(10**5)
            except OSError as error:
                refused = error
            else:
                if b"TOKEN" in text or b"@COURSE@" in text or b"canary" in text:
                    raise RuntimeError("HO" f"LE /proc/{pid}/{name}: {text[:300]}")
    raise refused


scale_ = double
