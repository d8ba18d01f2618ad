"""A seccomp allow-list: the system calls that PyTorch on a CPU needs, and no others.

Everything else answers EPERM, so that a student reads "Operation not permitted" with the own line instead of seeing
the process vanish. Calls that are harmless only with certain arguments have a rule on the argument.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import struct

from . import kernel

_PLAIN = """
read write readv writev pread64 pwrite64 close lseek fstat fstatat newfstatat statx stat lstat access faccessat
faccessat2 open openat readlink readlinkat getcwd chdir getdents64 mkdir mkdirat unlink unlinkat rmdir rename renameat
renameat2 ftruncate truncate umask chmod fchmod fchmodat utimensat fsync fdatasync statfs fstatfs dup dup2 dup3 pipe
pipe2 select pselect6 poll ppoll epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 mprotect munmap mremap
madvise brk mincore rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack futex set_robust_list get_robust_list rseq
sched_yield sched_getaffinity sched_getparam sched_getscheduler set_tid_address restart_syscall nanosleep
clock_nanosleep clock_gettime clock_getres gettimeofday time times getrusage getrlimit sysinfo uname getrandom getcpu
getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid capget exit
exit_group
""".split()  # noqa: SIM905 (a list would take ninety lines)

# System call numbers, from Linux' asm/unistd_64.h and asm-generic/unistd.h.
_X86_64 = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8, "mmap": 9,
    "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "ioctl": 16,
    "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20, "access": 21, "pipe": 22, "select": 23, "sched_yield": 24,
    "mremap": 25, "mincore": 27, "madvise": 28, "dup": 32, "dup2": 33, "nanosleep": 35, "getpid": 39, "clone": 56,
    "exit": 60, "uname": 63, "fcntl": 72, "fsync": 74, "fdatasync": 75, "truncate": 76, "ftruncate": 77, "getcwd": 79,
    "chdir": 80, "rename": 82, "mkdir": 83, "rmdir": 84, "unlink": 87, "readlink": 89, "chmod": 90, "fchmod": 91,
    "umask": 95, "gettimeofday": 96, "getrlimit": 97, "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102,
    "getgid": 104, "geteuid": 107, "getegid": 108, "getppid": 110, "getpgrp": 111, "getgroups": 115, "getresuid": 118,
    "getresgid": 120, "getpgid": 121, "getsid": 124, "capget": 125, "sigaltstack": 131, "statfs": 137, "fstatfs": 138,
    "sched_getparam": 143, "sched_getscheduler": 145, "sched_get_priority_max": 146, "sched_get_priority_min": 147,
    "prctl": 157, "gettid": 186, "time": 201, "futex": 202, "sched_getaffinity": 204, "getdents64": 217,
    "set_tid_address": 218, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230,
    "exit_group": 231, "epoll_wait": 232, "epoll_ctl": 233, "tgkill": 234, "get_mempolicy": 239, "openat": 257,
    "mkdirat": 258, "newfstatat": 262, "unlinkat": 263, "renameat": 264, "readlinkat": 267, "fchmodat": 268,
    "faccessat": 269, "pselect6": 270, "ppoll": 271, "set_robust_list": 273, "get_robust_list": 274, "utimensat": 280,
    "epoll_pwait": 281, "eventfd2": 290, "epoll_create1": 291, "dup3": 292, "pipe2": 293, "prlimit64": 302,
    "getcpu": 309, "renameat2": 316, "getrandom": 318, "membarrier": 324, "statx": 332, "rseq": 334, "clone3": 435,
    "faccessat2": 439,
}  # fmt: skip
_AARCH64 = {
    "getcwd": 17, "eventfd2": 19, "epoll_create1": 20, "epoll_ctl": 21, "epoll_pwait": 22, "dup": 23, "dup3": 24,
    "fcntl": 25, "ioctl": 29, "mkdirat": 34, "unlinkat": 35, "renameat": 38, "statfs": 43, "fstatfs": 44,
    "truncate": 45, "ftruncate": 46, "faccessat": 48, "chdir": 49, "fchmod": 52, "fchmodat": 53, "openat": 56,
    "close": 57, "pipe2": 59, "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66,
    "pread64": 67, "pwrite64": 68, "pselect6": 72, "ppoll": 73, "readlinkat": 78, "fstatat": 79, "fstat": 80,
    "fsync": 82, "fdatasync": 83, "utimensat": 88, "capget": 90, "exit": 93, "exit_group": 94, "set_tid_address": 96,
    "futex": 98, "set_robust_list": 99, "get_robust_list": 100, "nanosleep": 101, "clock_gettime": 113,
    "clock_getres": 114, "clock_nanosleep": 115, "sched_getscheduler": 120, "sched_getparam": 121,
    "sched_getaffinity": 123, "sched_yield": 124, "sched_get_priority_max": 125, "sched_get_priority_min": 126,
    "restart_syscall": 128, "tgkill": 131, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135,
    "rt_sigreturn": 139, "getresuid": 148, "getresgid": 150, "times": 153, "getpgid": 155, "getsid": 156,
    "getgroups": 158, "uname": 160, "getrlimit": 163, "getrusage": 165, "umask": 166, "prctl": 167, "getcpu": 168,
    "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177,
    "gettid": 178, "sysinfo": 179, "brk": 214, "munmap": 215, "mremap": 216, "clone": 220, "mmap": 222, "mprotect": 226,
    "mincore": 232, "madvise": 233, "get_mempolicy": 236, "prlimit64": 261, "renameat2": 276, "getrandom": 278,
    "membarrier": 283, "statx": 291, "rseq": 293, "clone3": 435, "faccessat2": 439,
}  # fmt: skip
_ARCHITECTURES = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}

_ALLOW = 0x7FFF0000
_KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000

_LOAD, _JUMP_EQ, _JUMP_GE, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_NUMBER, _ARCH, _ARGS = 0, 4, 16  # offsets in struct seccomp_data

_ON_GPU = ("get_mempolicy", "sched_get_priority_max", "sched_get_priority_min", "membarrier")
_UVM_SETUP, _UVM_END = (0x30000001, 0x30000002), 0x100

_CLONE_THREAD = 0x00010000
_MAP_SHARED_ANONYMOUS, _MAP_GROWSDOWN = 0x21, 0x100
_ANY_NAMESPACE = 0x7E020080
_F_COMMANDS = (0, 1, 2, 3, 4, 1030)  # F_DUPFD F_GETFD F_SETFD F_GETFL F_SETFL F_DUPFD_CLOEXEC: no locks, no pipe sizes
_PRCTLS = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA (glibc names its heaps)

Instruction = tuple[int, int, int, int]


def available() -> str:
    """Why this machine cannot have the filter; empty when it can."""
    machine = platform.machine()
    return "" if machine in _ARCHITECTURES else f"no system call table for {machine}"


def install(*, gpu: bool = False) -> None:
    """Confine this process, and every thread it starts, for good. Needs no privilege (sets no_new_privs).

    With ``gpu`` it may do what CUDA does besides: control its devices, and ask how memory and threads are placed.
    """
    program = packed(os.getpid(), gpu)
    fprog = _Fprog(len(program) // 8, program)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.byref(fprog))


class _Fprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


@functools.cache
def packed(own_pid: int, gpu: bool) -> bytes:
    """The filter as the kernel takes it; made before a fork, it is there in the fork."""
    return b"".join(struct.pack("<HBBI", *step) for step in _program(own_pid, gpu))


def _program(own_pid: int, gpu: bool) -> list[Instruction]:
    arch, numbers = _ARCHITECTURES[platform.machine()]
    steps: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_JUMP_EQ, 1, 0, arch),
        (_RETURN, 0, 0, _KILL_PROCESS),  # a foreign ABI (int 0x80) has other numbers: it dodges any list
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_GE, 0, 1, 0x40000000),  # x32
        (_RETURN, 0, 0, _KILL_PROCESS),
    ]
    for name in (*_PLAIN, *(_ON_GPU if gpu else ())):
        if name in numbers:
            steps += [(_JUMP_EQ, 0, 1, numbers[name]), (_RETURN, 0, 0, _ALLOW)]
    steps += _when(numbers["clone"], _thread_only())
    steps += _when(numbers["mmap"], _memory_that_is_counted())
    steps += _when(numbers["clone3"], [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)])  # its flags are out of sight: use clone
    steps += _when(numbers["fcntl"], _argument_in(1, _F_COMMANDS))
    steps += _when(numbers["prctl"], _argument_in(0, _PRCTLS))
    steps += _when(numbers["tgkill"], _argument_in(0, (own_pid,)))  # abort() signals itself
    steps += _when(numbers["prlimit64"], _is_null(2))  # may ask for limits, not set them
    steps += _when(numbers["ioctl"], _control_of_gpu() if gpu else [_NO_TERMINAL])
    steps.append((_RETURN, 0, 0, _ERRNO | errno.EPERM))
    return steps


_NO_TERMINAL: Instruction = (_RETURN, 0, 0, _ERRNO | errno.ENOTTY)  # open() asks: is this a terminal?


def _control_of_gpu() -> list[Instruction]:
    """The requests of NVIDIA's drivers: type "F" of the GPUs, and bare numbers of the unified memory (nvidia-uvm).

    Which devices can be asked is Landlock's to say; this keeps the worker from asking its pipes what terminals answer.
    See nv-ioctl-numbers.h and uvm_linux_ioctl.h in NVIDIA's open-gpu-kernel-modules.
    """
    allow = (_RETURN, 0, 0, _ALLOW)
    steps: list[Instruction] = [(_LOAD, 0, 0, _low(1))]
    for number in _UVM_SETUP:
        steps += [(_JUMP_EQ, 0, 1, number), allow]
    steps += [(_JUMP_GE, 1, 0, _UVM_END), allow]
    return [*steps, (_AND, 0, 0, 0xFF00), (_JUMP_EQ, 0, 1, ord("F") << 8), allow, _NO_TERMINAL]


def _when(number: int, body: list[Instruction]) -> list[Instruction]:
    """``body`` for this system call; it must return on every path."""
    return [(_JUMP_EQ, 0, len(body), number), *body]


def _low(index: int) -> int:
    return _ARGS + 8 * index


def _argument_in(index: int, values: tuple[int, ...]) -> list[Instruction]:
    steps: list[Instruction] = [(_LOAD, 0, 0, _low(index))]
    for value in values:
        steps += [(_JUMP_EQ, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*steps, (_RETURN, 0, 0, _ERRNO | errno.EPERM)]


def _is_null(index: int) -> list[Instruction]:
    return [
        (_LOAD, 0, 0, _low(index)),
        (_JUMP_EQ, 0, 3, 0),
        (_LOAD, 0, 0, _low(index) + 4),
        (_JUMP_EQ, 0, 1, 0),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]


def _thread_only() -> list[Instruction]:
    return [
        (_LOAD, 0, 0, _low(0)),
        (_AND, 0, 0, _CLONE_THREAD | _ANY_NAMESPACE),
        (_JUMP_EQ, 0, 1, _CLONE_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]


def _memory_that_is_counted() -> list[Instruction]:
    """RLIMIT_DATA sees neither shared pages nor stacks that grow."""
    return [
        (_LOAD, 0, 0, _low(3)),
        (_AND, 0, 0, _MAP_SHARED_ANONYMOUS),
        (_JUMP_EQ, 0, 1, _MAP_SHARED_ANONYMOUS),
        (_RETURN, 0, 0, _ERRNO | errno.ENOMEM),
        (_LOAD, 0, 0, _low(3)),
        (_AND, 0, 0, _MAP_GROWSDOWN),
        (_JUMP_EQ, 0, 1, _MAP_GROWSDOWN),
        (_RETURN, 0, 0, _ERRNO | errno.ENOMEM),
        (_RETURN, 0, 0, _ALLOW),
    ]
