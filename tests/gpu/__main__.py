"""``python -m tests.gpu``: the whole proof of grading on a GPU, on one device, into a report.

The course's own variants on CPU and GPU · references through the wall, and what they take · the corpus of attacks ·
memory after a hundred killed workers · the tests that need a GPU. Without a GPU it says why, and does nothing.

``python -m tests.gpu --fake``: the course on a GPU that is not there (tests/fake_cuda.py), in a quarter of an hour.
"""

from __future__ import annotations

import contextlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from grader import devices
from grader.exercise import Course, Exercise, read_text
from grader.grading import Grader, Settings, open_sandbox
from grader.sandbox import Limits
from grader.student import Conversation
from grader.submission import Submission
from tests.gpu import compare

ROOT = Path(__file__).parents[2]
REPORT = Path("gpu-report.md")
KILLED = 100
HOG = """
import torch

def hold(mb):
    global kept
    kept = torch.empty(mb * 2**20, dtype=torch.uint8, device="cuda")
"""


class Report:
    """Said on the terminal as it is found, and written."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.sound = True

    def say(self, line: str) -> None:
        print(line, flush=True)
        self._lines.append(line)
        REPORT.write_text("\n".join(self._lines) + "\n", encoding="utf-8")

    def expect(self, what: str, holds: bool) -> None:
        self.sound &= holds
        self.say(f"- {'ok' if holds else 'NOT SO'}: {what}")

    def part(self, title: str, work: Callable[[Report], None]) -> None:
        """A part that fails is a finding; the others are done all the same."""
        self.say(f"\n## {title}\n")
        started = time.monotonic()
        try:
            work(self)
        except Exception as error:
            self.expect(f"{type(error).__name__}: {error}", False)
        self.say(f"\n{time.monotonic() - started:.0f} s")


def course_on_both(report: Report) -> None:
    """Every variant of the course, in this process."""
    course = Course.open(ROOT)
    found, seen = [], 0
    with devices.turn():
        for exercise in course.exercises:
            more, count = _on_both(exercise)
            found, seen = [*found, *more], seen + count
    report.expect(f"{seen} variants of {len(course.exercises)} exercises: {len(found)} checks end otherwise", not found)
    if found:
        report.say("\n| exercise | variant | check | on cpu | on cuda |\n|---|---|---|---|---|")
    for one in found:
        report.say(f"| {one.exercise} | {one.variant} | {one.check} | {one.on_cpu} | {one.on_cuda} |")


def _on_both(
    exercise: Exercise,
    gpu: Callable[[], AbstractContextManager[object]] = contextlib.nullcontext,
    cpu_seconds: float | None = None,
) -> tuple[list[compare.Difference], int]:
    """What ends otherwise, and how many variants were tried."""
    paths = list(compare.variants(exercise))
    on_cpu = compare.verdicts(exercise, "cpu", paths)
    with gpu():
        on_cuda = compare.verdicts(exercise, "cuda", paths, cpu_seconds)
    devices.use("cpu")
    return compare.differences(exercise, on_cpu, on_cuda), len(paths)


def on_a_fake(names: list[str]) -> int:
    """Exit code: 0 when every check of the course (or of the exercises ``names``) ends as on the CPU."""
    from tests.fake_cuda import fake_cuda

    total = 0
    for exercise in Course.open(ROOT).exercises:
        if names and exercise.name not in names:
            continue
        found, seen = _on_both(exercise, fake_cuda, compare.FAKE_SECONDS)
        total += len(found)
        print(f"{exercise.name}: {seen} variants, {len(found)} checks end otherwise", flush=True)
        for one in found:
            print(f"  {one.variant}, {one.check}\n    cpu:  {one.on_cpu}\n    cuda: {one.on_cuda}", flush=True)
    return int(total > 0)


def references_through_the_wall(report: Report) -> None:
    """Full marks, and seconds: the first worker makes the driver ready, later ones only a context of their own."""
    course = Course.open(ROOT)
    seconds = []
    with Grader(Settings(ROOT, "cuda")) as grader:
        report.say(f"Layers: {', '.join(layer.name for layer in grader.sandbox.layers if layer.on)}\n")
        for exercise in course.exercises:
            started = time.monotonic()
            result = grader.grade(Submission("reference", exercise.name, read_text(exercise.code)))
            seconds.append(time.monotonic() - started)
            report.expect(f"{exercise.name}: {result.score}/{result.max_score}", result.score == result.max_score)
            assert result.provenance.device.startswith("cuda"), result.provenance.device
    rest = statistics.median(seconds[1:])
    report.say(f"\nSeconds a submission: {seconds[0]:.2f} the first, {rest:.2f} in the median of the others")


def attacks(report: Report) -> None:
    """The whole corpus, graded on the GPU."""
    from tests.attacks import ablation
    from tests.attacks.battle import fight
    from tests.attacks.corpus import corpus

    hostile = [attack for attack in corpus() if attack.item != "honest"]
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        Path(folder).chmod(0o755)
        battle = fight(corpus(), Path(folder), options=("--device", "cuda"))
        forged = [attack.name for attack in hostile if ablation.is_forged(attack, battle)]
        holes = [attack.name for attack in hostile if "HOLE" in ablation.words(attack, battle)]
    report.expect(f"{len(hostile)} attacks: {len(forged)} forged {forged or ''}", not forged)
    report.expect(f"{len(holes)} holes {holes or ''}, {len(battle.leaks)} leaks", not holes and not battle.leaks)
    report.expect(f"{len(battle.processes)} processes left behind", not battle.processes)


def memory_after_killed_workers(report: Report) -> None:
    """Each holds a gigabyte when it is killed; the next one begins with all of it there."""
    with (
        devices.turn() as turn,
        contextlib.closing(open_sandbox(nodes=devices.nodes(), turn=turn)) as sandbox,
    ):
        before = devices.driver.free_mb(turn.gpu)
        started = time.monotonic()
        for _ in range(KILLED):
            conversation = Conversation(sandbox, "hog", HOG, None, Limits(60, 600, 2048))
            conversation.begin(0, new_check=True)
            conversation.student.hold(1024)
            conversation.close()  # SIGKILL
        turn.wait_for_room()
        after = devices.driver.free_mb(turn.gpu)
    seconds = (time.monotonic() - started) / KILLED
    words = f"{KILLED} workers ended by {signal.SIGKILL.name} with 1 GB each, {seconds:.2f} s each: "
    report.expect(f"{words}{before} MB free before, {after} MB after", after >= before - 64)


def tests(report: Report) -> None:
    """Those that are skipped elsewhere."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "gpu", "tests"], cwd=ROOT, capture_output=True, text=True
    )
    report.expect(f"pytest -m gpu: {done.stdout.strip().splitlines()[-1]}", done.returncode == 0)


def main() -> int:
    if "--fake" in sys.argv:
        return on_a_fake(sys.argv[2:])
    if why_not := devices.driver.why_not():
        print(f"Nothing was proved, and nothing was run: {why_not}.")
        return 0
    import torch

    report = Report()
    gpus = ", ".join(f"{gpu.name} ({gpu.memory_mb} MB)" for gpu in devices.driver.gpus())
    report.say(
        f"# Grading on a GPU\n\n`make gpu-check` on {gpus}, PyTorch {torch.__version__}, CUDA {torch.version.cuda}"
    )
    report.part("References through the wall", references_through_the_wall)
    report.part("Memory after killed workers", memory_after_killed_workers)
    report.part("The course on CPU and GPU", course_on_both)
    report.part("The corpus of attacks", attacks)
    report.part("Tests that need a GPU", tests)
    report.say("\nAll as it must be." if report.sound else "\nSomething is not as it must be: see NOT SO above.")
    print(f"The report: {REPORT}")
    return 0 if report.sound else 1


if __name__ == "__main__":
    sys.exit(main())
