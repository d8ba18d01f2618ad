"""What crosses the wall: frames of strictly decoded plain data.

A *value* is ``None``, ``bool``, ``int``, ``float``, ``complex``, ``str``, ``list``, ``tuple``, ``dict`` (keys: ``str``
or ``int``), a dense ``torch.Tensor``, or a :class:`Foreign` that stands for anything else. A *frame* is a fixed header
(magic, request id, length) and one encoded value. There is no tag for code, for a class or for a handle, so decoding
can build nothing but the data listed here; every violation is a :class:`ProtocolError`.

The encoding is binary and canonical: one tag byte, then a fixed-width payload (little endian). JSON was not used
because its text form of numbers needs rules of its own (NaN, huge ints, duplicate keys), and because tensors would
need a second channel.
"""

from __future__ import annotations

import functools
import math
import struct
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

MAGIC = b"GST1"
HEADER = struct.Struct("<4s8sQ")
ID_BYTES = 8

MAX_FRAME = 64 * 2**20  # bytes of one frame, header excluded
MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_TENSORS = 10_000  # of one value: a tensor costs a reader far more than a number
MAX_TEXT = 2**20  # bytes of one string
SHORT_TEXT = 32  # characters
MAX_NAME = 200  # characters of the name of a type
MAX_INT = 32  # bytes of one integer
# Unlike those of strings, hashes of integers are no secret, and a dict whose keys meet takes quadratic time: hashes
# repeat from 2**61 - 1 on, and below that keys can still be chosen to meet in the table.
MAX_KEY = 2**60
MAX_INT_KEYS = 10_000  # of one dict
MAX_DIMS = 16
MAX_EXTENT = 2**40  # product of a tensor's dimensions that are not 0: beyond, torch refuses even what holds no numbers

OUT_OF_MEMORY = 113  # exit status of a worker that has no room left for an answer; a number that few others use

_LENGTH = struct.Struct("<I")
_FLOAT = struct.Struct("<d")
_COMPLEX = struct.Struct("<dd")
_TENSOR = struct.Struct("<BBB")  # dtype, device, number of dimensions; then the shape, then the order in memory
_SHAPES = tuple(struct.Struct(f"<{dims}Q") for dims in range(MAX_DIMS + 1))
_IN_ORDER = tuple(bytes(range(dims)) for dims in range(MAX_DIMS + 1))

# The position is the code on the wire: append, never reorder.
DTYPES = (
    "float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool",
    "complex64", "complex128",
)  # fmt: skip
DEVICES = ("cpu", "cuda")


class ProtocolError(Exception):
    """The bytes are not a frame or a value of this protocol."""


class Unsendable(Exception):
    """A value breaks a bound of the protocol (too large, too deep, a dict with odd keys)."""


@dataclass(frozen=True, eq=False)
class Foreign:
    """Stands where a student returned something that is not plain data; compares equal to nothing but itself."""

    type_name: str

    def __repr__(self) -> str:
        return f"<an object of type {self.type_name}>"


class Encoded:
    """A value, encoded once, to be sent as an item or an entry of several others."""

    def __init__(self, value: object) -> None:
        encoder = _Encoder()
        self.data = encoder.encode(value, 1)
        self.nodes = encoder.nodes
        self.tensors = encoder.tensors


# --- encoding -----------------------------------------------------------------------------------------------------


def encode(value: object) -> bytes:
    """The bytes of ``value``; raises :class:`Unsendable` when it breaks a bound."""
    return _Encoder().encode(value, 0)


class _Encoder:
    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.nodes = 0
        self.tensors = 0
        self.size = 0

    def encode(self, value: object, depth: int) -> bytes:
        self.put(value, depth)
        data = b"".join(self.parts)
        _require_room(len(data))
        return data

    def add(self, piece: bytes) -> None:
        """A piece that may be large; of small ones there are :data:`MAX_NODES` at most, which always fit."""
        self.size += len(piece)
        _require_room(self.size)
        self.parts.append(piece)

    def put(self, value: Any, depth: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Unsendable(f"more than {MAX_NODES} values in one answer")
        if depth > MAX_DEPTH:
            raise Unsendable(f"something nested more than {MAX_DEPTH} levels deep")
        _PUT.get(type(value), _Encoder._tensor_or_foreign)(self, value, depth)  # exact types: a subclass may lie

    def _encoded(self, value: Encoded, depth: int) -> None:
        self.nodes += value.nodes
        self.tensors += value.tensors
        if self.nodes > MAX_NODES or self.tensors > MAX_TENSORS:
            raise Unsendable(f"more than {MAX_NODES} values, or {MAX_TENSORS} tensors, in one answer")
        self.add(value.data)

    def _sequence(self, value: list[Any] | tuple[Any, ...], depth: int) -> None:
        self.parts.append((b"l" if type(value) is list else b"t") + _LENGTH.pack(len(value)))
        for item in value:
            self.put(item, depth + 1)

    def _int(self, value: int, depth: int) -> None:
        length = (max(value, ~value).bit_length() + 8) // 8  # one bit for the sign
        if length > MAX_INT:
            raise Unsendable(f"an integer of more than {MAX_INT * 8} bits")
        self.parts.append(b"i" + bytes([length]) + value.to_bytes(length, "little", signed=True))

    def _str(self, value: str, depth: int) -> None:
        if len(value) <= SHORT_TEXT:
            self.parts.append(_short_text(value))
        else:
            self.add(_text(b"s", value))

    def _dict(self, value: dict[Any, Any], depth: int) -> None:
        self.parts.append(b"d" + _LENGTH.pack(len(value)))
        integers = 0
        for key, item in value.items():
            if type(key) is str:
                if not key.isascii() and _has_surrogates(key):  # two of them would become one
                    raise Unsendable("a dict with a key that is not valid Unicode")
            elif _is_key(key):
                integers += 1
                if integers > MAX_INT_KEYS:
                    raise Unsendable(f"a dict of more than {MAX_INT_KEYS} integers")
            else:
                raise Unsendable(f"a dict with a key of type {type(key).__name__}; use str or int (below 2**60)")
            self.nodes += 1
            _PUT[type(key)](self, key, depth)
            self.put(item, depth + 1)

    def _tensor_or_foreign(self, value: Any, depth: int) -> None:
        import torch

        if isinstance(value, torch.Tensor) and value.layout is torch.strided and not value.is_meta:
            self._tensor(value.detach())
        elif type(value) is Foreign:
            self.add(_text(b"x", value.type_name))
        else:
            name = f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")
            self.add(_text(b"x", name[:MAX_NAME]))

    def _tensor(self, tensor: torch.Tensor) -> None:
        import torch

        code = _codes().get(tensor.dtype)
        device = tensor.device.type
        if code is None or device not in DEVICES or tensor.dim() > MAX_DIMS:
            name = str(tensor.dtype).removeprefix("torch.")
            self.add(_text(b"x", f"torch.Tensor of dtype {name} on {device} with {tensor.dim()} dimensions"))
            return
        count = tensor.numel()
        if count * tensor.element_size() > MAX_FRAME:  # also stops an expanded view before it is copied
            raise Unsendable(f"a tensor of more than {MAX_FRAME // 2**20} MB")
        self.tensors += 1
        if self.tensors > MAX_TENSORS:
            raise Unsendable(f"more than {MAX_TENSORS} tensors in one answer")
        if not count and _extent(tensor.shape) > MAX_EXTENT:
            raise Unsendable(f"a tensor of shape {tuple(tensor.shape)}")
        as_it_lies = device == "cpu" and tensor.is_contiguous() and not tensor.is_conj() and not tensor.is_neg()
        dims = tensor.dim()
        order = _IN_ORDER[dims] if as_it_lies else bytes(_order_in_memory(tensor))
        head = _TENSOR.pack(code, DEVICES.index(device), dims)
        self.parts.append(b"r" + head + _SHAPES[dims].pack(*tensor.shape) + order)
        if not count:
            return
        if not as_it_lies:
            tensor = tensor.permute(list(order)).resolve_conj().resolve_neg().cpu().contiguous()
        if tensor.dtype is torch.bfloat16:  # numpy has no such numbers
            tensor = tensor.view(torch.int16)
        self.add(tensor.numpy().tobytes())


_PUT: dict[type, Callable[[_Encoder, Any, int], None]] = {
    type(None): lambda encoder, value, depth: encoder.parts.append(b"N"),
    bool: lambda encoder, value, depth: encoder.parts.append(b"T" if value else b"F"),
    int: _Encoder._int,
    float: lambda encoder, value, depth: encoder.parts.append(b"f" + _FLOAT.pack(value)),
    complex: lambda encoder, value, depth: encoder.parts.append(b"c" + _COMPLEX.pack(value.real, value.imag)),
    str: _Encoder._str,
    list: _Encoder._sequence,
    tuple: _Encoder._sequence,
    dict: _Encoder._dict,
    OrderedDict: _Encoder._dict,  # what a state_dict() is
    Encoded: _Encoder._encoded,
}


def _require_room(size: int) -> None:
    if size > MAX_FRAME:
        raise Unsendable(f"more than {MAX_FRAME // 2**20} MB of data")


def _text(tag: bytes, value: str) -> bytes:
    data = value.encode("utf-8", "replace")  # lone surrogates become "?"
    if len(data) > MAX_TEXT:
        raise Unsendable(f"a string of more than {MAX_TEXT // 2**20} MB")
    return tag + _LENGTH.pack(len(data)) + data


@functools.lru_cache(maxsize=256)
def _short_text(value: str) -> bytes:
    """The same few keys and names are in every message."""
    return _text(b"s", value)


@functools.cache
def _dtypes() -> tuple[torch.dtype, ...]:
    import torch

    return tuple(getattr(torch, name) for name in DTYPES)


@functools.cache
def _codes() -> dict[torch.dtype, int]:
    return {dtype: code for code, dtype in enumerate(_dtypes())}


def _order_in_memory(tensor: torch.Tensor) -> list[int]:
    """The dimensions from the slowest to the fastest, so that a transposed tensor arrives transposed.

    Strides of dimensions of one entry mean nothing: each goes with the next one that has more. So a tensor that has
    arrived is sent on in the same order.
    """
    if not tensor.numel():
        return list(range(tensor.dim()))
    keys: list[tuple[float, int]] = []
    for dim in reversed(range(tensor.dim())):
        behind = keys[-1] if keys else (math.inf, tensor.dim())
        keys.append((-tensor.stride(dim), dim) if tensor.shape[dim] != 1 else behind)
    keys.reverse()
    return sorted(range(tensor.dim()), key=keys.__getitem__)


def _extent(shape: Sequence[int]) -> int:
    """What torch computes strides with: the product of the dimensions that are not 0."""
    return math.prod(filter(None, shape))


def _is_key(key: Any) -> bool:
    return type(key) is str or (type(key) is int and abs(key) < MAX_KEY)


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


# --- decoding -----------------------------------------------------------------------------------------------------


_accelerator = "cpu"


def use_accelerator(device: str) -> None:
    """Where this process rebuilds tensors that lay on an accelerator: "cuda", or "cpu" (at first) when it has none."""
    global _accelerator
    _accelerator = device


def accelerator() -> str:
    """What :func:`use_accelerator` was last told."""
    return _accelerator


def decode(data: bytes | bytearray | memoryview) -> Any:
    """The one value that ``data`` holds; anything else raises :class:`ProtocolError`."""
    decoder = _Decoder(memoryview(data), _accelerator)
    value = decoder.take(0)
    if decoder.at != len(decoder.data):
        raise ProtocolError("bytes after the end of the value")
    return value


class _Decoder:
    def __init__(self, data: memoryview, accelerator: str) -> None:
        self.data = data
        self.size = len(data)
        self.at = 0
        self.nodes = 0
        self.tensors = 0
        self.accelerator = accelerator

    def raw(self, count: int) -> memoryview:
        start = self.at
        self.at = end = start + count
        if end > self.size:
            raise ProtocolError("the value ends too early")
        return self.data[start:end]

    def length(self) -> int:
        at = self.at
        self.at = at = at + 4
        if at > self.size:
            raise ProtocolError("the value ends too early")
        count: int = _LENGTH.unpack_from(self.data, at - 4)[0]
        if count > self.size - at:  # every item needs a byte at least
            raise ProtocolError("a length that the frame cannot hold")
        return count

    def take(self, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise ProtocolError("too many values or too deeply nested")
        at = self.at
        if at >= self.size:
            raise ProtocolError("the value ends too early")
        self.at = at + 1
        take = _TAKE.get(self.data[at])
        if take is None:
            raise ProtocolError("an unknown tag")
        return take(self, depth)

    def _list(self, depth: int) -> list[Any]:
        return [self.take(depth + 1) for _ in range(self.length())]

    def _int(self, depth: int) -> int:
        length = self.raw(1)[0]
        if not 1 <= length <= MAX_INT:
            raise ProtocolError("an integer out of bounds")
        return int.from_bytes(self.raw(length), "little", signed=True)

    def _text(self, depth: int) -> str:
        length = self.length()
        if length > MAX_TEXT:
            raise ProtocolError("a string out of bounds")
        try:
            return str(self.raw(length), "utf-8", "strict")
        except UnicodeDecodeError:
            raise ProtocolError("a string that is not UTF-8") from None

    def _foreign(self, depth: int) -> Foreign:
        name = self._text(depth)
        if len(name) > MAX_NAME:
            raise ProtocolError("the name of a type out of bounds")
        return Foreign(name)

    def _dict(self, depth: int) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        integers = 0
        for _ in range(self.length()):
            key = self.take(depth + 1)
            if type(key) is not str:
                integers += 1
            if not _is_key(key) or integers > MAX_INT_KEYS or key in result:
                raise ProtocolError("a dict key that is neither str nor int, out of bounds, or stands twice")
            result[key] = self.take(depth + 1)
        return result

    def _tensor(self, depth: int) -> torch.Tensor:
        import torch

        self.tensors += 1
        if self.tensors > MAX_TENSORS:
            raise ProtocolError("too many tensors")
        dtype_code, device_code, dims = _TENSOR.unpack(self.raw(3))
        if dtype_code >= len(DTYPES) or device_code >= len(DEVICES) or dims > MAX_DIMS:
            raise ProtocolError("a tensor of unknown dtype, device or rank")
        dtype = _dtypes()[dtype_code]
        shape = _SHAPES[dims].unpack(self.raw(8 * dims))
        order = bytes(self.raw(dims))
        if order != _IN_ORDER[dims] and bytes(sorted(order)) != _IN_ORDER[dims]:
            raise ProtocolError("a tensor whose dimensions are in no order")
        count = math.prod(shape)  # Python integers: no overflow to hide in
        if (count or _extent(shape)) > MAX_EXTENT or count * dtype.itemsize > self.size - self.at:
            raise ProtocolError("a tensor larger than the frame")
        if count == 0:
            tensor = torch.empty(shape, dtype=dtype)
        else:
            body = bytearray(self.raw(count * dtype.itemsize))  # one private copy, never shared memory
            if dtype is torch.bool and max(body) > 1:
                raise ProtocolError("a bool tensor with bytes other than 0 and 1")
            tensor = torch.frombuffer(body, dtype=dtype)
            if order == _IN_ORDER[dims]:
                tensor = tensor.view(shape)
            else:
                tensor = tensor.view([shape[dim] for dim in order]).permute([order.index(dim) for dim in range(dims)])
        return tensor if DEVICES[device_code] == "cpu" else tensor.to(self.accelerator)


_TAKE: dict[int, Callable[[_Decoder, int], Any]] = {
    ord("N"): lambda decoder, depth: None,
    ord("T"): lambda decoder, depth: True,
    ord("F"): lambda decoder, depth: False,
    ord("i"): _Decoder._int,
    ord("f"): lambda decoder, depth: _FLOAT.unpack(decoder.raw(8))[0],
    ord("c"): lambda decoder, depth: complex(*_COMPLEX.unpack(decoder.raw(16))),
    ord("s"): _Decoder._text,
    ord("x"): _Decoder._foreign,
    ord("l"): _Decoder._list,
    ord("t"): lambda decoder, depth: tuple(decoder._list(depth)),
    ord("d"): _Decoder._dict,
    ord("r"): _Decoder._tensor,
}


# --- frames -------------------------------------------------------------------------------------------------------


def frame(request_id: bytes, value: object) -> bytes:
    """``value`` as a frame that echoes ``request_id`` (8 bytes)."""
    body = encode(value)
    return HEADER.pack(MAGIC, request_id, len(body)) + body


def parse_header(header: bytes | bytearray) -> tuple[bytes, int]:
    """The request id and the length of the body that follows; checked before anything is allocated."""
    magic, request_id, length = HEADER.unpack(header)
    if magic != MAGIC:
        raise ProtocolError("bytes that are not an answer")
    if length > MAX_FRAME:
        raise ProtocolError(f"an answer of more than {MAX_FRAME // 2**20} MB")
    return request_id, length
