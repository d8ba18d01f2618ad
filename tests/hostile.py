"""What a hostile worker may send: values of every kind, bytes made by the grammar with lies in it, spoiled messages."""

from __future__ import annotations

import struct
from typing import Any

import torch
from hypothesis import strategies as st

from grader.worker import wire

Bytes = st.SearchStrategy[bytes]
Draw = st.DrawFn

HUGE = [2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**40 + 1, 2**62, 2**63, 2**64 - 1]


def dtype_of(code: int) -> torch.dtype:
    dtype = getattr(torch, wire.DTYPES[code])
    assert isinstance(dtype, torch.dtype)
    return dtype


# --- values that the wire carries ---------------------------------------------------------------------------------


@st.composite
def tensors(draw: Draw) -> torch.Tensor:
    """Of every dtype, with any bits in it, dense or permuted, with and without entries."""
    shape = draw(st.lists(st.integers(0, 3), max_size=4))
    dtype = dtype_of(draw(st.integers(0, len(wire.DTYPES) - 1)))
    size = torch.Size(shape).numel() * dtype.itemsize
    body = draw(st.binary(min_size=size, max_size=size))
    if dtype is torch.bool:
        body = bytes(byte & 1 for byte in body)
    flat = torch.frombuffer(bytearray(body), dtype=dtype) if body else torch.empty(0, dtype=dtype)
    return flat.reshape(shape).permute(draw(st.permutations(range(len(shape)))))


floats = st.binary(min_size=8, max_size=8).map(lambda bits: float(struct.unpack("<d", bits)[0]))  # every NaN
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**255), 2**255 - 1)
    | floats
    | st.builds(complex, floats, floats)
    | st.text(max_size=8)
    | st.builds(wire.Foreign, st.text(max_size=8))
    | tensors()
)
values = st.recursive(
    leaves,
    lambda children: (
        st.lists(children, max_size=4)
        | st.lists(children, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3) | st.integers(1 - wire.MAX_KEY, wire.MAX_KEY - 1), children, max_size=4)
    ),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Bit for bit: type, structure, order of keys, every number; NaN is NaN with the same bits."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if isinstance(one, torch.Tensor):
        return (one.dtype, one.shape) == (other.dtype, other.shape) and _bits(one) == _bits(other)
    if isinstance(one, wire.Foreign):
        return one.type_name == other.type_name
    if isinstance(one, float | complex):
        return _bits_of_number(one) == _bits_of_number(other)
    return bool(one == other)


def _bits(tensor: torch.Tensor) -> bytes:
    flat = tensor.contiguous().reshape(-1)
    return bytes(flat.view(torch.uint8).tolist()) if tensor.numel() else b""


def _bits_of_number(number: complex) -> bytes:
    return struct.pack("<dd", number.real, number.imag)


# --- bytes made by the grammar, with lies -------------------------------------------------------------------------


def claims(truth: int) -> st.SearchStrategy[int]:
    """A length: the true one, most often."""
    near = st.integers(max(0, truth - 2), truth + 2)
    return st.just(truth) | st.just(truth) | near | st.sampled_from([n for n in HUGE if n < 2**32])


@st.composite
def _number(draw: Draw) -> bytes:
    tag, width = draw(st.sampled_from([(b"f", 8), (b"c", 16), (b"i", 1), (b"i", 9), (b"i", 32), (b"i", 33)]))
    length = bytes([draw(claims(width)) & 255]) if tag == b"i" else b""
    return tag + length + draw(st.binary(min_size=width, max_size=width))


@st.composite
def _text(draw: Draw) -> bytes:
    odd = st.sampled_from([b"\xed\xa0\x80", b"\xff", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J", b"\0"])
    data = draw(st.text(max_size=6).map(str.encode) | odd | st.binary(max_size=6))
    return draw(st.sampled_from([b"s", b"s", b"x"])) + struct.pack("<I", draw(claims(len(data)))) + data


@st.composite
def _tensor(draw: Draw) -> bytes:
    shape = draw(st.lists(st.integers(0, 3) | st.sampled_from([0, *HUGE]), max_size=5) | st.just([1] * 17))
    code = draw(st.integers(0, len(wire.DTYPES) + 1) | st.just(wire.DTYPES.index("bool")))
    order = draw(st.permutations(range(len(shape))).map(bytes) | st.binary(min_size=len(shape), max_size=len(shape)))
    size = torch.Size([n % 4 for n in shape]).numel() * (dtype_of(code).itemsize if code < len(wire.DTYPES) else 1)
    body = draw(st.binary(min_size=size, max_size=size) | st.just(b"\1" * size) | st.binary(max_size=9))
    return tensor_bytes(code, draw(st.sampled_from([0, 0, 0, 1, 2, 255])), shape, body, order)


def tensor_bytes(dtype: int, device: int, dims: list[int], body: bytes, order: bytes | None = None) -> bytes:
    head = b"r" + bytes([dtype, device, len(dims)]) + struct.pack(f"<{len(dims)}Q", *dims)
    return head + (bytes(range(len(dims))) if order is None else order) + body


@st.composite
def _container(draw: Draw, children: Bytes) -> bytes:
    tag = draw(st.sampled_from([b"l", b"t", b"d", b"d"]))
    items = draw(st.lists(children, max_size=4))
    if tag == b"d":  # keys from a few: some stand twice, some are NaN or no keys at all
        keys = st.sampled_from([wire.encode(key) for key in ("a", "", 1, -1, 2**61 - 1, float("nan"), True, None)])
        items = [draw(keys | children) + item for item in items]
    return tag + struct.pack("<I", draw(claims(len(items)))) + b"".join(items)


_deep = st.builds(
    lambda tag, depth: (tag + b"\1\0\0\0") * depth + b"N", st.sampled_from([b"l", b"t"]), st.integers(1, 99)
)
grammatical = st.recursive(
    st.sampled_from([b"N", b"T", b"F"]) | _number() | _text() | _tensor() | _deep, _container, max_leaves=10
)


# --- spoiled messages ---------------------------------------------------------------------------------------------


@st.composite
def spoiled(draw: Draw, messages: Bytes) -> bytes:
    """A message that was right, or two of them, with up to four injuries."""
    data = bytearray(draw(messages))
    for _ in range(draw(st.integers(1, 4))):
        begin, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        match draw(st.sampled_from(["flip", "cut", "insert", "double", "splice", "field"])):
            case "flip" if begin < len(data):
                data[begin] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[begin:end]
            case "insert":
                data[begin:begin] = draw(st.binary(max_size=9))
            case "double":
                data[end:end] = data[begin:end]
            case "splice":
                data[begin:] = draw(messages)[begin:]
            case "field":  # a length, a dimension
                data[begin : begin + 8] = struct.pack("<Q", draw(st.sampled_from([0, 1, *HUGE])))
    return bytes(data)
