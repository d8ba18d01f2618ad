"""Landlock: which paths this process may open, and whom it may reach (Linux ≥ 5.13).

See landlock(7). Rules bind to inodes; ``stat`` stays possible, which is why the sandbox also has its own view.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence

from . import kernel

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # one set of numbers on every architecture
_RULE_PATH_BENEATH = 1

_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_DEVICES_AND_SOCKETS = (1 << 6) | (1 << 9) | (1 << 10) | (1 << 11)  # char, sock, fifo, block
_MAKE_SYMLINK = 1 << 12
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def abi() -> int:
    """The kernel's version of Landlock; 0 when it has none or it is switched off."""
    try:
        return kernel.syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    except OSError:
        return 0


def restrict(readable: list[str], writable: list[str], devices: Sequence[str] = ()) -> None:
    """For good: read below ``readable``, read and write plain files below ``writable``, and nothing else.

    The ``devices`` can be read, written and controlled (ioctl).
    """
    version = abi()
    everything = _all_rights(version)
    rules = _Ruleset(everything, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16}.get(version, 24)
    ruleset = kernel.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    try:
        for path in readable:
            _allow(ruleset, path, _READ | _READ_DIR)
        forbidden = _EXECUTE | _MAKE_DEVICES_AND_SOCKETS | _MAKE_SYMLINK | _IOCTL_DEV
        for path in writable:
            _allow(ruleset, path, everything & ~forbidden)
        for path in devices:
            _allow(ruleset, path, everything & (_READ | _WRITE | _IOCTL_DEV))
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        kernel.syscall(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _all_rights(version: int) -> int:
    rights = (1 << 13) - 1
    if version >= 2:
        rights |= 1 << 13  # refer
    if version >= 3:
        rights |= _TRUNCATE
    if version >= 5:
        rights |= _IOCTL_DEV
    return rights


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # not in this view: nothing to allow, and every other path stays closed
    try:
        if not os.path.isdir(path):
            rights &= _READ | _WRITE | _TRUNCATE | _IOCTL_DEV  # what a rule on a file may name
        rule = _PathBeneath(rights, parent)
        kernel.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
