"""Suites that are worse than they should be are found, and told with a name."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from grader import audit as rooms
from grader.audit import QUICK, Audit, Effort, audit, audit_all
from grader.audit.folder import missing
from grader.audit.pool import processes, submit
from grader.exercise import Course

from .conftest import REPOSITORY

Spoil = Callable[[Path], object]
UNKNOWN_MUTANT = '[[equivalent]]\nstatement = "x"\nbefore = "a"\nafter = "b"\nreason = "c"\n'
SURVIVOR = "A survivor, a wrong variant with full marks"


def copy_of(exercise: str, tmp_path: Path) -> Path:
    """A course in ``tmp_path`` that has this one exercise."""
    for part in ("solutions", "exercises"):
        shutil.copytree(REPOSITORY / part / exercise, tmp_path / part / exercise)
    return tmp_path / "solutions" / exercise


def audited(exercise: str, tmp_path: Path) -> Audit:
    course = Course.open(tmp_path)
    return audit(course, course.exercise(exercise), Effort(seeds=1))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def without(name: str) -> Spoil:
    """Drop a check from the hidden suite."""

    def spoil(folder: Path) -> None:
        text = (folder / "test_hidden.py").read_text()
        before, _, rest = text.partition(f"def {name}(")
        head = before[: before.rindex("\n\n\n")]
        _, gap, after = rest.partition("\n\n\n")
        (folder / "test_hidden.py").write_text(head + gap + after)

    return spoil


def test_a_sound_exercise(tmp_path: Path) -> None:
    copy_of("loss/cross_entropy", tmp_path)

    found = audited("loss/cross_entropy", tmp_path)

    assert found.faults == []
    scores = {(row.kind, row.name): row.score for row in found.rows}
    assert scores["reference", "cross_entropy"] == scores["alternative", "loop"] == found.points == 11
    assert scores["template", "untouched"] == 0
    assert found.killed == found.mutants > 20
    assert all(row.told == row.name for row in found.rows if row.kind == "misconception")
    assert Audit.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (
            without("test_shift_invariance"),
            "A survivor, a wrong variant with full marks: misconceptions/global_max.py.",
        ),
        (without("test_arguments_untouched"), "A survivor, a wrong variant with full marks: answers argument changed."),
        (lambda f: (f / "README.md").unlink(), "README.md is missing or empty."),
        (lambda f: (f / "hints.md").write_text("## Nudge\n"), "hints.md has 1 rungs (## headings), expected 3"),
        (
            lambda f: edit(f / "exercise.toml", "torch.nn.NLLLoss", "torch.nn.NLLoss"),
            "exercise.toml forbids torch.nn.NLLoss, which is not there",
        ),
        (
            lambda f: edit(f / "exercise.toml", "torch.nn.NLLLoss", "torch.arange"),
            "cross_entropy.py uses torch.arange (line 20)",
        ),
        (lambda f: shutil.rmtree(f / "alternatives"), "alternatives/ holds no right answer"),
        (lambda f: shutil.rmtree(f / "misconceptions"), "misconceptions/ holds 0, at least 3 are needed."),
        (lambda f: edit(f / "test_public.py", "7)", "8)"), "exercises/loss/cross_entropy/test_public.py differs"),
        (
            lambda f: edit(f / "misconceptions/no_shift.py", '"""', "#"),
            "misconceptions/no_shift.py has no docstring",
        ),
        (
            lambda f: shutil.copy(f / "misconceptions/no_shift.py", f / "misconceptions/again.py"),
            "misconceptions/again.py is not told apart",
        ),
        (
            lambda f: shutil.copy(f / "alternatives/loop.py", f / "misconceptions/right.py"),
            f"{SURVIVOR}: misconceptions/right.py.",
        ),
        (
            lambda f: shutil.copy(f / "misconceptions/no_shift.py", f / "alternatives/no_shift.py"),
            "The alternative no_shift.py does not pass test_shift_invariance: The result is nan",
        ),
        (
            lambda f: edit(f / "test_hidden.py", "@pytest.mark.points(2)\ndef test_sure", "def test_sure"),
            "test_sure_and_wrong has no points",
        ),
        (
            lambda f: edit(f / "test_hidden.py", '    """A batch of one sample."""\n', ""),
            "test_one_sample has no title",
        ),
        (
            lambda f: append(f / "test_hidden.py", "\n\ndef test_nothing(student):\n    'Nothing.'\n"),
            "The untouched template earns points in test_nothing.",
        ),
        (
            lambda f: (f / "equivalents.toml").write_text(UNKNOWN_MUTANT),
            "equivalents.toml lists a mutant that is not made (any more)",
        ),
    ],
)
def test_what_is_wrong_with_an_exercise_is_named(tmp_path: Path, spoil: Spoil, fault: str) -> None:
    spoil(copy_of("loss/cross_entropy", tmp_path))

    found = audited("loss/cross_entropy", tmp_path)

    assert [one for one in found.faults if one.startswith(fault)], found.faults


NO_TEXT = "# \xe9\n".encode("latin-1")
BAND = '{"bands": {"test_value": {"low": 1, "high": 2, "median": 1, "seeds": 1300}}}'


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("misconceptions/a.py", NO_TEXT, "misconceptions/a.py is not text in UTF-8 (byte 2): save it as UTF-8."),
        ("alternatives/a.py", NO_TEXT, "alternatives/a.py is not text in UTF-8"),
        ("hints.md", NO_TEXT, "hints.md is not text in UTF-8"),
        ("test_hidden.py", NO_TEXT, "test_hidden.py is not text in UTF-8"),
        ("probes.py", NO_TEXT, "probes.py is not text in UTF-8"),
        ("double.py", b"# coding: latin-1\n" + NO_TEXT, "double.py is not text in UTF-8"),
        ("double.py", b"def double(x)\n", "double.py, line 1, is not valid Python: expected ':'."),
        ("double.py", b"import sys\nsys.exit(3)\n", "the reference or its probes cannot be loaded: 3"),
        ("equivalents.toml", NO_TEXT, "equivalents.toml is not text in UTF-8"),
        ("equivalents.toml", b"equivalent = 3\n", "equivalents.toml: equivalent is 3, expected a table [[equivalent]]"),
        ("equivalents.toml", b'equivalent = ["a"]\n', "equivalent is ['a'], expected a table [[equivalent]]"),
        ("equivalents.toml", b"[[equivalents]]\n", "unknown key equivalents. Known: equivalent."),
        (
            "equivalents.toml",
            b"[[equivalent]]\n",
            '[[equivalent]] number 1 has no statement: expected statement = "…".',
        ),
        (
            "equivalents.toml",
            UNKNOWN_MUTANT.replace('"b"', "3").encode(),
            'equivalents.toml: [[equivalent]] number 1: after is 3, expected after = "…".',
        ),
        (
            "equivalents.toml",
            UNKNOWN_MUTANT.replace('"c"', "[]").encode(),
            'number 1: reason is [], expected reason = "…".',
        ),
        ("bands.json", b"bands", "bands.json does not hold bands"),
        ("bands.json", b"[3]", "bands.json does not hold bands"),
        ("bands.json", BAND.replace("1,", '"x",').encode(), "low of test_value is 'x', expected a number"),
        ("bands.json", BAND.replace("1300", '"y"').encode(), "seeds of test_value is 'y', expected a number"),
        ("bands.json", BAND.replace("1300", "0").encode(), "seeds of test_value is 0, expected how many runs"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(
    write_exercise: Callable[..., Path], file: str, content: bytes, fault: str
) -> None:
    suite = '"""With a band."""\n\n\ndef test_value(student, band):\n    assert student.double(band.low) == 2\n'
    course = Course.open(write_exercise(suite=suite, bands__json=BAND))
    path = course.exercise("toy/double").folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)

    found = audit(course, course.exercise("toy/double"), Effort(seeds=0))

    assert [one for one in found.faults if fault in one], found.faults
    assert len(set(found.faults)) == len(found.faults)


def test_a_file_that_cannot_be_read_hides_no_other_fault(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    course = Course.open(write_exercise(hints__md="## Nudge\n"))
    (course.exercise("toy/double").folder / "README.md").write_bytes(NO_TEXT)

    faults = " ".join(audit(course, course.exercise("toy/double"), Effort(seeds=0)).faults)

    assert "README.md is not text in UTF-8" in faults
    assert "hints.md has 1 rungs" in faults
    assert "alternatives/ holds no right answer" in faults


def test_a_file_that_cannot_be_read_stops_no_other_audit(write_exercise: Callable[..., Path]) -> None:
    write_exercise(name="toy/bad", code="def bad(x)\n", README__md="Bad.")
    course = Course.open(write_exercise())
    (course.exercise("toy/bad").folder / "README.md").write_bytes(NO_TEXT)

    bad, good = audit_all(course, ["toy/bad", "toy/double"], Effort(seeds=0))

    assert [fault for fault in bad.faults if "README.md is not text in UTF-8" in fault]
    assert [fault for fault in bad.faults if "cannot be loaded: expected ':' (bad.py, line 1)" in fault]
    assert ("reference", 3) in [(row.kind, row.score) for row in good.rows]


def test_variants_that_end_their_process_end_no_audit(write_exercise: Callable[..., Path]) -> None:
    course = Course.open(write_exercise())
    exercise = course.exercise("toy/double")
    for variant, text in (("alternatives", "os._exit(3)"), ("misconceptions", "def double(x):\n    os._exit(0)")):
        (exercise.folder / variant).mkdir()
        (exercise.folder / variant / "ends.py").write_text(f'"""It ends."""\nimport os\n{text}\n')

    found = audit(course, exercise, Effort(seeds=1))

    scores = {(row.kind, row.name): row.score for row in found.rows}
    assert (scores["alternative", "ends"], scores["misconception", "ends"], scores["reference", "double"]) == (0, 0, 3)
    why = "The alternative ends.py does not pass test_value: The code ended its own process (exit status 3)."
    assert [fault for fault in found.faults if fault.startswith(why)]


def test_a_check_that_refuses_nothing_is_named(tmp_path: Path) -> None:
    folder = copy_of("loss/cross_entropy", tmp_path)
    text = "\n\n@pytest.mark.points(1)\ndef test_idle(student):\n    'Nothing.'\n    student.cross_entropy\n"
    append(folder / "test_hidden.py", text)

    faults = audited("loss/cross_entropy", tmp_path).faults

    assert "test_idle refuses no wrong variant: it gives its points away." in faults


def test_a_right_answer_that_depends_on_the_seed_is_found(tmp_path: Path) -> None:
    folder = copy_of("loss/cross_entropy", tmp_path)
    edit(
        folder / "alternatives/loop.py",
        "    losses = []",
        "    losses = []\n    input = input * (1 + (input[0, 0] > 1))",
    )

    course = Course.open(tmp_path)
    found = audit(course, course.exercise("loss/cross_entropy"), Effort(seeds=8))

    assert any("loop.py does not pass" in fault or "alternative loop" in fault for fault in found.faults)


def test_bands_that_promise_too_little_or_are_of_other_code_are_named(tmp_path: Path) -> None:
    folder = copy_of("loop/train", tmp_path)
    course = Course.open(tmp_path)
    assert list(missing(course, course.exercise("loop/train"))) == []

    edit(folder / "bands.json", '"seeds": 1300', '"seeds": 200')
    edit(folder / "train.py", "total / samples", "total / max(samples, 1)")

    faults = " ".join(missing(course, course.exercise("loop/train")))
    assert "200 runs for test_converges are too few" in faults
    assert "bands.json was measured on other code" in faults


def test_a_sound_audit_is_kept_until_something_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = copy_of("loss/cross_entropy", tmp_path)
    course = Course.open(tmp_path)
    first = list(audit_all(course, ["loss/cross_entropy"], Effort(seeds=0)))
    monkeypatch.setattr(rooms, "_audit_by_name", None)  # whoever runs one now fails

    assert list(audit_all(course, ["loss/cross_entropy"], Effort(seeds=0))) == first

    edit(folder / "hints.md", "## Nudge", "## A nudge")
    with pytest.raises(TypeError):
        list(audit_all(course, ["loss/cross_entropy"], Effort(seeds=0)))


# --- processes that end -------------------------------------------------------------------------------------------


def add_alternative(course: Path, text: str) -> Path:
    """A second right answer for toy/double, with ``text`` before it; a file that says whether it has begun."""
    begun = course / "begun"
    path = course / "solutions/toy/double/alternatives/again.py"
    path.parent.mkdir()
    head = f"import os\nfrom pathlib import Path\nbegun = Path({str(begun)!r})\n"
    path.write_text(f"{head}{text}\ndef double(x):\n    return x + x\n")
    return begun


def test_an_audit_whose_process_is_killed_is_done_again(write_exercise: Callable[..., Path]) -> None:
    course = write_exercise()
    add_alternative(course, "if not begun.exists():\n    begun.touch()\n    os.kill(os.getpid(), 9)\n")

    (found,) = audit_all(Course.open(course), ["toy/double"], Effort(seeds=0))

    assert {(row.kind, row.score) for row in found.rows} >= {("reference", 3), ("alternative", 3)}


def test_what_kills_its_audit_each_time_is_named_and_stops_no_other(write_exercise: Callable[..., Path]) -> None:
    write_exercise(name="toy/again", code="def double(x):\n    return 2 * x\n")
    course = write_exercise()
    add_alternative(course, "os.kill(os.getpid(), 9)")

    other, killed = audit_all(Course.open(course), ["toy/again", "toy/double"], Effort(seeds=0))

    assert ("reference", 3) in [(row.kind, row.score) for row in other.rows]
    (fault,) = killed.faults
    assert "The auditing process was killed, and again when it had this exercise alone" in fault
    assert "Take the files of alternatives/ and misconceptions/ out one by one" in fault


def test_a_pool_that_is_broken_shows_in_the_future() -> None:
    with processes(1) as pool:
        for _ in range(2):
            with pytest.raises(BrokenProcessPool):
                submit(pool, os._exit, 3).result()


def in_session(session: int) -> list[str]:
    """Processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, of = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(of) == session and state != "Z":
                found.append(f"{entry.name} {(entry / 'cmdline').read_text()}")
    return found


def test_ctrl_c_stops_an_audit_and_all_its_processes(write_exercise: Callable[..., Path]) -> None:
    course = write_exercise(exercise__toml='title = "T"\nstep = "forward pass"\n[limits]\ncpu_seconds = 300\n')
    begun = add_alternative(course, "begun.touch()\nwhile True:\n    pass\n")
    command = [sys.executable, str(REPOSITORY / "cli.py"), "audit", "--course", str(course)]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, text=True) as process:
        try:
            while not begun.exists():
                assert process.poll() is None
                time.sleep(0.1)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            _, said = process.communicate(timeout=100)
            for _ in range(100):  # multiprocessing's own tracker ends a little later than who it tracks
                left = in_session(process.pid)
                if not left:
                    break
                time.sleep(0.1)
        finally:
            if in_session(process.pid):
                os.killpg(process.pid, signal.SIGKILL)

    assert (process.returncode, said.strip(), left) == (130, "Stopped.", [])


def test_every_exercise_of_the_course_is_sound(cache: Path) -> None:
    """What CI is for: no exercise is merged whose suite is not tested; `make audit` tries every mutant."""
    course = Course.open(REPOSITORY)

    found = list(audit_all(course, [exercise.name for exercise in course.exercises], QUICK, fresh=True))

    assert [(one.exercise, one.faults) for one in found if one.faults] == []
    assert len(list(cache.glob("gradstep/audit/*.json"))) >= len(found)  # there, and not in anybody's home
