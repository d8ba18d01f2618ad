"""A GPU that is not there: tensors that say "cuda", refuse company from main memory, and are computed on the CPU.

What it shows without a GPU: that suites, references and exercises put every tensor where the others are, and that the
grader hands devices on, judges them and sends them back. What it cannot show: the numbers of a real GPU, its memory,
its driver. See docs/gpu.md.

A tensor on the fake GPU is an ordinary tensor of PyTorch's device "meta", which has a shape and no numbers; the numbers
are a second tensor, kept with it. Two modes stand before PyTorch: one translates what is said about devices, the other
runs each operation on the numbers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from unittest import mock

import torch
from torch.multiprocessing.reductions import StorageWeakRef
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map, tree_unflatten

from grader import devices
from grader.devices import Gpu
from grader.worker import accelerator, wire

CUDA, CPU = torch.device("cuda", 0), torch.device("cpu")
_INDEXING = {"aten::index", "aten::index_put_", "aten::index_put", "aten::_index_put_impl_"}
_TENSOR = torch.Tensor


class FakeDriver:
    """GPUs as tests want them."""

    def __init__(self, *memory_mb: int, why_not: str = "") -> None:
        self.free = list(memory_mb)
        self.selected: list[int] = []
        self._why_not = why_not
        self._gpus = tuple(Gpu(n, "Fake 3000", mb, f"/dev/nvidia{n}", f"GPU-{n}") for n, mb in enumerate(memory_mb))

    def why_not(self) -> str:
        return self._why_not

    def gpus(self) -> tuple[Gpu, ...]:
        return self._gpus

    def free_mb(self, gpu: Gpu) -> int:
        return self.free[gpu.index]

    def select(self, gpu: Gpu) -> None:
        self.selected.append(gpu.index)


@contextlib.contextmanager
def fake_cuda() -> Iterator[FakeDriver]:
    """For a while this process has a GPU."""
    driver = FakeDriver(80_000)
    before = wire.accelerator()
    with (
        mock.patch.object(torch.cuda, "_lazy_init", lambda: None),
        mock.patch.object(torch.cuda, "manual_seed_all", lambda seed: None),
        mock.patch.object(accelerator, "settle", lambda: None),
        mock.patch.object(devices, "driver", driver),
        _Numbers(),
        _Names(),
    ):
        try:
            yield driver
        finally:
            wire.use_accelerator(before)


class _Memory:
    """Of the fake GPU: what PyTorch takes for a storage on "meta", and the one in main memory that has the numbers.

    By storages, not by tensors: views share one, and autograd makes copies of tensors that Python never sees.
    """

    def __init__(self) -> None:
        # A weak reference keeps the address from being given to another storage.
        self._storages: dict[int, tuple[StorageWeakRef, torch.UntypedStorage]] = {}
        self._crowded = 1000

    def numbers(self, tensor: torch.Tensor) -> torch.Tensor | None:
        """What a tensor on the fake GPU holds; None for one in main memory."""
        if tensor.layout is not torch.strided:
            return None
        known = self._storages.get(tensor.untyped_storage()._cdata)
        if known is None:
            return None
        place = tensor.storage_offset(), tensor.size(), tensor.stride()
        return torch.empty(0, dtype=tensor.dtype).set_(known[1], *place)

    def put(self, held: torch.Tensor, others: list[torch.Tensor]) -> torch.Tensor:
        """A tensor on the fake GPU that holds ``held``, perhaps a view of one of ``others``, which lie there."""
        for other in others:
            if self._storages[other.untyped_storage()._cdata][1]._cdata == held.untyped_storage()._cdata:
                return _alike(other, held)
        storage = held.untyped_storage()
        whole = torch.empty(storage.nbytes(), dtype=torch.uint8, device="meta")
        self._tidy()
        cdata = whole.untyped_storage()._cdata
        self._storages[cdata] = StorageWeakRef(whole.untyped_storage()), storage
        return _alike(whole, held)

    def _tidy(self) -> None:
        if len(self._storages) > self._crowded:
            self._storages = {key: kept for key, kept in self._storages.items() if not kept[0].expired()}
            self._crowded = 2 * len(self._storages) + 1000


def _alike(other: torch.Tensor, held: torch.Tensor) -> torch.Tensor:
    """In the storage of ``other``, at the place that ``held`` has in its own."""
    place = held.storage_offset(), held.size(), held.stride()
    return torch.empty(0, dtype=held.dtype, device="meta").set_(other.untyped_storage(), *place)


_memory = _Memory()


# --- what is said about devices -----------------------------------------------------------------------------------


class _Names(TorchFunctionMode):
    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        args, kwargs = tuple(map(_numbered, args)), {key: _numbered(value) for key, value in (kwargs or {}).items()}
        if func in (torch.tensor, torch.as_tensor) and kwargs.get("device") == CUDA:
            needs_grad = kwargs.pop("requires_grad", False)
            return func(*args, **kwargs | {"device": CPU}).to(CUDA).requires_grad_(needs_grad)
        if func in (_TENSOR.__getitem__, _TENSOR.__setitem__):
            args = (args[0], tree_map(_index, args[1], is_leaf=lambda x: not isinstance(x, tuple)), *args[2:])
        if func is _TENSOR.cuda:
            return args[0].to(CUDA)
        if func in _ANSWERS and isinstance(args[0], _TENSOR) and args[0].is_meta:
            return _ANSWERS[func](args[0])
        return func(*args, **kwargs)


def _numbered(value: Any) -> Any:
    """PyTorch would ask the driver which GPU "cuda" is."""
    name = value.type if isinstance(value, torch.device) else value
    return CUDA if isinstance(name, str) and name == "cuda" else value


def _index(value: Any) -> Any:
    """A list or a range would become a tensor on "meta", without numbers, where nobody sees it."""
    return torch.tensor(list(value), device=CPU) if isinstance(value, list | range) else value


def _no_numpy(tensor: torch.Tensor) -> None:
    words = f"can't convert {CUDA} device type tensor to numpy."
    raise TypeError(f"{words} Use Tensor.cpu() to copy the tensor to host memory first.")


_ANSWERS: dict[Any, Any] = {
    _TENSOR.device.__get__: lambda tensor: CUDA,
    _TENSOR.is_cuda.__get__: lambda tensor: True,
    _TENSOR.is_meta.__get__: lambda tensor: False,
    _TENSOR.tolist: lambda tensor: tensor.cpu().tolist(),
    _TENSOR.__repr__: lambda tensor: f"{tensor.cpu()!r} on {CUDA}",
    _TENSOR.__deepcopy__: lambda tensor: tensor.detach().clone().requires_grad_(tensor.requires_grad),
    _TENSOR.numpy: _no_numpy,
    _TENSOR.__array__: _no_numpy,
}


# --- the numbers --------------------------------------------------------------------------------------------------


class _Numbers(TorchDispatchMode):
    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        with torch._C.DisableTorchFunction():
            return _computed(func, args, dict(kwargs or {}))


def _computed(func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    asked = kwargs.get("device")
    to_gpu = asked is not None and torch.device(asked).type in ("cuda", "meta")  # so PyTorch calls it from inside
    if to_gpu and kwargs.get("generator") is not None:
        raise RuntimeError("Expected a 'cuda' device type for generator but found 'cpu'")
    if asked is not None:
        kwargs["device"] = CPU
    flat, form = tree_flatten((args, kwargs))
    on_gpu, held = [], []  # pairs: the tensor, and its numbers
    for value in flat:
        found = _memory.numbers(value) if isinstance(value, _TENSOR) and value.is_meta else None
        held.append(value if found is None else found)
        if found is not None:
            on_gpu.append((value, found))
    _require_one_device(func._schema.name, flat, on_gpu)
    args, kwargs = tree_unflatten(held, form)
    result = func(*args, **kwargs)
    if func._schema.name == "aten::copy_":
        to_gpu = flat[0].is_meta
    elif asked is None:
        to_gpu = bool(on_gpu)
    return tree_map(lambda value: _put(value, on_gpu, to_gpu) if isinstance(value, _TENSOR) else value, result)


def _put(value: torch.Tensor, on_gpu: list[tuple[torch.Tensor, torch.Tensor]], to_gpu: bool) -> torch.Tensor:
    """What a program gets to see of a result."""
    for tensor, found in on_gpu:
        if found is value:  # changed in place
            if tensor.size() != value.size() or tensor.stride() != value.stride():
                tensor.as_strided_(value.size(), value.stride(), value.storage_offset())
            return tensor
    return _memory.put(value, [tensor for tensor, _ in on_gpu]) if to_gpu else value


def _require_one_device(name: str, flat: list[Any], on_gpu: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
    """As CUDA does: numbers alone may come from main memory, and indices, and what is copied."""
    if not on_gpu or name in ("aten::copy_", "aten::_to_copy") or (name in _INDEXING and flat[0].is_meta):
        return
    numbers_of_any_shape = name in _INDEXING
    if any(isinstance(x, _TENSOR) and not x.is_meta and (x.dim() or numbers_of_any_shape) for x in flat):
        raise RuntimeError(
            f"Expected all tensors to be on the same device, but found at least two devices, {CUDA} and cpu! ({name})"
        )
