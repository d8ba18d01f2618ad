"""The wire: what goes in comes out, and any other bytes are a protocol error."""

from __future__ import annotations

import math
import pickle
import struct
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Iterable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.worker import wire

from .hostile import grammatical, same, spoiled, tensor_bytes, values

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**200), 2**200) | st.floats(allow_nan=False) | st.text(),
    lambda children: (
        st.lists(children, max_size=4)
        | st.lists(children, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers(-5, 5), children, max_size=4)
    ),
    max_leaves=20,
)


@given(plain)
def test_plain_values_come_back_the_same(value: object) -> None:
    back = wire.decode(wire.encode(value))

    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("name", wire.DTYPES)
@pytest.mark.parametrize("shape", [(), (3,), (2, 0), (2, 3, 4)])
def test_tensors_come_back_the_same(name: str, shape: tuple[int, ...]) -> None:
    tensor = (torch.arange(math.prod(shape)) % 2).reshape(shape).to(getattr(torch, name))

    back = wire.decode(wire.encode(tensor))

    assert type(back) is torch.Tensor
    assert back.dtype == tensor.dtype
    assert torch.equal(back, tensor)


def test_what_a_tensor_looks_like_inside_does_not_cross() -> None:
    strange = torch.nn.Parameter(torch.arange(6.0).reshape(2, 3).T.conj())
    expanded = torch.ones(1).expand(3)

    back = wire.decode(wire.encode([strange, expanded]))

    assert all(type(tensor) is torch.Tensor and not tensor.requires_grad for tensor in back)
    assert back[1].is_contiguous()
    assert torch.equal(back[0], strange)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 0, 2), (2, 1, 0)])
def test_a_permuted_tensor_arrives_permuted(order: tuple[int, ...]) -> None:
    tensor = torch.arange(24.0).reshape(2, 3, 4).permute(order)

    back = wire.decode(wire.encode(tensor))

    assert torch.equal(back, tensor)
    assert back.stride() == tensor.stride()


@pytest.mark.parametrize(
    "tensor",
    [
        torch.zeros(3, 4)[:, :1].T,
        torch.zeros(2, 0, 3).permute(2, 1, 0),
        torch.ones(1).expand(2, 1, 3),
        torch.ones(1, 1),
    ],
    ids=["one row", "empty", "expanded", "ones"],
)
def test_a_tensor_is_sent_on_as_it_arrived(tensor: torch.Tensor) -> None:
    sent = wire.encode(tensor)

    assert wire.encode(wire.decode(sent)) == sent


def test_what_is_foreign_is_sent_on_under_its_name() -> None:
    assert wire.decode(wire.encode(wire.Foreign("a.B"))).type_name == "a.B"


def test_a_state_dict_crosses_as_a_dict() -> None:
    assert wire.decode(wire.encode(OrderedDict(a=1))) == {"a": 1}


@pytest.mark.parametrize(("value", "length"), [(127, 1), (128, 2), (-128, 1), (-129, 2), (-(2**255), 32)])
def test_an_integer_takes_as_few_bytes_as_it_can(value: int, length: int) -> None:
    sent = wire.encode(value)

    assert (len(sent), wire.decode(sent)) == (2 + length, value)


def frame_header(rest: bytes) -> bytes:
    return wire.MAGIC + rest.ljust(wire.HEADER.size - len(wire.MAGIC), b"\0")


class AlwaysEqual:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class Fake(torch.Tensor):
    pass


@pytest.mark.parametrize("value", [AlwaysEqual(), len, torch.zeros(2).to_sparse(), torch.device("meta"), {1, 2}, b"x"])
def test_anything_else_crosses_as_its_type_name_only(value: object) -> None:
    back = wire.decode(wire.encode(value))

    assert type(back) is wire.Foreign
    assert back != wire.decode(wire.encode(value))  # equal to nothing but itself


def test_a_tensor_subclass_crosses_as_its_numbers() -> None:
    assert type(wire.decode(wire.encode(torch.ones(2).as_subclass(Fake)))) is torch.Tensor


@pytest.mark.parametrize(
    "value",
    [
        2**300,
        "x" * (wire.MAX_TEXT + 1),
        [None] * (wire.MAX_NODES + 1),
        [torch.zeros(())] * (wire.MAX_TENSORS + 1),
        {(1, 2): 3},
        {2**61: 1},
        {"\ud800": 1, "?": 2},
        dict.fromkeys(range(wire.MAX_INT_KEYS + 1)),
        torch.zeros(1).expand(2**40),
        torch.zeros(2**21, 0, 2**21),
        torch.zeros(wire.MAX_FRAME, dtype=torch.int16),
    ],
    ids=[
        "int",
        "text",
        "nodes",
        "tensors",
        "key",
        "key too large",
        "keys that become one",
        "too many keys",
        "expanded",
        "empty",
        "large",
    ],
)
def test_values_out_of_bounds_are_refused_by_the_sender(value: object) -> None:
    with pytest.raises(wire.Unsendable):
        wire.encode(value)


def test_a_value_that_holds_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)

    with pytest.raises(wire.Unsendable):
        wire.encode(loop)


def decode_or_refuse(data: bytes) -> None:
    """A value or a protocol error; and a value is sent on as what it is, in one way only."""
    try:
        value = wire.decode(data)
    except wire.ProtocolError:
        return
    sent = wire.encode(value)
    assert same(wire.decode(sent), value)
    assert wire.encode(wire.decode(sent)) == sent


@given(st.binary(max_size=300))
@settings(max_examples=500)
def test_any_bytes_are_a_value_or_a_protocol_error(data: bytes) -> None:
    decode_or_refuse(data)


@given(grammatical)
@settings(max_examples=300, deadline=None)
def test_what_the_grammar_can_say_is_a_value_or_a_protocol_error(data: bytes) -> None:
    decode_or_refuse(data)


@given(spoiled(values.map(wire.encode) | grammatical))
@settings(max_examples=300, deadline=None)
def test_a_spoiled_message_is_a_value_or_a_protocol_error(data: bytes) -> None:
    decode_or_refuse(data)


@given(values)
@settings(max_examples=300, deadline=None)
def test_every_value_comes_back_bit_for_bit(value: object) -> None:
    sent = wire.encode(value)

    assert same(wire.decode(sent), value)
    assert wire.encode(wire.decode(sent)) == sent


@given(st.binary(min_size=wire.HEADER.size, max_size=wire.HEADER.size) | st.binary(max_size=16).map(frame_header))
def test_any_header_is_a_length_within_bounds_or_a_protocol_error(header: bytes) -> None:
    try:
        request_id, length = wire.parse_header(header)
    except wire.ProtocolError:
        return
    assert (len(request_id), header[:4]) == (wire.ID_BYTES, wire.MAGIC)
    assert 0 <= length <= wire.MAX_FRAME


def dict_bytes(keys: Iterable[bytes]) -> bytes:
    entries = [key + b"N" for key in keys]
    return b"d" + struct.pack("<I", len(entries)) + b"".join(entries)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"?",
        b"NN",
        b"l" + b"\xff" * 4,
        b"l\1\0\0\0" * 40 + b"N",
        b"i\0",
        b"s\1\0\0\0\xff",
        b"d\2\0\0\0" + b"i\1\1N" * 2,
        b"d\1\0\0\0NN",
        dict_bytes([wire.encode(2**61 - 1)]),
        dict_bytes(wire.encode(key) for key in range(wire.MAX_INT_KEYS + 1)),
        tensor_bytes(200, 0, [1], b"1234"),
        tensor_bytes(0, 7, [1], b"1234"),
        tensor_bytes(0, 0, [2**32, 2**32], b""),
        tensor_bytes(0, 0, [2**63, 0], b""),
        tensor_bytes(0, 0, [0, 2**40, 2**40], b""),
        tensor_bytes(0, 0, [2], b"1234"),
        tensor_bytes(9, 0, [2], b"\1\2"),
        tensor_bytes(0, 0, [1, 1], b"1234", order=b"\0\0"),
        b"l" + struct.pack("<I", wire.MAX_TENSORS + 1) + (wire.MAX_TENSORS + 1) * tensor_bytes(0, 0, [], b"1234"),
        b"x" + struct.pack("<I", wire.MAX_NAME + 1) + (wire.MAX_NAME + 1) * b"x",
    ],
    ids=(  # noqa: SIM905
        "nothing,unknown tag,trailing,long list,deep,empty int,not UTF-8,key twice,odd key,key too large,"
        "too many int keys,dtype,device,overflow,negative,empty and huge,short body,bool bytes,no order,"
        "tensors,long name of a type"
    ).split(","),
)
def test_lies_are_protocol_errors(data: bytes) -> None:
    with pytest.raises(wire.ProtocolError):
        wire.decode(data)


def test_a_header_is_checked_before_anything_is_allocated() -> None:
    with pytest.raises(wire.ProtocolError):
        wire.parse_header(wire.HEADER.pack(wire.MAGIC, bytes(8), 2**62))
    with pytest.raises(wire.ProtocolError):
        wire.parse_header(wire.HEADER.pack(b"HTTP", bytes(8), 1))


# --- memory -------------------------------------------------------------------------------------------------------

# In a process of its own, for what torch allocates is seen by the system only; each frame in a fork of it.
PEAKS = """
import os, pickle, resource, sys
from grader.worker import wire
frames = pickle.load(sys.stdin.buffer)
wire.decode(wire.encode(__import__("torch").ones(3)))
for frame in frames:
    sys.stdout.flush()
    if os.fork() == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            value = wire.decode(frame)
        except wire.ProtocolError:
            pass
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


def items(count: int, item: bytes, claimed: int | None = None) -> bytes:
    return b"l" + struct.pack("<I", claimed or count) + item * count


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss")
def test_memory_is_bounded_by_the_frame() -> None:
    """Four bytes for one of a text in which one character is rare; at most two KB for a value that is a tensor."""
    one_number = tensor_bytes(8, 0, [1] * 16, b"\1")
    rare = "😀".encode() + bytes(2**20 - 4)
    frames = {
        "a claim of 100 000 values": items(1000, b"N", claimed=100_000),
        "claims in claims": b"".join(items(0, b"", claimed=900 - 5 * depth) for depth in range(30)) + b"N" * 800,
        "a claim of 4 GB of text": b"s" + b"\xff" * 4 + bytes(1000),
        "a claim of 2**40 numbers": tensor_bytes(0, 0, [2**40], bytes(1000)),
        "no numbers, and huge": tensor_bytes(0, 0, [2**20, 0, 2**20], b""),
        "small tensors": items(200, tensor_bytes(8, 0, [], b"\1")),
        "many small tensors": items(wire.MAX_NODES - 1, one_number),
        "wide text": items(8, b"s" + struct.pack("<I", 2**20) + rare),
    }

    sent = pickle.dumps(list(frames.values()))
    done = subprocess.run([sys.executable, "-c", PEAKS], input=sent, capture_output=True, check=True)

    peaks = dict(zip(frames, map(int, done.stdout.split()), strict=True))  # in KB
    assert all(peak < 8 * 1024 for name, peak in peaks.items() if len(frames[name]) < 2000), peaks
    assert peaks["many small tensors"] < 2 * wire.MAX_NODES
    assert peaks["wide text"] < 4 * 8 * 1024 + 8 * 1024
