"""Expected: crashed (exception), 0 of 6. F5, wall/numbers.

Knocks at the parts of the kernel that most exploits went through: bpf, userfaultfd, perf events, netfilter, modify_ldt.
"""

import ctypes
import os

DOORS = {
    "userfaultfd": (323, 1),  # only for faults of this process: that needs no privilege
    "perf_event_open": (298, (ctypes.c_uint32 * 32)(1, 128), 0, -1, -1, 0),
    "bpf": (321, 0, (ctypes.c_uint32 * 32)(2, 4, 4, 1), 128),
    "netlink": (41, 16, 3, 12),
    "vsock": (41, 40, 1, 0),
    "modify_ldt": (154, 0, ctypes.create_string_buffer(64), 64),
    "fanotify": (300, 0, 0),
}


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    errors = {}
    for name, arguments in DOORS.items():
        if libc.syscall(*arguments) >= 0:
            raise RuntimeError("HO" f"LE {name} is open")
        errors[name] = ctypes.get_errno()
    raise PermissionError(f"all of {sorted(errors)} are shut: {sorted({os.strerror(e) for e in errors.values()})}")


scale_ = double
