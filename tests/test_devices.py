"""Which devices are here, whose turn it is, and what a GPU has room for; the hardware is a stand-in."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import devices
from grader.devices import CONTEXT_MB, DeviceBusy, DeviceMissing, Turn
from grader.worker import wire

from .conftest import REPOSITORY
from .fake_cuda import FakeDriver


@pytest.fixture(autouse=True)
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(devices, "_lock_folder", lambda: tmp_path)
    monkeypatch.setattr(devices, "FREED_SECONDS", 0.2)
    return tmp_path


@pytest.fixture
def one_gpu(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDriver]:
    driver = FakeDriver(80_000)
    monkeypatch.setattr(devices, "driver", driver)
    yield driver


def test_a_gpu_that_is_not_here_is_named_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "driver", FakeDriver(why_not="no NVIDIA driver is at work here"))

    assert devices.chosen("cpu") == devices.chosen("auto") == "cpu"
    with pytest.raises(DeviceMissing, match=r"no NVIDIA driver is at work here\. Use --device cpu"):
        devices.chosen("cuda")


def test_a_gpu_that_is_here_is_used(one_gpu: FakeDriver) -> None:
    assert devices.chosen("cuda") == devices.chosen("auto") == "cuda"
    assert devices.kind("cuda") == "cuda / Fake 3000"
    assert devices.kind("cpu") == "cpu"
    assert devices.nodes() == ("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia0")


def test_this_machine_says_why_it_has_none() -> None:
    why_not = devices.Cuda().why_not()

    if not why_not:
        pytest.skip("it has one")
    assert "CUDA" in why_not or "driver" in why_not or "GPU" in why_not


def test_a_turn_promises_a_part_of_what_is_free(one_gpu: FakeDriver) -> None:
    one_gpu.free = [41_024]

    with devices.turn() as turn:
        assert (turn.gpu.index, turn.room_mb, turn.alone) == (0, 32_000, True)
        assert turn.share == pytest.approx(0.4)
        assert one_gpu.selected == [0]
    with devices.turn(slots=2) as turn:
        assert (turn.room_mb, turn.alone) == (int((41_024 - 2 * CONTEXT_MB) * 0.8 / 2), False)


def test_a_full_gpu_is_nobodys_turn(one_gpu: FakeDriver) -> None:
    one_gpu.free = [1500]

    with pytest.raises(DeviceMissing, match="1500 MB of 80000 MB free, too little for a submission"), devices.turn():
        pass


def test_turns_go_to_all_gpus_and_then_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "driver", FakeDriver(80_000, 40_000))
    got = threading.Event()

    def wait_for_a_third() -> None:
        with devices.turn():
            got.set()

    third = threading.Thread(target=wait_for_a_third)
    with devices.turn() as first, devices.turn() as second:
        third.start()
        assert {first.gpu.index, second.gpu.index} == {0, 1}
        assert not got.wait(0.3)
    assert got.wait(10)
    third.join()


def test_slots_share_a_gpu(one_gpu: FakeDriver) -> None:
    with devices.turn(slots=2) as first, devices.turn(slots=2) as second:
        assert first.gpu == second.gpu
    assert devices.turns("cuda", 3) == 3


def test_a_killed_program_gives_its_turn_back(one_gpu: FakeDriver, locks: Path) -> None:
    code = f"""
        import sys, time
        from pathlib import Path
        sys.path.insert(0, {str(REPOSITORY)!r})
        from grader import devices
        from tests.fake_cuda import FakeDriver
        devices.driver = FakeDriver(80_000)
        devices._lock_folder = lambda: Path({str(locks)!r})
        with devices.turn():
            print("mine", flush=True)
            time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "mine\n"
        other.kill()
    with devices.turn() as turn:
        assert turn.gpu.index == 0


class Reluctant(FakeDriver):
    """Gives memory back at the third look."""

    looks = 0

    def free_mb(self, gpu: devices.Gpu) -> int:
        self.looks += 1
        return 100 if self.looks < 3 else 80_000


def test_the_next_submission_waits_for_the_memory_of_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = Reluctant(80_000)
    monkeypatch.setattr(devices, "driver", driver)
    turn = Turn(driver.gpus()[0], 60_000, alone=True)

    turn.wait_for_room()

    assert driver.looks == 3
    assert turn.had_room()


def test_memory_that_does_not_come_back_is_not_the_students_fault(one_gpu: FakeDriver) -> None:
    turn = Turn(one_gpu.gpus()[0], 60_000, alone=True)
    assert turn.had_room()
    one_gpu.free = [5_000]

    assert not turn.had_room()
    with pytest.raises(DeviceBusy, match="5000 MB free, and a submission is promised 61024 MB"):
        turn.wait_for_room()


def test_who_shares_a_gpu_cannot_be_blamed_for_its_memory(one_gpu: FakeDriver) -> None:
    assert not Turn(one_gpu.gpus()[0], 60_000, alone=False).had_room()


def test_suites_make_what_they_make_on_the_device_and_exercises_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from .fake_cuda import fake_cuda

    with fake_cuda():
        devices.use("cuda")
        with devices.of_suites("cuda"):
            assert torch.zeros(2).device.type == "cuda"
            with devices.of_exercises():
                assert torch.zeros(2).device.type == "cpu"
        assert wire.decode(wire.encode(torch.zeros(2, device="cuda"))).device.type == "cuda"
    assert wire.accelerator() == "cpu"
