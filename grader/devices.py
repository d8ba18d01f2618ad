"""The devices that suites run on: which are here, why one is not, whose turn it is, and what it has room for.

Every fact about hardware comes from a :class:`Driver`; tests put a stand-in in its place. One submission at a time
computes on a GPU (``slots`` may allow more): nothing but the driver bounds what a process takes of its memory.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.worker import accelerator, wire

CHOICES = ("cpu", "cuda", "auto")
CONTEXT_MB = 1024  # what CUDA takes in each process before any tensor is there: half of it or less was seen
SPARE = 0.2  # of what is free, for this process' own references
FREED_SECONDS = 10.0  # for the driver to give back what a killed process held
WAIT_SECONDS = 0.05

_NODES = ("/dev/nvidiactl", "/dev/nvidia-uvm")  # of the driver as a whole; each GPU has one of its own beside them


class DeviceMissing(Exception):
    """The device that was asked for is not here, or cannot be used; the text says which, and what to do."""


class DeviceBusy(Exception):
    """The GPU has less room than was promised, and none of our submissions holds it."""


@dataclass(frozen=True)
class Gpu:
    """One GPU, as PyTorch numbers them."""

    index: int
    name: str
    memory_mb: int
    node: str  # the file that stands for it
    uuid: str = ""  # its name for CUDA_VISIBLE_DEVICES, whatever else is to be seen


class Driver(Protocol):
    """What a machine says of its GPUs."""

    def why_not(self) -> str:
        """Why suites cannot run on a GPU here; "" when they can."""

    def gpus(self) -> tuple[Gpu, ...]:
        """All that PyTorch can use."""

    def free_mb(self, gpu: Gpu) -> int:
        """MB that nobody holds."""

    def select(self, gpu: Gpu) -> None:
        """From here on "cuda" means this one, in this thread."""


class Cuda:
    """NVIDIA's, through PyTorch. Only for processes that fork no more: CUDA does not survive it."""

    def why_not(self) -> str:
        import torch

        if torch.version.cuda is None:
            return (
                f"this PyTorch ({torch.__version__}) was built without CUDA. Install a build that has it: "
                "https://pytorch.org/get-started"
            )
        if platform.system() != "Linux":
            return f"submissions reach a GPU on Linux only, and this is {platform.system()}"
        for node in _NODES:
            if not os.path.exists(node):
                return f"no NVIDIA driver is at work here: {node} is not there. In a container, hand the GPU in"
            if not os.access(node, os.R_OK | os.W_OK):
                return f"this user may not use {node}. Ask for membership in the group that owns it"
        if not torch.cuda.is_available():
            return "PyTorch finds no GPU that it can use, although a driver is here. nvidia-smi says more"
        return ""

    def gpus(self) -> tuple[Gpu, ...]:
        import torch

        found = []
        for index in range(torch.cuda.device_count()):
            facts: Any = torch.cuda.get_device_properties(index)  # PyTorch's own types leave out the bus
            # /dev/nvidia<minor>: PyTorch's numbers follow CUDA_VISIBLE_DEVICES, these do not
            minor = _minor(f"{facts.pci_domain_id:04x}:{facts.pci_bus_id:02x}:{facts.pci_device_id:02x}.0", index)
            node, uuid = f"/dev/nvidia{minor}", f"GPU-{facts.uuid}"
            found.append(Gpu(index, facts.name, facts.total_memory // 2**20, node, uuid))
        return tuple(found)

    def free_mb(self, gpu: Gpu) -> int:
        import torch

        return int(torch.cuda.mem_get_info(gpu.index)[0] // 2**20)

    def select(self, gpu: Gpu) -> None:
        import torch

        torch.cuda.set_device(gpu.index)


def _minor(bus: str, otherwise: int) -> int:
    try:
        facts = Path(f"/proc/driver/nvidia/gpus/{bus}/information").read_text(encoding="utf-8")
    except OSError:
        return otherwise
    found = re.search(r"Device Minor:\s*(\d+)", facts)
    return int(found[1]) if found else otherwise


driver: Driver = Cuda()


def chosen(device: str) -> str:
    """ "cpu" or "cuda": "auto" is a GPU where there is one. Raises :class:`DeviceMissing`."""
    if device == "cpu":
        return "cpu"
    why_not = driver.why_not()
    if why_not and device == "cuda":
        raise DeviceMissing(f"Suites cannot run on a GPU here: {why_not}. Use --device cpu.")
    return "cpu" if why_not else "cuda"


def nodes() -> tuple[str, ...]:
    """The files through which processes reach the GPUs of this machine."""
    return (*_NODES, *(gpu.node for gpu in driver.gpus()))


def kind(device: str) -> str:
    """What stands in a result: scores on GPUs of one kind can be compared. Several kinds: all of them."""
    if device == "cpu":
        return device
    return " / ".join(["cuda", *sorted({gpu.name for gpu in driver.gpus()})])


def turns(device: str, slots: int) -> int:
    """How many submissions can run at once on ``device``, as far as it bounds them."""
    return sys.maxsize if device == "cpu" else slots * len(driver.gpus())


# --- turns --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """The right to let one submission after the other compute on ``gpu``; kept as long as its file is locked."""

    gpu: Gpu
    room_mb: int  # that a submission may take
    alone: bool  # nobody else of ours has a turn on it

    @property
    def nodes(self) -> tuple[str, ...]:
        """The files that its submissions need, and no other GPU's."""
        return (*_NODES, self.gpu.node)

    @property
    def share(self) -> float:
        """``room_mb`` as a fraction of the GPU's memory."""
        return self.room_mb / self.gpu.memory_mb

    def had_room(self) -> bool:
        """Whether a submission that has just ended could have what it was promised: then it took more than that.

        Who shares a GPU cannot be told from those who hold the rest.
        """
        try:
            self.wait_for_room()
        except DeviceBusy:
            return False
        return self.alone

    def wait_for_room(self) -> None:
        """Until what the last one held is given back; who shares a GPU does not wait. Raises :class:`DeviceBusy`."""
        end = time.monotonic() + FREED_SECONDS
        while self.alone and (free := driver.free_mb(self.gpu)) < self.room_mb + CONTEXT_MB:
            if time.monotonic() > end:
                raise DeviceBusy(
                    f"GPU {self.gpu.index} ({self.gpu.name}) has {free} MB free, and a submission is promised "
                    f"{self.room_mb + CONTEXT_MB} MB: another program holds the rest, or a process that was killed"
                )
            time.sleep(WAIT_SECONDS)


@contextlib.contextmanager
def turn(slots: int = 1) -> Iterator[Turn]:
    """A turn on one of the GPUs, as soon as one is to be had; ``slots`` at once on each.

    Held across processes and programs of this user. Raises :class:`DeviceMissing` for a GPU with too little room.
    """
    with _locked(slots) as gpu:
        driver.select(gpu)
        room = int((driver.free_mb(gpu) - CONTEXT_MB * slots) * (1 - SPARE) / slots)
        if room < CONTEXT_MB:
            raise DeviceMissing(
                f"GPU {gpu.index} ({gpu.name}) has {driver.free_mb(gpu)} MB of {gpu.memory_mb} MB free, too little for "
                f"{'a submission' if slots == 1 else f'{slots} submissions at once'}. See who uses it: nvidia-smi."
            )
        yield Turn(gpu, room, slots == 1)


@contextlib.contextmanager
def _locked(slots: int) -> Iterator[Gpu]:
    import fcntl

    places = [(gpu, _lock_folder() / f"gpu{gpu.index}.{slot}") for slot in range(slots) for gpu in driver.gpus()]
    while True:
        for gpu, path in places:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                continue
            try:
                yield gpu
            finally:
                os.close(file)  # which unlocks it, as the end of the process does
            return
        time.sleep(WAIT_SECONDS)


def _lock_folder() -> Path:
    """One for each user, whatever TMPDIR a program is started with."""
    folder = Path("/tmp") / f"gradstep-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise DeviceMissing(f"{folder} belongs to somebody else, and who computes on a GPU is told there. Remove it.")
    return folder


# --- the same numbers again ---------------------------------------------------------------------------------------


def use(device: str) -> None:
    """Let this process compute on ``device`` as workers do; see :mod:`grader.worker.accelerator`."""
    wire.use_accelerator(device)
    if device != "cpu":
        accelerator.settle()


@contextlib.contextmanager
def of_suites(device: str) -> Iterator[None]:
    """Around a case of a suite: what it makes without a word on where lies on ``device``.

    Random numbers too: a CPU generator draws them, the same ones for every device, and they move there.
    """
    if device == "cpu":
        yield
        return
    import torch

    with torch.device(device), _draws_on(device):
        yield


def _draws_on(device: str) -> AbstractContextManager[object]:
    import torch
    from torch.overrides import TorchFunctionMode

    draws = (torch.rand, torch.randn, torch.randint, torch.randperm)

    class Draws(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            if func in draws and kwargs.get("generator") is not None and "device" not in kwargs:
                return func(*args, **kwargs, device="cpu").to(device)
            return func(*args, **kwargs)

    return Draws()


def of_exercises() -> AbstractContextManager[object]:
    """Around code of an exercise that runs in this process: as in a worker, it has to say where its tensors lie."""
    if wire.accelerator() == "cpu":
        return contextlib.nullcontext()
    import torch

    return torch.device("cpu")
