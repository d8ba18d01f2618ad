"""The layers of confinement that a worker puts on itself before it sees any student code (Linux).

Each layer is used when the machine has it. What was put on is reported by name; :mod:`~grader.worker.selftest` then
proves it from inside, by trying.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass

from . import kernel, landlock, seccomp, view

NAMESPACES = ("user", "pid", "mnt", "ipc", "net", "uts")
_NAMESPACE_FLAGS = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNS
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWUTS
)
# In the order in which they are put on. "view" and "uid" are the zygote's: see grader.worker.zygote.
LAYERS = ("namespaces", "scratch", "environment", "rlimits", "capabilities", "landlock", "seccomp")

MAX_THREADS = 32
MAX_FILES = 64
MAX_FILE_BYTES = 16 * 2**20
SCRATCH = "size=16m,nr_inodes=2048,mode=700"
# CUDA opens its devices many times, starts threads of its own, reserves more addresses than there is memory of any
# kind, and keeps buffers of its own in main memory.
GPU_FILES, GPU_THREADS, GPU_HOST_MB = 512, 128, 4096


@dataclass(frozen=True)
class Plan:
    """What a worker may see and use; decided on the trusted side."""

    layers: tuple[str, ...]
    readable: tuple[str, ...]  # folders that it may read
    scratch: str  # the one folder that it may write
    memory_mb: int  # that its code may take beyond what PyTorch has taken already
    cpu_seconds: int  # after which the kernel ends it, should the trusted side be gone
    core: int  # that the asking side runs on
    nodes: tuple[str, ...] = ()  # the files of the one GPU that it may use; none: it computes on the CPU
    gpu: str = ""  # that GPU's name among CUDA's
    share: float = 0.0  # of that GPU's memory that its code may take
    bounds_users: bool = True  # threads are counted for all that the user runs: right for a user of the worker's own


class Confinement:
    """The layers of one worker: which are on, and why the others are not."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.on: list[str] = []
        self.problems: dict[str, str] = {}
        self.address_space, self.data = _memory_taken()  # while /proc is in sight

    def fork(self) -> int:
        """Fork; the child (0 is returned there) is process 1 of a world of its own."""
        if "namespaces" not in self.plan.layers:
            return os.fork()
        uid, gid = os.geteuid(), os.getegid()  # asked before: over there nobody has a name yet
        try:
            pid = kernel.fork_into(_NAMESPACE_FLAGS)
        except OSError as error:
            self.problems["namespaces"] = str(error)
            return os.fork()
        if pid == 0:
            try:
                kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else the user map belongs to root
                kernel.map_user(uid, gid, view.NOBODY)
            except OSError as error:
                self.problems["namespaces"] = str(error)
        return pid

    def put_on(self) -> None:
        """After the fork: every layer of the plan, for good."""
        _be_killed_first()
        os.setsid()  # out of the process group: kill(0) would reach the zygote
        for name in LAYERS:
            if name not in self.plan.layers or name in self.problems:
                continue
            try:
                getattr(self, f"_{name}")()
                self.on.append(name)
            except OSError as error:
                self.problems[name] = str(error)

    def _namespaces(self) -> None:
        """Born in them already."""

    def _scratch(self) -> None:
        if "namespaces" not in self.on:
            raise OSError("needs a mount namespace")
        flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
        os.chdir("/")
        kernel.mount("scratch", self.plan.scratch, "tmpfs", flags, SCRATCH)
        if self.plan.nodes:  # CUDA names its threads there: cuInit fails otherwise. It shows this process alone
            kernel.mount("proc", "/proc", "proc", flags)
        else:
            kernel.mount("hidden", "/proc", "tmpfs", flags | kernel.MS_RDONLY, "size=4k")
        os.chdir(self.plan.scratch)

    def _environment(self) -> None:
        for name in list(os.environ):
            del os.environ[name]
        here = self.plan.scratch
        # Not update(): it asks whether () is a mapping, and so every kind of mapping that Python knows.
        for name, value in (("HOME", here), ("TMPDIR", here), ("LANG", "C.UTF-8"), ("OMP_NUM_THREADS", "1")):
            os.environ[name] = value
        tempfile.tempdir = None  # the zygote's choice is remembered there
        sys.argv = [""]
        sys.orig_argv = []

    def _rlimits(self) -> None:
        on_gpu = bool(self.plan.nodes)
        if on_gpu:
            resource.setrlimit(resource.RLIMIT_DATA, (self.data + (self.plan.memory_mb + GPU_HOST_MB) * 2**20,) * 2)
        else:
            _bound(self.address_space, self.data, self.plan.memory_mb)
        threads = GPU_THREADS if on_gpu else MAX_THREADS
        for limit, value in (
            (resource.RLIMIT_CPU, self.plan.cpu_seconds),
            (resource.RLIMIT_NOFILE, GPU_FILES if on_gpu else MAX_FILES),
            *([(resource.RLIMIT_NPROC, threads)] if self.plan.bounds_users else []),
            (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MEMLOCK, 0),
            (resource.RLIMIT_MSGQUEUE, 0),
            (resource.RLIMIT_STACK, 8 * 2**20),
        ):
            resource.setrlimit(limit, (value, value))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file that grows too large is then an OSError

    def _capabilities(self) -> None:
        kernel.drop_capabilities()

    def _landlock(self) -> None:
        if not landlock.abi():
            raise OSError("the kernel has no Landlock, or it is switched off")
        readable, writable = [*self.plan.readable, "/dev/urandom"], [self.plan.scratch, "/dev/null"]
        if self.plan.nodes:
            readable, writable = [*readable, "/sys"], [*writable, "/proc"]
        landlock.restrict(readable, writable, self.plan.nodes)

    def _seccomp(self) -> None:
        if missing := seccomp.available():
            raise OSError(missing)
        seccomp.install(gpu=bool(self.plan.nodes))


def prepare(*, gpu: bool) -> None:
    """Before any fork: make what each would make anew."""
    if not seccomp.available():
        for on_gpu in {False, gpu}:
            seccomp.packed(1, on_gpu)  # in its namespace a worker is process 1


def bound_memory(memory_mb: int) -> None:
    """From here on this process may take ``memory_mb`` more."""
    _bound(*_memory_taken(), memory_mb)


def _bound(address_space: int, data: int, memory_mb: int) -> None:
    room = memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (address_space + room,) * 2)
    resource.setrlimit(resource.RLIMIT_DATA, (data + room,) * 2)  # else libraries make room when unmapped


def _memory_taken() -> tuple[int, int]:
    """Bytes of address space that this process has taken, and how many of them are its own data."""
    with open("/proc/self/statm") as file:
        pages = [int(field) for field in file.read().split()]
    return pages[0] * resource.getpagesize(), pages[5] * resource.getpagesize()


def _be_killed_first() -> None:
    """If the machine runs out of memory, the kernel takes this process before any other."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass  # a courtesy to the neighbours, not a layer
