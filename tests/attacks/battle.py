"""A class of attackers, graded by the real command, and what became of everything around it."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import secrets
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.worker.view import closed_folder
from tests.attacks.corpus import FOLDER, Attack, hand_in

REPOSITORY = FOLDER.parents[1]
USER = 64321  # an ordinary one, without account or home
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: who loses its parent becomes our child, and is seen


@dataclass
class Battle:
    """What is left after grading a corpus."""

    out: Path  # what was written
    results: dict[tuple[str, str], dict[str, Any]]  # (student, exercise) → result
    status: int
    said: str  # on the terminal
    leaks: list[str]  # a canary, and where it was found
    processes: list[str]  # left behind: their command lines
    files: list[str]  # left behind in temporary folders and homes
    seconds: float
    peak_mb: float  # of the largest process of all
    out_mb: float
    on: set[str] = field(default_factory=set)  # layers that the results name


def fight(
    attacks: list[Attack],
    folder: Path,
    *,
    without: tuple[str, ...] = (),
    user: int | None = None,
    options: tuple[str, ...] = (),
) -> Battle:
    """Grade ``attacks`` in ``folder`` with layers switched off, as this user or another, with more ``options``."""
    places = _lay_out(attacks, folder)
    canaries = _plant(folder)
    environment = os.environ | {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "TOKEN": canaries["environment"],
    }
    environment["PYTHONPATH"] = str(REPOSITORY)
    python = sys.executable if user is None else _python_for(user, folder)
    command = [python, str(REPOSITORY / "cli.py"), "grade", str(folder / "submissions")]
    command += ["--course", places["COURSE"], "--out", places["RESULTS"], *options]
    for exercise in sorted({attack.exercise for attack in attacks}):
        command += ["--exercise", exercise]
    for layer in without:
        command += ["--without", layer]
    shared = _shared_files()
    started = time.monotonic()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, cwd=folder, user=user, group=user
        )
        seconds = time.monotonic() - started
        left = _left_processes()
    finally:
        ctypes.CDLL(None).prctl(_SUBREAPER, 0)  # other tests lose processes on purpose
    out = Path(places["RESULTS"])
    results = [json.loads(path.read_text()) for path in out.glob("results/*/*/*.json")]
    return Battle(
        out=out,
        results={(result["student"], result["exercise"]): result for result in results},
        status=done.returncode,
        said=done.stdout + done.stderr,
        leaks=_leaks(canaries, out, done.stdout + done.stderr),
        processes=left,
        files=_left_files(folder / "tmp") + sorted(_shared_files() - shared),
        seconds=seconds,
        peak_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        out_mb=sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 2**20,
        on={layer for result in results for layer in result["provenance"]["isolation"]},
    )


def python_of(user: int | None) -> str:
    """A Python of this version that ``user`` may run; "" when there is none: ours may lie in a home of its own."""
    places = [sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"]
    for place in places:
        path = os.path.realpath(place)
        if os.path.exists(path) and (user is None or not closed_folder([path])):
            return place
    return ""


def _python_for(user: int, folder: Path) -> str:
    """A Python that ``user`` may run, with our packages; ``folder`` becomes the user's."""
    found = python_of(user)
    if found != sys.executable:
        subprocess.run([found, "-m", "venv", "--without-pip", folder / "venv"], check=True)
        [site] = (folder / "venv" / "lib").glob("python*/site-packages")
        packages = [path for path in sys.path if path.endswith("site-packages")]
        (site / "ours.pth").write_text("\n".join(packages))
        found = str(folder / "venv" / "bin" / "python")
    _give(folder, user)
    return found


def _lay_out(attacks: list[Attack], folder: Path) -> dict[str, str]:
    """The course of the repository with the attacked exercises beside its own, and everybody's submission."""
    course, submissions = folder / "course", folder / "submissions"
    shutil.copytree(REPOSITORY / "solutions", course / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(FOLDER / "course" / "solutions", course / "solutions", dirs_exist_ok=True)
    for name in ("submissions", "tmp", "home"):
        (folder / name).mkdir()
    places = {"COURSE": str(course), "SUBMISSIONS": str(submissions), "HOME": str(folder / "home")}
    places["RESULTS"] = str(folder / "grades")
    for attack in attacks:
        hand_in(attack, submissions, places)
    return places


def _plant(folder: Path) -> dict[str, str]:
    """Secrets where attackers look for some; those of the suite and of a neighbour stand in the corpus."""
    made = {name: f"canary-{name}-{secrets.token_hex(8)}" for name in ("environment", "home")}
    made["seed"] = "canary-of-the-seed-b07e"  # always the same: so are the hidden data, and the verdicts
    (folder / "home" / "token").write_text(made["home"])
    (folder / "course" / "solutions" / "seed").write_text(made["seed"])
    return made | {"suite": "canary-of-the-suite-6c1f", "neighbour": "canary-of-a-neighbour-92d0"}


def _give(folder: Path, user: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)
    for path in folder.parents:
        if path != Path("/") and path.owner() != "root":
            break
        if not path.stat().st_mode & 1:
            path.chmod(path.stat().st_mode | 0o11)


def _leaks(canaries: dict[str, str], out: Path, said: str) -> list[str]:
    texts = {"the terminal": said.encode()} | {str(p): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    return [
        f"{name} in {where}"
        for name, secret in canaries.items()
        for where, text in texts.items()
        if secret.encode() in text
    ]


def _left_processes() -> list[str]:
    """Command lines of processes that lost their parent to us; each has a moment to end by itself."""
    for _ in range(50):
        left = _children()
        if not left:
            break
        time.sleep(0.1)
    return left


def _children() -> list[str]:
    found = []
    for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        try:
            if os.waitpid(int(pid), os.WNOHANG)[0] == 0:
                line = Path(f"/proc/{pid}/cmdline").read_text()
                found.append(line.replace("\0", " ")[:200])
        except (OSError, ChildProcessError):
            continue
    return [line for line in found if "worker" in line or "attack" in line]


def _left_files(folder: Path) -> list[str]:
    """What lies in ``folder``, but for the empty one that PyTorch makes in every process that uses an optimizer."""
    pytorchs = {path for path in folder.glob("torchinductor_*") if not any(path.iterdir())}
    return sorted(str(path) for path in set(folder.iterdir()) - pytorchs)


def _shared_files() -> set[str]:
    return {str(path) for folder in ("/dev/shm", "/tmp", "/var/tmp") for path in Path(folder).glob("*hole*")}
