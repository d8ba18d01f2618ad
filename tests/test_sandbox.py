"""The wall: layers that hold are on, a layer that is off is told, and what a worker tries fails."""

from __future__ import annotations

import os
import platform
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import grader.sandbox
from grader.layers import LAYERS, NoIsolation
from grader.link import SandboxBroken, StudentRaised, WorkerEnded
from grader.sandbox import Limits, Sandbox

REPOSITORY = Path(__file__).parent.parent


def run(sandbox: Sandbox, body: str) -> Any:
    """The value of ``f()`` in a fresh worker, or the words of its exception."""
    link = sandbox.worker(Limits(cpu_seconds=2, memory_mb=300))
    source = "import os, sys, socket, ctypes\ndef f():\n" + textwrap.indent(textwrap.dedent(body), "    ")
    try:
        link.ask({"op": "load", "name": "code", "source": source, "probes": None}, 2.0)
        return link.ask({"op": "call", "name": "f", "args": [], "kwargs": {}, "seed": None}, 2.0)["value"]
    except StudentRaised as raised:
        return str(raised)
    finally:
        link.close()


def test_every_layer_that_is_on_was_proved(sandbox: Sandbox) -> None:
    assert tuple(layer.name for layer in sandbox.layers) == LAYERS
    assert any(layer.on for layer in sandbox.layers)


REFUSED = {
    "start a process": "return os.fork()",
    "run a program": "os.execv('/bin/true', ['true'])",
    "open a socket": "socket.socket()",
    "new namespace": "if ctypes.CDLL(None).unshare(0x10000000): raise OSError",
    "signal": "os.kill(-1, 9)",
    "write outside": "open('/usr/lib/x', 'w')",
    "write into the library": "import torch; open(os.path.dirname(torch.__file__) + '/x.py', 'w')",
    "list the root": "return os.listdir('/')",
    "read accounts": "return open('/etc/passwd').read()",
    "shared memory": "open('/dev/shm/x', 'w')",
    "pipe memory": "import fcntl; r, w = os.pipe(); fcntl.fcntl(w, 1031, 2**20)",
    "hidden memory": "os.memfd_create('x')",
    "shared memory without a name": "import mmap; mmap.mmap(-1, 4096)",
    "memory that grows": "import mmap; mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100)",
    "own limits": "import resource; resource.setrlimit(resource.RLIMIT_NPROC, (100000, 100000))",
    "affinity": "os.sched_setaffinity(0, {0})",
    "become root": "os.setuid(0)",
    "symlink": "os.symlink('/etc/passwd', os.environ['HOME'] + '/x')",
    "large file": "open(os.environ['HOME'] + '/x', 'wb').write(bytes(17 * 2**20))",
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(sandbox: Sandbox, what: str) -> None:
    if not all(layer.on for layer in sandbox.layers):
        pytest.skip("this machine lacks layers: " + ", ".join(layer.name for layer in sandbox.layers if not layer.on))
    found = run(sandbox, REFUSED[what])

    assert isinstance(found, str), found
    assert any(word in found for word in ("PermissionError", "OSError", "FileNotFoundError", "ValueError")), found


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x32 is an ABI of this machine only")
def test_a_call_of_another_abi_ends_the_worker_and_is_put_into_words(sandbox: Sandbox) -> None:
    if not any(layer.name == "seccomp" and layer.on for layer in sandbox.layers):
        pytest.skip("this machine has no seccomp")

    with pytest.raises(WorkerEnded, match=r"\(SIGSYS\)\. It called the system in a way that is closed here\."):
        run(sandbox, "ctypes.CDLL(None).syscall(0x40000000)")


def test_nothing_of_ours_is_in_sight(sandbox: Sandbox) -> None:
    course = str(REPOSITORY / "solutions")

    assert run(sandbox, f"return os.path.exists({course!r})") is False
    assert run(sandbox, "return [name for name in sys.modules if name.startswith(('grader', '_pytest'))]") == ["grader"]
    assert run(sandbox, "return [name for name in vars(sys.modules['grader']) if name[0] != '_']") == ["check"]
    assert run(sandbox, "return hasattr(sys.modules['grader'], '__path__')") is False
    assert run(sandbox, "return os.getpid()") == 1
    assert run(sandbox, "return sorted(os.environ)") == ["HOME", "LANG", "OMP_NUM_THREADS", "TMPDIR"]
    assert "Error" in run(sandbox, "return os.listdir('/proc')") or run(sandbox, "return os.listdir('/proc')") == []
    assert "Error" in run(sandbox, "import grader.sandbox")


def test_honest_code_has_what_it_needs(sandbox: Sandbox) -> None:
    body = """
        import tempfile, json, dataclasses, torch
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
        model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.LSTM(4, 2))
        optimizer = torch.optim.AdamW(model.parameters())
        model(torch.randn(5, 3))[0].sum().backward()
        optimizer.step()
        torch.set_num_threads(2)
        (torch.randn(500, 500) @ torch.randn(500, 500)).exp()
        return 1
    """

    assert run(sandbox, body) == 1


def test_what_libraries_take_is_no_memory_of_a_students(sandbox: Sandbox) -> None:
    body = """
        import resource
        return [resource.getrlimit(limit)[1] for limit in (resource.RLIMIT_DATA, resource.RLIMIT_AS)]
    """
    data, address_space = run(sandbox, body)

    assert 0 < data < address_space - 100 * 2**20  # the code of PyTorch, unmapped, makes no room for data


def test_a_thread_takes_little_of_the_memory(sandbox: Sandbox) -> None:
    body = """
        import threading
        done = threading.Event()
        for _ in range(20):
            threading.Thread(target=lambda: (bytearray(10**5), done.wait()), daemon=True).start()
        done.set()
        return 1
    """

    assert run(sandbox, body) == 1


def test_scratch_files_die_with_the_worker(sandbox: Sandbox) -> None:
    assert run(sandbox, "open(os.environ['HOME'] + '/x', 'w').write('a'); return os.listdir(os.environ['HOME'])") == [
        "x"
    ]
    assert run(sandbox, "return os.listdir(os.environ['HOME'])") == []


@pytest.mark.parametrize("without", [("bubblewrap",), ("view", "uid", "namespaces"), ("seccomp",), ("landlock",)])
def test_a_layer_that_is_off_is_told(without: tuple[str, ...]) -> None:
    with Sandbox(without=without) as sandbox:
        on = {layer.name for layer in sandbox.layers if layer.on}

        assert on.isdisjoint(without)
        assert on
        assert run(sandbox, "return 1 + 1") == 2


def test_without_any_wall_nothing_is_graded() -> None:
    with pytest.raises(NoIsolation, match="--isolation none"):
        Sandbox(without=("view", "namespaces", "landlock", "seccomp"))


def test_a_bubblewrap_that_does_not_work_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")

    with Sandbox() as sandbox:
        assert next(layer.words for layer in sandbox.layers if layer.name == "view") == "own mount tree"


def test_a_worker_that_lacks_a_proved_layer_runs_nothing(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setattr(sandbox, "_proved", frozenset({"namespaces", "moat"}))

    with pytest.raises(SandboxBroken, match="a worker could not be confined"):
        sandbox.worker(Limits())


def test_isolation_none_is_a_plain_process() -> None:
    with Sandbox("none") as sandbox:
        assert not any(layer.on for layer in sandbox.layers)
        assert run(sandbox, "return os.path.exists('/etc/passwd')") is True


def test_a_layer_that_is_on_and_leaks_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = grader.sandbox._folders_needed()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)  # the canary lies there …
        monkeypatch.setattr(grader.sandbox, "_folders_needed", lambda: [*needed, folder])  # … in every worker's sight

        with pytest.raises(SandboxBroken, match="view: a worker sees the files of this machine"):
            Sandbox()


def test_a_killed_zygote_is_noticed_and_replaced() -> None:
    with Sandbox() as sandbox:
        os.kill(sandbox.pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        with pytest.raises(SandboxBroken):
            while time.monotonic() < deadline:
                sandbox.worker(Limits()).close()
        sandbox.restart()
        assert run(sandbox, "return 1") == 1


def test_a_worker_shares_the_core_of_the_side_that_asks_as_long_as_it_lives(sandbox: Sandbox) -> None:
    before = os.sched_getaffinity(0)
    link = sandbox.worker(Limits())

    assert len(os.sched_getaffinity(0)) == 1
    source = "import os\n\ndef f():\n    return list(os.sched_getaffinity(0))\n"
    link.ask({"op": "load", "name": "m", "source": source, "probes": None}, 10)
    answer = link.ask({"op": "call", "name": "f", "args": [], "kwargs": {}, "seed": None}, 10)
    assert answer["value"] == list(os.sched_getaffinity(0))

    link.close()
    assert os.sched_getaffinity(0) == before


def processes() -> set[str]:
    return {
        line
        for line in subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout.splitlines()
        if "worker.zygote" in line
    }


@pytest.mark.skipif(shutil.which("ps") is None, reason="needs ps")
def test_nothing_stays_when_the_grading_process_is_killed() -> None:
    code = """
        from grader.sandbox import Limits, Sandbox
        sandbox = Sandbox()
        link = sandbox.worker(Limits())
        link.ask({"op": "load", "name": "m", "source": "def f():\\n    while True: pass", "probes": None}, 5)
        print("ready", flush=True)
        link.ask({"op": "call", "name": "f", "args": [], "kwargs": {}, "seed": None}, 600)
    """
    before = processes()
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, cwd=REPOSITORY)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    process.kill()
    process.wait()
    process.stdout.close()

    deadline = time.monotonic() + 10
    while processes() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes() - before == set()


@pytest.fixture
def beside_python() -> Iterator[Path]:
    """A folder with a secret, where every worker may read."""
    folder = Path(tempfile.mkdtemp(prefix="secret-", dir=sys.prefix))
    folder.chmod(0o755)
    (folder / "suite.py").write_text("answer = 42\n")
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("without", [(), ("bubblewrap",)])
def test_a_secret_beside_python_is_out_of_sight(beside_python: Path, without: tuple[str, ...]) -> None:
    read = f"return open({str(beside_python / 'suite.py')!r}).read()"
    with Sandbox(without=without) as sandbox:
        assert run(sandbox, read) == "answer = 42\n"
    with Sandbox(secret=(beside_python,), without=without) as sandbox:
        assert "FileNotFoundError" in run(sandbox, read)
        assert run(sandbox, "import torch; return 1") == 1


def test_a_secret_that_cannot_be_hidden_stops_everything(beside_python: Path) -> None:
    with pytest.raises(NoIsolation, match=r"lies in a folder that every submission can read.*Move it"):
        Sandbox(secret=(beside_python,), without=("view",))


def test_root_becomes_a_user_that_nobody_else_is(sandbox: Sandbox) -> None:
    if os.geteuid() != 0:
        pytest.skip("not root: there is nothing to drop")
    link = sandbox.worker(Limits())
    owners = {path.stat().st_uid for path in Path("/proc").glob("[0-9]*") if _is_worker_of(path, sandbox.pid)}
    link.close()

    assert owners
    assert 0 not in owners
    assert all(uid not in {entry.pw_uid for entry in pwd.getpwall()} for uid in owners)


def _is_worker_of(path: Path, ancestor: int) -> bool:
    """Whether the process at ``path`` runs Python and came from ``ancestor``, the outermost process of a zygote."""
    try:
        found = (path / "comm").read_bytes()
        while path.name not in ("0", "1"):
            if path.name == str(ancestor):
                return found.startswith(b"python")  # not bubblewrap's own process, which runs nobody's code
            path = path.with_name(path.joinpath("stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        pass
    return False
