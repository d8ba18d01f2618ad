"""Grading on a GPU: what can be shown without one, and, marked ``gpu``, what cannot."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import devices, sandbox
from grader.devices import Turn
from grader.exercise import Course
from grader.grading import Grader, Settings
from grader.link import SandboxBroken, WorkerEnded
from grader.result import Outcome
from grader.sandbox import Limits, Sandbox
from grader.student import Conversation
from grader.submission import Submission

from .conftest import REPOSITORY
from .fake_cuda import FakeDriver, fake_cuda
from .gpu import compare

COURSE = Course.open(REPOSITORY)
WHY_NOT = devices.driver.why_not()
gpu = [pytest.mark.gpu, pytest.mark.skipif(bool(WHY_NOT), reason=f"no GPU: {WHY_NOT}")]


# --- the course, on a GPU that is not there -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["forward/linear", "loss/cross_entropy", "backward/linear"])
def test_right_code_keeps_its_tensors_together(name: str) -> None:
    exercise = COURSE.exercise(name)
    paths = list(compare.variants(exercise, wrong=name == "backward/linear"))
    on_cpu = compare.verdicts(exercise, "cpu", paths)

    with fake_cuda():
        on_cuda = compare.verdicts(exercise, "cuda", paths, compare.FAKE_SECONDS)

    assert compare.differences(exercise, on_cpu, on_cuda) == []
    assert {verdict.outcome for verdict in on_cuda[exercise.code]} == {Outcome.PASSED}


def test_code_that_forgets_the_device_is_told(tmp_path: Path) -> None:
    exercise = COURSE.exercise("loss/cross_entropy")
    path = tmp_path / "forgets.py"
    path.write_text(
        "import torch\n\ndef cross_entropy(input, target):\n"
        "    rows = torch.zeros(input.shape) + input\n"
        "    return torch.nn.functional.cross_entropy(rows, target)\n"
    )

    with fake_cuda():
        verdicts = compare.verdicts(exercise, "cuda", [path])[path]

    assert all("same device" in verdict.feedback for verdict in verdicts if verdict.outcome is Outcome.CRASHED)
    assert sum(verdict.outcome is Outcome.CRASHED for verdict in verdicts) > len(verdicts) / 2


# --- a worker for a GPU, with stand-ins for its files ---------------------------------------------------------------


class StandIn(Turn):
    """Where GPUs have files of NVIDIA's, two that every Linux has: /dev/zero is the worker's, /dev/full another's."""

    @property
    def nodes(self) -> tuple[str, ...]:
        return ("/dev/zero",)


@pytest.fixture(scope="module")
def driver() -> Iterator[FakeDriver]:
    with pytest.MonkeyPatch.context() as patch:
        fake = FakeDriver(80_000)
        patch.setattr(devices, "driver", fake)
        patch.setattr(devices, "FREED_SECONDS", 0.2)
        yield fake


# For root there is no bubblewrap around a GPU's workers: see grader.sandbox.
@pytest.fixture(scope="module", params=[()] if os.geteuid() == 0 else [(), ("bubblewrap",)])
def on_stand_in(
    request: pytest.FixtureRequest, driver: FakeDriver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sandbox]:
    """Workers as for a GPU, all layers on and tried out, that do not start CUDA."""
    folder = tmp_path_factory.mktemp("far-side") / "worker"
    folder.parent.chmod(0o755)
    shutil.copytree(sandbox.WORKER_FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (folder / "accelerator.py").read_text()
    (folder / "accelerator.py").write_text(text + "\n\ndef prepare(gpu, share):\n    pass\n")
    turn = StandIn(driver.gpus()[0], 60_000, alone=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "WORKER_FOLDER", folder)
        opened = Sandbox(devices=("/dev/zero", "/dev/full"), turn=turn, without=request.param)
    with opened:
        yield opened


PROBING = """
import errno
import fcntl
import os
import resource

def opens(path):
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        return errno.errorcode[error.errno]
    return ""

def asks(request):
    try:
        fcntl.ioctl(9999, request)
    except OSError as error:
        return errno.errorcode[error.errno]

def asks_pipe(request):
    try:
        fcntl.ioctl(1, request)
    except OSError as error:
        return errno.errorcode[error.errno]

def names_its_thread():
    with open("/proc/self/task/1/comm", "w") as file:
        file.write("cuda")
    return open("/proc/self/comm").read()

def sees():
    return sorted(name for name in os.listdir("/proc") if name.isdigit())

def limits():
    return [resource.getrlimit(name)[1] for name in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]

def out_of_memory():
    import torch
    raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 90.00 GiB.")
"""


@pytest.fixture
def worker(on_stand_in: Sandbox) -> Iterator[Conversation]:
    conversation = Conversation(on_stand_in, "probing", PROBING, None, Limits())
    conversation.begin(0, new_check=True)
    yield conversation
    conversation.close()


def test_every_layer_holds_around_a_worker_for_a_gpu(on_stand_in: Sandbox) -> None:
    assert [layer.name for layer in on_stand_in.layers if not layer.on] == []


def test_it_opens_the_files_of_its_gpu_and_no_others(worker: Conversation) -> None:
    assert worker.student.opens("/dev/zero") == ""
    assert worker.student.opens("/dev/full") == "EACCES"  # in sight, and another worker's
    assert worker.student.opens("/dev/tty") in ("ENOENT", "EACCES")


def test_it_controls_its_gpu_and_nothing_else(worker: Conversation) -> None:
    reaches_the_kernel = "EBADF"  # there is no descriptor 9999
    nvidia, uvm, terminal, bytes_waiting = 0xC020462A, 0x30000001, 0x5413, 0x541B

    assert worker.student.asks(nvidia) == worker.student.asks(uvm) == worker.student.asks(25) == reaches_the_kernel
    assert worker.student.asks(terminal) == worker.student.asks_pipe(bytes_waiting) == "ENOTTY"


def test_it_names_its_threads_and_sees_nobody_else(worker: Conversation) -> None:
    assert worker.student.names_its_thread() == "cuda\n"
    assert worker.student.sees() == ["1"]


def test_addresses_are_free_and_memory_is_not(worker: Conversation) -> None:
    addresses, data = worker.student.limits()

    assert addresses == -1
    assert 0 < data < 16 * 2**30


def test_what_needs_no_gpu_gets_none(on_stand_in: Sandbox) -> None:
    conversation = Conversation(on_stand_in, "probing", PROBING, None, Limits(gpu=False))
    conversation.begin(0, new_check=True)

    assert conversation.student.opens("/dev/zero") == "EACCES"
    assert conversation.student.asks(0xC020462A) == "ENOTTY"
    conversation.close()


def test_memory_that_ran_out_is_the_students_when_nobody_else_was_there(worker: Conversation) -> None:
    with pytest.raises(WorkerEnded, match="ran out of the memory of the GPU") as ended:
        worker.student.out_of_memory()
    assert (ended.value.outcome, ended.value.cause) == ("crashed", "memory")


def test_memory_that_others_hold_costs_nobody_points(worker: Conversation, driver: FakeDriver) -> None:
    assert worker.student.opens("/dev/zero") == ""
    driver.free = [3_000]
    try:
        with pytest.raises(SandboxBroken, match="another program held a part of it"):
            worker.student.out_of_memory()
        with pytest.raises(SandboxBroken, match="has 3000 MB free, and a submission is promised"):
            worker.student.opens("/dev/zero")  # nor does the next one begin
    finally:
        driver.free = [80_000]


@pytest.mark.skipif(not WHY_NOT, reason="CUDA starts here")
def test_a_worker_that_cannot_start_cuda_says_so(driver: FakeDriver) -> None:
    turn = Turn(driver.gpus()[0], 60_000, alone=True)

    with pytest.raises(SandboxBroken, match="a worker could not start CUDA: "):
        Sandbox(devices=turn.nodes, turn=turn)


def test_a_zygote_for_gpus_leaves_cuda_alone() -> None:
    """CUDA does not survive a fork, and what counts devices starts it."""
    import subprocess
    import sys

    code = """
import torch
def never(*args, **more): raise SystemExit("this starts CUDA")
torch.cuda.is_available = torch.cuda.init = torch.cuda._lazy_init = never
torch.autograd.backward = torch.autograd.grad = never
torch.Tensor.backward = torch.optim.SGD.step = torch.optim.Adam.step = never
from grader.worker.warmup import warm_up
warm_up(untouched=True)
print("left alone")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY)

    assert done.stdout == "left alone\n", done.stderr


# --- on a real one --------------------------------------------------------------------------------------------------


class TestOnAGpu:
    """Run by ``make gpu-check``."""

    pytestmark = gpu

    @pytest.fixture(scope="class")
    def grader(self) -> Iterator[Grader]:
        with Grader(Settings(REPOSITORY, "cuda")) as grader:
            yield grader

    @pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.name)
    def test_references_get_full_marks(self, grader: Grader, exercise: object) -> None:
        from grader.exercise import Exercise, read_text

        assert isinstance(exercise, Exercise)
        result = grader.grade(Submission("ada", exercise.name, read_text(exercise.code)))

        assert result.score == result.max_score, result.feedback
        assert result.provenance.device.startswith("cuda / ")

    def test_an_endless_loop_on_the_gpu_costs_its_own_check(self, grader: Grader) -> None:
        source = "import torch\n\ndef cross_entropy(input, target):\n    while True:\n        input = input @ input.T\n"
        result = grader.grade(Submission("ada", "loss/cross_entropy", source))
        after = grader.grade(
            Submission("bob", "loss/cross_entropy", COURSE.exercise("loss/cross_entropy").code.read_text())
        )

        assert result.score == 0
        assert after.score == after.max_score

    def test_memory_ends_with_the_submission(self, grader: Grader) -> None:
        source = (
            "import torch\nkept = []\n\ndef cross_entropy(input, target):\n"
            "    while True:\n        kept.append(torch.empty(2**30, dtype=torch.uint8, device='cuda'))\n"
        )
        result = grader.grade(Submission("ada", "loss/cross_entropy", source))

        assert {check.cause for check in result.checks} == {"memory"}

    def test_the_same_submission_gets_the_same_numbers(self, grader: Grader) -> None:
        source = COURSE.exercise("forward/conv2d").code.read_text()
        first, second = (grader.grade(Submission("ada", "forward/conv2d", source)) for _ in range(2))

        assert [check.score for check in first.checks] == [check.score for check in second.checks]
