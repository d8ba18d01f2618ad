"""A worker as a plain subprocess: the same answers, the same limits on time, no layer."""

from __future__ import annotations

import pytest
import torch

from grader.link import WorkerEnded
from grader.plain import PlainSandbox
from grader.sandbox import Limits


def test_a_plain_worker() -> None:
    source = "import os\ndef f(x):\n    print('hello')\n    return 2 * x\n\ndef stop():\n    os._exit(3)\n"
    sandbox = PlainSandbox()
    link = sandbox.worker(Limits())
    link.ask({"op": "load", "name": "code", "source": source, "probes": None}, 5.0)

    body = {"op": "call", "name": "f", "args": [torch.ones(2)], "kwargs": {}, "seed": 1}
    assert torch.equal(link.ask(body, 5.0)["value"], torch.full((2,), 2.0))
    with pytest.raises(WorkerEnded, match="exit status 3"):
        link.ask(body | {"name": "stop", "args": []}, 5.0)
    assert not any(layer.on for layer in sandbox.layers)


def test_a_loop_in_a_plain_worker_is_stopped() -> None:
    link = PlainSandbox().worker(Limits())
    link.ask({"op": "load", "name": "code", "source": "def f():\n    while True:\n        pass\n", "probes": None}, 5.0)

    with pytest.raises(WorkerEnded) as ended:
        link.ask({"op": "call", "name": "f", "args": [], "kwargs": {}, "seed": None}, 0.3)

    assert ended.value.cause == "cpu"
