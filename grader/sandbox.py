"""Start, confine, limit and kill workers.

``Sandbox`` owns one zygote; ``worker(limits)`` forks a confined worker from it in about 20 ms. Which layers of
confinement are on is tried out from inside a worker at the start (:meth:`Sandbox.layers`), never assumed.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import layers
from grader.devices import DeviceBusy, Turn
from grader.exercise import Exercise
from grader.layers import LAYERS, Layer, LayerLeaks
from grader.link import Ends, Link, SandboxBroken
from grader.process import START_SECONDS, SharedCore, WorkerProcess
from grader.worker import confine, view, wire

WORKER_FOLDER = Path(__file__).parent / "worker"
START_TRIES = 3


@dataclass(frozen=True)
class Limits:
    """What one submission may use. CPU seconds are the worker's own; memory is beyond what PyTorch has taken."""

    cpu_seconds: float = 10.0  # per check
    total_cpu_seconds: float = 20.0  # all checks together, so that a loop does not pay its limit once per check
    memory_mb: int = 1024
    gpu: bool = True  # whether it may have one, where suites run on one

    @classmethod
    def of(cls, exercise: Exercise) -> Limits:
        """The limits of ``exercise.toml``."""
        given = exercise.limits
        return cls(given["cpu_seconds"], given["total_cpu_seconds"], int(given["memory_mb"]))


@dataclass(frozen=True)
class Loan:
    """What another process needs to use a sandbox's zygote. It can be pickled for a process of ``multiprocessing``."""

    control: socket.socket
    layers: tuple[Layer, ...]
    proved: frozenset[str]


class Sandbox:
    """A warm zygote and the layers around its workers. Use it as a context manager.

    ``isolation`` is "auto" (every layer that the machine has), "limits" (bounds on memory and time, for one's own
    code) or "none" (a plain process, for code that you trust).
    ``secret`` are folders that no worker may see, even if they lie where Python or PyTorch does. ``without`` switches
    single layers off, "bubblewrap" among them; it is there for tests.
    With a ``loan`` from a sandbox of the same settings its zygote is used, until it breaks and this one starts its own.
    ``devices`` are the files through which GPUs are reached: with them the zygote leaves CUDA alone, and workers may
    have a ``turn`` on a GPU. See :mod:`grader.devices`.
    """

    def __init__(
        self,
        isolation: str = "auto",
        *,
        secret: tuple[Path, ...] = (),
        without: tuple[str, ...] = (),
        loan: Loan | None = None,
        devices: tuple[str, ...] = (),
        turn: Turn | None = None,
    ) -> None:
        self._devices = list(devices)
        self._turn = turn
        self._isolated = isolation == "auto"
        wanted = {"auto": LAYERS, "limits": ("rlimits",), "none": ()}[isolation]
        self._wanted = tuple(name for name in wanted if name not in without)
        # For root it covers parts of /proc, and then the kernel lets no worker have a /proc of its own, as CUDA needs.
        unfit = "bubblewrap" in without or (devices and os.geteuid() == 0)
        self._bubblewrap = None if unfit else shutil.which("bwrap")
        self._cores = os.sched_getaffinity(0)
        self._binds = _folders_needed()
        self._hidden = [str(WORKER_FOLDER.parent), *_below(self._binds, secret)]
        self._scratch = "/scratch" if any(path.startswith("/tmp/") for path in self._binds) else "/tmp"
        self._process: subprocess.Popen[bytes] | None = None  # none while the zygote is another's
        self._control: socket.socket | None = None
        self._proved: frozenset[str] = frozenset()  # layers that every worker must have put on
        self.layers: tuple[Layer, ...] = ()
        if loan is None:
            self.restart()
        else:
            self._control, self.layers, self._proved = loan.control, loan.layers, loan.proved
            self._prove_gpu()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # --- workers ------------------------------------------------------------------------------------------------

    def worker(self, limits: Limits) -> Link:
        """A fresh confined worker, on the GPU where it is this sandbox' turn.

        Raises :class:`SandboxBroken`; then :meth:`restart` before the next try.
        """
        if self._control is None:
            raise SandboxBroken("the zygote could not be started again")
        turn = self._turn if limits.gpu else None
        if turn is not None:
            try:
                turn.wait_for_room()
            except DeviceBusy as error:
                raise SandboxBroken(str(error)) from error
        place = SharedCore(self._cores)
        plan = {
            "layers": tuple(name for name in confine.LAYERS if name in self._wanted),
            "readable": tuple(self._binds),
            "scratch": self._scratch,
            "memory_mb": limits.memory_mb,
            "core": place.number,
            "cpu_seconds": int(limits.total_cpu_seconds * 2) + 2,
            "bounds_users": self._isolated,
        }
        if turn is not None:
            plan |= {"nodes": turn.nodes, "gpu": turn.gpu.uuid, "share": turn.share}
        ours, theirs = socket.socketpair()
        status, reporting = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        output, printing = socket.socketpair()
        try:
            handed = [theirs.fileno(), reporting.fileno(), printing.fileno()]
            socket.send_fds(self._control, [wire.encode(plan)], handed)
        except OSError as error:
            place.leave()
            for end in (ours, status, output):
                end.close()
            raise SandboxBroken(f"the zygote is gone: {error}") from error
        finally:
            for end in (theirs, reporting, printing):
                end.close()
        link = _link(WorkerProcess(status, place), ours, output, turn)
        if words := link.ready.get("gpu"):
            link.close()
            raise SandboxBroken(f"a worker could not start CUDA: {words}")
        if missing := self._proved - set(link.ready["on"]):
            link.close()
            raise SandboxBroken(f"a worker could not be confined: {link.ready['problems'] or sorted(missing)}")
        return link

    # --- the zygote ---------------------------------------------------------------------------------------------

    def restart(self) -> None:
        """A new zygote in place of a broken one, or the first. One that is killed while it starts is started again."""
        for tries_left in reversed(range(START_TRIES)):
            self.close()
            try:
                self._start()
                return
            except BaseException as error:
                self.close()
                if not tries_left or not isinstance(error, SandboxBroken) or isinstance(error, LayerLeaks):
                    raise

    def close(self) -> None:
        """End the zygote and every worker; returns when they are gone. Safe to call twice. A borrowed zygote stays."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is None:
            return
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        self._process = None

    @property
    def alive(self) -> bool:
        """Whether the zygote can still fork workers."""
        if self._process is not None:
            return self._process.poll() is None
        return self._control is not None and not _hung_up(self._control)

    def lend(self) -> Loan:
        """For processes that this one starts, and that end before this sandbox is closed."""
        assert self._control
        return Loan(self._control, self.layers, self._proved)

    @property
    def pid(self) -> int:
        """The process id of the zygote's outermost process."""
        assert self._process
        return self._process.pid

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                self._command(theirs.fileno()),
                pass_fds=[theirs.fileno()],
                env=_zygote_environment(),  # bubblewrap's own process would show an inherited one to every worker
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        self._control.settimeout(START_SECONDS)
        try:
            facts = wire.decode(self._control.recv(2**16) or b"N")
        except OSError:
            facts = None
        if facts is None:
            words = self._last_words()
            if self._process.returncode > 0:  # not killed: bubblewrap may be installed and not be allowed to work
                self._bubblewrap = None
            raise SandboxBroken(f"the zygote did not start: {words}")
        self._proved = frozenset()
        self.layers = self._prove(facts)
        self._proved = frozenset(layer.name for layer in self.layers if layer.on) & set(confine.LAYERS)
        self._prove_gpu()

    def _last_words(self) -> str:
        assert self._process
        self._process.kill()
        _, error = self._process.communicate()
        lines = error.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with status {self._process.returncode} and said nothing"

    def _command(self, control: int) -> list[str]:
        boxed = bool(self._bubblewrap) and "view" in self._wanted
        options = {
            "view": "view" in self._wanted and not boxed,
            "uid": view.dedicated_uid() if "uid" in self._wanted else 0,
            "binds": self._binds,
            "hide": self._hidden,
            "devices": self._devices,
        }
        code = f"import sys; sys.path.insert(0, {str(WORKER_FOLDER.parent)!r}); from worker.zygote import main; "
        python = [sys.executable, "-I", "-B", "-c", code + f"main({control}, {options!r})"]
        return [*self._bubblewrap_command(), *python] if boxed else python

    def _bubblewrap_command(self) -> list[str]:
        assert self._bubblewrap
        command = [self._bubblewrap, "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-ipc"]
        command += ["--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        if os.geteuid() == 0:  # the zygote itself steps down to nobody, after the binds: Python may lie in a 0700 home
            command += ["--cap-drop", "ALL"]
            for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"):
                command += ["--cap-add", capability]
        else:
            command += ["--unshare-user", "--uid", str(view.NOBODY), "--gid", str(view.NOBODY)]
        command += ["--perms", "1777", "--tmpfs", "/tmp", "--dir", "/scratch", "--proc", "/proc", "--dir", "/dev"]
        for device in ("/dev/null", "/dev/urandom"):
            command += ["--dev-bind", device, device]
        for device in self._devices:
            command += ["--dev-bind-try", device, device]
        if self._devices:
            command += [
                "--ro-bind-try",
                "/sys",
                "/sys",
            ]  # where CUDA looks for the buses and the memory beside its GPUs
        for parent in _parents(self._binds):  # else bubblewrap makes them for root alone
            command += ["--perms", "0755", "--dir", parent]
        for path in self._binds:
            command += ["--ro-bind-try", path, path]
        for path in self._hidden:
            command += ["--tmpfs", path]
            for inside in (bind for bind in self._binds if bind.startswith(path + "/")):
                command += ["--ro-bind", inside, inside]
        return [*command, "--chdir", "/", "--"]

    # --- the self-test ------------------------------------------------------------------------------------------

    def _prove(self, facts: dict[str, Any]) -> tuple[Layer, ...]:
        """Which layers hold, tried from inside a worker; raises when one that is on does not."""
        ready, holes = self._selftest(Limits(gpu=False))
        on = set(ready["on"]) | ({"view", "uid"} & set(self._wanted)) - set(facts["problems"])
        problems = facts["problems"] | ready["problems"]
        layers.require_tight(on, holes)
        if self._isolated:
            layers.require_isolation(on, problems, self._hidden[1:])
        words = layers.words(self._bubblewrap, self._scratch)
        return tuple(
            Layer(name, name in on, words[name] if name in on else problems.get(name, "switched off"))
            for name in LAYERS
        )

    def _prove_gpu(self) -> None:
        """The same from inside a worker that computes on a GPU, where this sandbox has a turn on one."""
        if self._turn is not None:
            ready, holes = self._selftest(Limits())
            on = {layer.name for layer in self.layers if layer.on} & {*ready["on"], "view", "uid"}
            layers.require_tight(on, holes)

    def _selftest(self, limits: Limits) -> tuple[dict[str, Any], dict[str, str]]:
        with contextlib.closing(self.worker(limits)) as link:
            gpu = self._turn is not None and limits.gpu
            return link.ready, layers.holes(link, self._scratch, gpu=gpu)


def _hung_up(control: socket.socket) -> bool:
    poll = select.poll()
    poll.register(control, 0)  # a hang-up is always told
    return bool(poll.poll(0))


def _link(process: WorkerProcess, ours: socket.socket, output: socket.socket, turn: Turn | None) -> Link:
    had_room = turn.had_room if turn else None
    try:
        process.receive_pidfd()
        return Link(Ends(ours, output, process.cpu, process.kill, process.exit_code, had_room))
    except SandboxBroken:
        process.kill()
        process.exit_code(0)
        ours.close()
        output.close()
        raise


def _folders_needed() -> list[str]:
    """Where Python, PyTorch and the far side live: all that a worker may read."""
    site = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    python = Path(sys.executable).resolve().parent.parent
    found = ["/usr", "/lib", "/lib64", "/etc/ld.so.cache", str(python), sys.prefix, sys.base_prefix, *site]
    found.append(str(WORKER_FOLDER))
    needed: list[str] = []
    for path in dict.fromkeys(os.path.abspath(path) for path in found):
        inside = any(path == other or path.startswith(other + "/") for other in needed)
        if path != "/" and os.path.exists(path) and not inside:
            needed.append(path)
    return needed


def _below(binds: list[str], secret: tuple[Path, ...]) -> list[str]:
    """Those of ``secret`` that a worker could see because they lie in a folder that it needs."""
    paths = dict.fromkeys(str(path.resolve()) for path in secret if path.exists())
    return [path for path in paths if any(path.startswith(bind + "/") for bind in binds)]


def _parents(paths: list[str]) -> list[str]:
    """Every folder above ``paths``, outermost first, but for those that have a mount of their own."""
    found = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted(found - {"/", "/tmp"})


def _zygote_environment() -> dict[str, str]:
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    one["MALLOC_ARENA_MAX"] = "1"  # each thread would reserve 64 MB of the address space that a student may take
    return {**one, "LANG": "C.UTF-8", "HOME": "/tmp", "USER": "student", "PATH": "/usr/bin:/bin"}
