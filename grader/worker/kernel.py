"""The few system calls that the standard library lacks, through libc (Linux only)."""

from __future__ import annotations

import ctypes
import errno
import os
import signal

_libc = ctypes.CDLL(None, use_errno=True)
_libc_with_gil = ctypes.PyDLL(None, use_errno=True)  # Python's own state must not change between fork and its end

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38

_PR_GET_TID_ADDRESS = 40
_SYS_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE_CHILD_CLEARTID = 0x00200000
_CLONE_CHILD_SETTID = 0x01000000

_SYS_MOUNT_SETATTR = 442  # one number on every architecture
_MOUNT_ATTR_RDONLY = 1
_AT_RECURSIVE = 0x8000
_AT_FDCWD = -100


def check(result: int, what: str) -> int:
    """``result``, or the OSError that errno names."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """A raw system call; raises OSError."""
    return check(_libc.syscall(number, *arguments), f"system call {number}")


def current_core() -> int:
    """The number of the processor that this thread runs on."""
    return check(_libc.sched_getcpu(), "sched_getcpu")


def unshare(flags: int) -> None:
    check(_libc.unshare(flags), "unshare")


def enter_user_namespace(flags: int, inside: int) -> None:
    """Enter a fresh user namespace (and what else ``flags`` name), where this user and group are called ``inside``."""
    uid, gid = os.geteuid(), os.getegid()  # asked before: in the new namespace nobody has a name yet
    unshare(CLONE_NEWUSER | flags)
    map_user(uid, gid, inside)


def map_user(uid: int, gid: int, inside: int) -> None:
    """In a fresh user namespace: ``uid`` and ``gid`` of the one around it are called ``inside``."""
    for path, text in (("setgroups", "deny"), ("uid_map", f"{inside} {uid} 1"), ("gid_map", f"{inside} {gid} 1")):
        with open(f"/proc/self/{path}", "w") as file:
            file.write(text)


def fork_into(namespaces: int) -> int:
    """``os.fork``, but the child is born in fresh ``namespaces`` (flags); only for a process of one thread.

    With unshare(2) it would take two forks, for the one who calls it never enters its own new PID namespace. This is
    clone(2) with what glibc's fork gives it: the kernel writes the child's own thread id where locks look for it
    (PR_GET_TID_ADDRESS, kernels with CONFIG_CHECKPOINT_RESTORE, which distributions have). Handlers of pthread_atfork
    are for locks and pools of other threads, and there are none.
    """
    number = _SYS_CLONE.get(os.uname().machine)
    if number is None:
        raise OSError(errno.ENOSYS, f"system call clone on {os.uname().machine}")
    thread_id = ctypes.c_void_p()
    prctl(_PR_GET_TID_ADDRESS, ctypes.byref(thread_id), 0, 0, 0)
    flags = namespaces | _CLONE_CHILD_SETTID | _CLONE_CHILD_CLEARTID | signal.SIGCHLD
    # The last two are the other way round on some machines: the one that is not the thread id's address is not used.
    rest = [ctypes.c_void_p(None), ctypes.c_void_p(None), thread_id, thread_id]
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = int(_libc_with_gil.syscall(ctypes.c_long(number), ctypes.c_ulong(flags), *rest))
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    return check(pid, "clone")


def exit_at_once() -> None:
    """From here on ``exit(3)`` ends this process and its children as ``_exit(2)`` does: what was set up stays as it is.

    A library that gives up calls it (OpenMP without threads does), and to take PyTorch apart costs 0.2 s of computing.
    """
    if hasattr(_libc, "on_exit"):  # glibc's; what is registered last is called first
        _libc.on_exit(_libc._exit, None)


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    def text(value: str | None) -> bytes | None:
        return None if value is None else os.fsencode(value)

    check(_libc.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), text(data)), f"mount {target}")


def make_readonly(path: str) -> None:
    """Make the mount at ``path``, and every mount below it, read-only (Linux ≥ 5.12)."""

    class MountAttr(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint64) for name in ("attr_set", "attr_clr", "propagation", "userns_fd")]

    attr = MountAttr(_MOUNT_ATTR_RDONLY, 0, 0, 0)
    syscall(
        _SYS_MOUNT_SETATTR,
        _AT_FDCWD,
        os.fsencode(path),
        _AT_RECURSIVE,
        ctypes.byref(attr),
        ctypes.c_size_t(ctypes.sizeof(attr)),
    )


def pivot_root(new_root: str, put_old: str) -> None:
    check(_libc.pivot_root(os.fsencode(new_root), os.fsencode(put_old)), "pivot_root")


def detach(path: str) -> None:
    check(_libc.umount2(os.fsencode(path), MNT_DETACH), f"umount {path}")


def prctl(option: int, value: object = 0, *rest: object) -> int:
    return check(_libc.prctl(option, ctypes.c_ulong(value) if isinstance(value, int) else value, *rest), "prctl")


def use_huge_pages() -> None:
    """Gather this process's private memory in huge pages, as far as the kernel can (MADV_COLLAPSE, Linux ≥ 6.1).

    A fork copies one page table entry for each page that the parent holds: with 200 MB in pages of 4 kB that took
    20 ms of the 43 ms that a worker cost, in huge pages it takes 7 ms (benchmarks/submission.py shows the sum).
    """
    size, collapse = 2**21, 25
    with open("/proc/self/maps") as file:
        mappings = [line.split() for line in file]
    for span, mode, _, _, _, *name in mappings:
        if not mode.startswith("rw") or name not in ([], ["[heap]"]):
            continue
        start, end = (int(address, 16) for address in span.split("-"))
        for page in range(-(-start // size) * size, end - size + 1, size):
            _libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(size), collapse)  # if it fails, it stays as it is


def drop_capabilities() -> None:
    """Give up every capability, for good: the bounding set first, then the process's own sets."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # EINVAL past the last one; EPERM without CAP_SETPCAP, when there is nothing to drop
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def capabilities() -> int:
    """Effective, permitted and inheritable capabilities of this process, or-ed together."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    check(_libc.capget(header, sets), "capget")
    low = sets[0] | sets[1] | sets[2]
    high = sets[3] | sets[4] | sets[5]
    return int(low | high << 32)
