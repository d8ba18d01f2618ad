"""A class is graded completely and only once, whatever is killed and whenever."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from grader import batch, result
from grader.grading import Settings
from grader.intake import collect
from grader.result import Outcome
from grader.submission import Submission

from .conftest import REPOSITORY

STUDENTS = 12
WRITE_CLASS = "import time\n\ntime.sleep(0.1)\n\n\ndef double(x):\n    return {factor} * x\n"


@pytest.fixture
def settings(write_exercise: Callable[..., Path]) -> Settings:
    return Settings(write_exercise())


@pytest.fixture
def submissions(tmp_path: Path) -> tuple[Submission, ...]:
    """Half of the class is right."""
    for number in range(STUDENTS):
        path = tmp_path / f"class/s{number:02}/toy/double.py"
        path.parent.mkdir(parents=True)
        path.write_text(WRITE_CLASS.format(factor=2 + number % 2))
    return collect(tmp_path / "class", ["toy/double"]).submissions


def scores(folder: Path) -> dict[str, float | None]:
    return {path.parts[-3]: result.load(path).score for path in sorted(folder.glob("results/*/toy/double.json"))}


EXPECTED = {f"s{number:02}": 0.0 if number % 2 else 3.0 for number in range(STUDENTS)}


def test_what_is_graded_is_kept_and_what_has_changed_is_graded_anew(
    settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = list(batch.run(submissions, settings, out, jobs=1))
    assert scores(out) == EXPECTED
    assert batch.plan(submissions, settings, out) == batch.Plan(tuple(first), ())

    changed = Submission("s01", "toy/double", WRITE_CLASS.format(factor=2))
    broken = result.Result(
        "s03", "toy/double", (result.Verdict("a", "A", 1, Outcome.BROKEN, None),), first[3].provenance
    )
    result.save(broken, out / "results/s03/toy/double.json")
    (out / "results/s04/toy/double.json").write_text('{"schema"')
    (out / "results/s05/toy/double.json").unlink()
    plan = batch.plan((*submissions[:1], changed, *submissions[2:]), settings, out)

    assert [submission.student for submission in plan.todo] == ["s01", "s03", "s04", "s05"]


def test_another_suite_seed_or_isolation_grades_anew(
    settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    list(batch.run(submissions[:1], settings, out, jobs=1))

    def todo(other: Settings) -> int:
        return len(batch.plan(submissions[:1], other, out).todo)

    assert todo(settings) == 0
    assert todo(Settings(settings.course, seed="another")) == 1
    assert todo(Settings(settings.course, isolation="none")) == 1
    suite = settings.course / "solutions/toy/double/test_hidden.py"
    suite.write_text(suite.read_text() + "\n")
    assert todo(settings) == 1


def test_several_processes(settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path) -> None:
    list(batch.run(submissions, settings, tmp_path / "out", jobs=2))

    assert scores(tmp_path / "out") == EXPECTED


class Dying(Executor):
    """An executor that runs work here and breaks after ``lives`` submissions."""

    def __init__(self, lives: int) -> None:
        self.lives = lives

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.lives == 0:
            future.set_exception(BrokenProcessPool())
        else:
            self.lives -= 1
            future.set_result(function(*args, **kwargs))
        return future


def test_an_executor_that_breaks_is_replaced(
    settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path
) -> None:
    lives = iter([5, 0, 4, 100])
    try:
        list(batch.run_on(lambda: Dying(next(lives)), submissions, settings, tmp_path, window=2))
    finally:
        batch._grader_of_this_process(settings).close()
        batch._grader_of_this_process.cache_clear()

    assert scores(tmp_path) == EXPECTED


def test_a_cluster_grades_one_submission_for_each_gpu(
    settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path
) -> None:
    """A real Dask worker with two threads, which says that it has one GPU; what is graded needs none."""
    from distributed import Client, LocalCluster

    resources = {"threads_per_worker": 2, "n_workers": 1, "resources": {"GPU": 1}}
    with (
        LocalCluster(processes=True, dashboard_address=None, **resources) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        with batch.on_cluster(client, "cuda") as executor:
            on_gpu = [executor.submit(_when, number).result for number in range(3)]
            spans = sorted(result() for result in on_gpu)
        list(batch.run_on(lambda: batch.on_cluster(client, "cuda"), submissions, settings, tmp_path / "out", window=4))

    assert all(ended <= began for (_, ended), (began, _) in itertools.pairwise(spans))
    assert scores(tmp_path / "out") == EXPECTED


def _when(number: int) -> tuple[float, float]:
    started = time.monotonic()
    time.sleep(0.2)
    return started, time.monotonic()


def test_what_breaks_every_executor_ends_in_a_verdict(
    settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path
) -> None:
    lost = list(batch.run_on(lambda: Dying(0), submissions[:3], settings, tmp_path, window=2))

    assert {r.student for r in lost} == {"s00", "s01", "s02"}
    assert all(r.outcome is Outcome.BROKEN and r.score is None for r in lost)
    assert "--jobs 1" in lost[0].feedback


def test_all_workers_together_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch.machine, "memory_mb", lambda: 8000)

    assert batch.most_jobs(1024) == 3
    assert batch.most_jobs(20_000) == 1
    assert batch.jobs_for(10_000, 20_000) == 1


def test_jobs_follow_cores_and_work() -> None:
    assert batch.jobs_for(1, 256) == 1
    assert batch.jobs_for(10_000, 256) == len(os.sched_getaffinity(0))


GRADE = """
    import sys
    from pathlib import Path
    from grader import batch
    from grader.grading import Settings
    from grader.intake import collect

    if __name__ == "__main__":
        course, folder, out = map(Path, sys.argv[1:])
        settings = Settings(course)
        plan = batch.plan(collect(folder, ["toy/double"]).submissions, settings, out)
        for _ in batch.run(plan.todo, settings, out, jobs=1):
            pass
"""
VICTIMS = ("worker", "zygote", "grader")


def descendants(root: int) -> dict[str, list[int]]:
    """Processes below ``root`` by what they are: the zygote's outermost process, and those that it forked."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found: dict[str, list[int]] = {"zygote": [pid for pid, parent in parents.items() if parent == root], "worker": []}
    level = found["zygote"]
    while level:
        level = [pid for pid, parent in parents.items() if parent in level]
        found["worker"] = level or found["worker"]
    return found


def start(settings: Settings, tmp_path: Path, out: Path) -> subprocess.Popen[bytes]:
    script = tmp_path / "grade.py"
    script.write_text(textwrap.dedent(GRADE))
    arguments = [sys.executable, str(script), str(settings.course), str(tmp_path / "class"), str(out)]
    return subprocess.Popen(arguments, cwd=Path(__file__).parent.parent)


def kill_one(process: subprocess.Popen[bytes], victim: str, chance: random.Random) -> bool:
    pids = [process.pid] if victim == "grader" else descendants(process.pid)[victim]
    if not pids:
        return False
    try:
        os.kill(chance.choice(pids), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def is_complete(out: Path) -> bool:
    return len(list(out.glob("results/*/*/*.json"))) == STUDENTS


@pytest.mark.parametrize("victim", VICTIMS)
def test_kill_9(settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path, victim: str) -> None:
    """At random moments; after rerunning the class is complete, and what was written before a kill is as it was."""
    chance = random.Random(victim)
    killed, round_ = 0, 0
    seen: dict[Path, bytes] = {}
    starts = 0
    while killed < KILLS or not is_complete(tmp_path / f"out{round_}"):
        starts += 1
        assert starts <= 10 * KILLS, "it starts again and again, and the class is never complete"
        round_ += is_complete(tmp_path / f"out{round_}")
        out = tmp_path / f"out{round_}"
        process = start(settings, tmp_path, out)
        while killed < KILLS and process.poll() is None:
            time.sleep(chance.uniform(0, 8.0))
            killed += kill_one(process, victim, chance)
        # 1: it gave up, saying so, because its zygote was killed at every start
        assert process.wait(120) in (0, 1, -signal.SIGKILL)
        for path in out.glob("results/*/*/*.json"):
            result.load(path)
            assert seen.setdefault(path, path.read_bytes()) == path.read_bytes()  # nothing is graded twice or changed
    for number in range(round_ + 1):
        assert scores(tmp_path / f"out{number}") == EXPECTED


KILLS = int(os.environ.get("GRADSTEP_KILLS", "2"))  # of each kind; `make kill` does ten


def test_nothing_stays_when_the_process_that_hands_out_the_work_is_killed(
    settings: Settings, submissions: tuple[Submission, ...], tmp_path: Path
) -> None:
    command = [sys.executable, str(REPOSITORY / "cli.py"), "grade", str(tmp_path / "class"), "--jobs", "2"]
    command += ["--course", str(settings.course), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    while not list((tmp_path / "out").glob("results/*/toy/double.json")):
        assert process.poll() is None
        time.sleep(0.05)
    of_it = all_below(process.pid)
    assert len(of_it) >= 5  # the server of processes, two of them, a zygote each

    process.kill()
    process.wait()
    for _ in range(200):
        if not (left := [pid for pid in of_it if is_alive(pid)]):
            break
        time.sleep(0.1)
    for pid in left:
        os.kill(pid, signal.SIGKILL)

    assert left == []


def all_below(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")  # a process belongs to the thread that started it
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return children + [one for child in children for one in all_below(child)]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
