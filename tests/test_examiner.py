"""A suite on submissions: verdicts, their words, and who is to blame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.convergence import Band, write_bands
from grader.examiner import Examiner
from grader.exercise import Course, CourseError, Exercise
from grader.replay import converse
from grader.result import MAX_WORDS, Outcome, Result, Verdict
from grader.student import LocalStudent

Grade = Callable[..., Result]
RIGHT = "def double(x):\n    return x + x\n"


def suite(body: str) -> str:
    """A hidden suite with one check."""
    head = "import pytest, torch\nfrom grader.testing import *\n\n"
    return head + f'def test_it(student, reference, randn):\n    """It."""\n    {body}\n'


def only(result: Result) -> Verdict:
    (verdict,) = result.checks
    return verdict


def test_full_marks(grade_toy: Grade) -> None:
    result = grade_toy(RIGHT)

    assert (result.score, result.max_score, result.outcome) == (3, 3, Outcome.PASSED)
    assert [(c.name, c.title, c.points) for c in result.checks] == [
        ("test_value", "Twice the argument.", 2),
        ("test_scalar", "Of a number.", 1),
    ]


@pytest.mark.parametrize(
    ("code", "outcome", "cause", "feedback"),
    [
        ("def double(x):\n    return 3 * x\n", "failed", "value", "The result has the right form, but its numbers"),
        ("def double(x):\n    2 * x\n", "failed", "type", "The result is None (is a `return` missing?), expected a t"),
        ("def double(x):\n    return x[0]\n", "failed", "shape", "The result has shape (2,), expected (3, 2)."),
        (
            "def double(x):\n    raise NotImplementedError()\n",
            "crashed",
            "not written",
            "Not written yet (line 2: `rai",
        ),
        (
            "def double(x):\n    return y\n",
            "crashed",
            "exception",
            "NameError: name 'y' is not defined (line 2: `retur",
        ),
        ("def double(x)\n", "crashed", "syntax", "The file is not valid Python: expected ':' (line 1: `def doubl"),
        ("import keras\n", "crashed", "import", "ModuleNotFoundError: No module named 'keras' (line 1: `import"),
        (
            "def dubble(x):\n    return 2 * x\n",
            "crashed",
            "missing function",
            "There is no function `double` in double",
        ),
        ("import os\nos._exit(0)\n", "crashed", "exit", "The code ended its own process (exit status 0). That was"),
        ("def double(x):\n    import sys\n    sys.exit(0)\n", "crashed", "exit", "The code ended the program with sys"),
        ("def double(x):\n    while True: pass\n", "timeout", "cpu", "The code was stopped: it computed for longer"),
        (
            "def double(x):\n    return bytearray(2**31)\n",
            "crashed",
            "memory",
            "The code ran out of the memory that it",
        ),
        (
            "def double(x):\n    import os\n    os.fork()\n",
            "crashed",
            "exception",
            "PermissionError: [Errno 1] Operation n",
        ),
    ],
)
def test_wrong_submissions_are_told_why(grade_toy: Grade, code: str, outcome: str, cause: str, feedback: str) -> None:
    result = grade_toy(code)

    assert result.score == 0
    assert (result.outcome.value, result.cause) == (outcome, cause)
    assert result.feedback.startswith(feedback)


def test_one_mistake_costs_its_own_check(grade_toy: Grade) -> None:
    result = grade_toy("def double(x):\n    return 2 * x if x.dim() else 1 / 0\n")

    assert [c.score for c in result.checks] == [2, 0]


def test_a_loop_costs_its_limit_not_once_per_check(grade_toy: Grade) -> None:
    checks = "".join(f"def test_{n}(student):\n    student.double(1)\n" for n in range(6))

    result = grade_toy("def double(x):\n    while True: pass\n", suite=checks)

    assert [c.cause for c in result.checks] == ["cpu", "cpu", "budget", "budget", "budget", "budget"]
    assert {c.outcome for c in result.checks} == {Outcome.TIMEOUT}


def test_after_a_crash_the_next_check_gets_a_fresh_worker(grade_toy: Grade) -> None:
    checks = (
        "def test_crash(student):\n    student.stop()\n\ndef test_alive(student):\n    assert student.double(1) == 2\n"
    )

    result = grade_toy(
        "import os\ndef stop(): os._exit(1)\ndef double(x): return 2 * x\n",
        suite=checks,
        code="def stop(): pass\ndef double(x): return 2 * x\n",
    )

    assert [c.outcome for c in result.checks] == [Outcome.CRASHED, Outcome.PASSED]


def test_cases_are_one_check(grade_toy: Grade) -> None:
    checks = (
        "import pytest\n@pytest.mark.points(4)\n@pytest.mark.parametrize('x', [1, 2, 3])\n"
        "def test_it(student, x):\n    assert student.double(x) == 2 * x\n"
    )

    assert only(grade_toy("def double(x):\n    return 2 * x if x < 3 else 0\n", suite=checks)).score == 0
    assert only(grade_toy(RIGHT, suite=checks)).score == 4


def test_needs_blocks(grade_toy: Grade) -> None:
    checks = (
        "import pytest\ndef test_a(student):\n    '''First.'''\n    assert student.double(1) == 2\n\n"
        "@pytest.mark.needs('test_a')\ndef test_b(student):\n    assert student.double(2) == 4\n"
    )

    blocked = grade_toy("def double(x):\n    return x and 0\n", suite=checks).checks[1]

    assert (blocked.outcome, blocked.score) == (Outcome.BLOCKED, 0)
    assert blocked.feedback == "Not run: first make this work: First."
    assert grade_toy(RIGHT, suite=checks).score == 2


def test_award_gives_a_part(grade_toy: Grade) -> None:
    body = "if student.double(1) == 3: award(0.25, 'Nearly.')\n    assert student.double(1) == 2"

    verdict = only(grade_toy("def double(x):\n    return 3 * x\n", suite=suite(body)))

    assert (verdict.outcome, verdict.score, verdict.feedback) == (Outcome.FAILED, 0.25, "Nearly.")


def test_the_suites_own_words_reach_the_student_and_a_librarys_do_not(grade_toy: Grade) -> None:
    wrong = "def double(x):\n    return 3 * x\n"

    own = only(grade_toy(wrong, suite=suite("assert student.double(1) == 2, 'Twice one is two.'")))
    bare = only(grade_toy(wrong, suite=suite("assert student.double(1) == 2")))
    library = only(
        grade_toy(wrong, suite=suite("torch.testing.assert_close(student.double(torch.ones(2)), 2 * torch.ones(2))"))
    )

    assert own.feedback == "Twice one is two."
    assert bare.feedback == library.feedback == "The result is not what it should be."


def test_errors_that_the_suite_expects(grade_toy: Grade) -> None:
    body = "with pytest.raises(ValueError): student.double(-1)"
    strict = "def double(x):\n    if x < 0: raise ValueError('negative')\n    return 2 * x\n"

    assert only(grade_toy(strict, suite=suite(body), code=strict)).score == 1
    assert only(grade_toy(RIGHT, suite=suite(body), code=strict)).feedback.startswith("DID NOT RAISE")


def test_what_a_sound_suite_trips_over_is_the_submissions_doing(grade_toy: Grade) -> None:
    verdict = only(grade_toy("def double(x):\n    pass\n", suite=suite("assert student.double(1) + 1 == 3")))

    assert (verdict.outcome, verdict.score, verdict.cause) == (Outcome.FAILED, 0, "type")


def test_a_suite_that_its_reference_does_not_pass_is_broken_for_everybody(grade_toy: Grade) -> None:
    for body in ("assert student.double(1) == 5", "undefined_name", "pytest.skip('no')"):
        verdict = only(grade_toy(RIGHT, suite=suite(body)))

        assert (verdict.outcome, verdict.score) == (Outcome.BROKEN, None)
        assert verdict.feedback.startswith("This check is broken: the reference does not pass it")


def test_arguments_come_back_changed(grade_toy: Grade) -> None:
    body = (
        "a, b, kept = torch.ones(2), [torch.zeros(2)], {'v': torch.zeros(1)}\n"
        "    first = b[0]\n"
        "    student.double(a, b, state=kept)\n"
        "    assert a.tolist() == [2, 2]\n"
        "    assert b[0] is first and first.tolist() == [1, 1] and b[1] == 'new'\n"
        "    assert kept['v'].tolist() == [5] and kept['n'] == 1"
    )
    code = (
        "def double(a, b, state):\n    a *= 2; b[0] += 1\n    b.append('new')\n    state.update(v=state['v'] + 5, n=1)"
    )

    assert only(grade_toy(code, suite=suite(body), code=code)).score == 1


def test_a_replaced_entry_does_not_change_the_callers_tensor(grade_toy: Grade) -> None:
    body = "p = torch.ones(2); ps = [p]\n    student.double(ps)\n    assert p.tolist() == [2, 2], 'not in place'"
    right = "def double(ps):\n    ps[0] *= 2\n"

    assert only(grade_toy(right, suite=suite(body), code=right)).score == 1
    assert only(grade_toy("def double(ps):\n    ps[0] = ps[0] * 2\n", suite=suite(body), code=right)).score == 0


def test_an_argument_changed_beyond_recognition(grade_toy: Grade) -> None:
    body = "w = torch.ones(2, 3)\n    student.double(w)\n    assert w.shape == (2, 3)"

    verdict = only(grade_toy("def double(w):\n    w.t_()\n", suite=suite(body), code="def double(w): pass\n"))

    assert verdict.feedback == "An argument was changed in place into something of another type, dtype or shape."


def test_probes_and_vjp(grade_toy: Grade) -> None:
    body = (
        "assert student.run('twice', 3, times=2) == 12\n"
        "    x = torch.ones(2)\n"
        "    assert_close(student.vjp('double', (x,), torch.tensor([1.0, 3.0])), (torch.tensor([2.0, 6.0]),))"
    )
    probes = "def twice(module, x, times):\n    for _ in range(times):\n        x = module.double(x)\n    return x\n"

    assert only(grade_toy(RIGHT, suite=suite(body), probes__py=probes)).score == 1
    missing = only(grade_toy("y = 1\n", suite=suite(body), probes__py=probes))
    assert missing.feedback == "There is no function `double` in double.py."


def test_the_seed_is_the_same_on_a_regrade_and_not_the_same_in_every_check(grade_toy: Grade) -> None:
    checks = (
        "import torch\nfrom grader.testing import award\n"
        "def test_a(student, randn):\n    award(0.5, str(randn(1).item()) + str(student.double(1)))\n\n"
        "def test_b(student, randn):\n    award(0.5, str(randn(1).item()) + str(student.double(1)))\n"
    )
    code = "import torch\ndef double(x):\n    return float(torch.rand(()))\n"
    examined = [verdict.feedback for verdict in _examine_without_wall(grade_toy, checks, code)]

    assert examined == [verdict.feedback for verdict in _examine_without_wall(grade_toy, checks, code)]


def _examine_without_wall(grade_toy: Grade, checks: str, code: str) -> tuple[Verdict, ...]:
    return grade_toy(code, suite=checks, code="def double(x):\n    return 1.0\n").checks


def test_students_may_call_their_functions_what_they_like(grade_toy: Grade) -> None:
    names = ("load", "close", "ask", "begin", "student", "name")
    code = "".join(f"def {name}():\n    return {name!r}\n" for name in names)
    body = f"assert all(getattr(student, name)() == name for name in {names})"

    assert only(grade_toy(code, suite=suite(body), code=code)).score == 1


def test_a_reference_that_cannot_be_loaded_is_named(write_exercise: Callable[..., Path]) -> None:
    course = Course.open(write_exercise(code="def double(x:\n"))

    with pytest.raises(CourseError, match="the reference or its probes cannot be loaded"):
        Examiner(course.exercise("toy/double"), "seed")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def test_it(:", "cannot be collected"),
        ("import no_such_module", "cannot be collected"),
        ("x = 1", "holds no checks"),
        (
            "import pytest\n@pytest.mark.points(-1)\ndef test_it(student): pass",
            "points\\(-1\\), expected a number above 0",
        ),
        ("import pytest\n@pytest.mark.needs('test_z')\ndef test_it(student): pass", "needs test_z, which is no check"),
        ("import pytest\n@pytest.mark.pionts(1)\ndef test_it(student): pass", "cannot be collected"),
    ],
)
def test_a_suite_that_cannot_be_used(write_exercise: Callable[..., Path], text: str, words: str) -> None:
    course = Course.open(write_exercise(suite=text))

    with pytest.raises(CourseError, match=words):
        Examiner(course.exercise("toy/double"), "seed")


def test_two_courses_with_suites_of_one_name(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    first = write_exercise(suite=suite("assert student.double(1) == 2"))
    first.rename(tmp_path / "first")
    second = write_exercise(suite=suite("assert student.double(1) == 3"), code="def double(x):\n    return 3 * x\n")

    for root, right in ((tmp_path / "first", 2), (second, 3)):
        exercise = Course.open(root).exercise("toy/double")
        with Examiner(exercise, "seed") as examiner:
            (verdict,) = examiner.examine(LocalStudent(exercise.code), str)
        assert verdict.outcome is Outcome.PASSED, right


# --- why ----------------------------------------------------------------------------------------------------------


def misconceptions(tmp_path: Path, **texts: str) -> None:
    """Write misconceptions of the exercise toy/double."""
    folder = tmp_path / "course" / "solutions" / "toy" / "double" / "misconceptions"
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)


TRIPLED = '"""Three is not two.\n\nFor instructors: a slip.\n"""\ndef double(x):\n    return 3 * x\n'
SQUARED = '"""A square is not the double."""\ndef double(x):\n    return x * x + 1\n'


def test_a_check_that_a_misconception_explains_says_so(grade_toy: Grade, tmp_path: Path) -> None:
    misconceptions(tmp_path, tripled=TRIPLED, squared=SQUARED)

    result = grade_toy("def double(x):\n    return x + x + x\n")

    for verdict in result.checks:
        assert (verdict.outcome, verdict.score) == (Outcome.FAILED, 0)
        assert verdict.diagnosis == "tripled"
        assert verdict.explanation == "Three is not two."
        assert verdict.feedback.startswith("The result has the right form, but its numbers are not right.")
        assert verdict.feedback.endswith(" Three is not two.")


def test_a_misconception_says_nothing_to_who_did_not_have_it(grade_toy: Grade, tmp_path: Path) -> None:
    misconceptions(tmp_path, tripled=TRIPLED, squared=SQUARED)

    right = grade_toy(RIGHT)
    other = grade_toy("def double(x):\n    return (x + 2).cos()\n")

    assert right.score == 3
    assert {verdict.diagnosis for verdict in (*right.checks, *other.checks)} == {""}
    assert {verdict.explanation for verdict in (*right.checks, *other.checks)} == {""}
    assert other.feedback == "The result has the right form, but its numbers are not right."


@pytest.mark.parametrize(
    "odd",
    [
        "def double(x:\n",
        "def double(x):\n    return 3 * x\n",  # has no docstring
        '"""Words."""\nimport no_such_module\n',
        '"""Words."""\ndef double(x):\n    raise SystemExit\n',
        '"""Words."""\n',
        "",
    ],
)
def test_an_odd_misconception_does_not_disturb(grade_toy: Grade, tmp_path: Path, odd: str) -> None:
    misconceptions(tmp_path, odd=odd, tripled=TRIPLED)

    assert grade_toy(RIGHT).score == 3
    assert [v.diagnosis for v in grade_toy("def double(x):\n    return x * 3\n").checks] == ["tripled", "tripled"]


def test_an_endless_misconception_does_not_disturb(grade_toy: Grade, tmp_path: Path) -> None:
    misconceptions(tmp_path, endless='"""Words."""\ndef double(x):\n    while True: pass\n', tripled=TRIPLED)

    checks = grade_toy("def double(x):\n    return x * 3\n").checks

    assert [verdict.diagnosis for verdict in checks] == ["tripled", "tripled"]


def test_numbers_and_exceptions_are_explained_without_misconceptions(grade_toy: Grade) -> None:
    negative = grade_toy("def double(x):\n    return -2 * x\n").checks
    mixed = grade_toy("import torch\ndef double(x):\n    return x @ torch.ones(7, 7, dtype=x.dtype)\n").checks

    assert negative[0].diagnosis == "ratio: -1"
    assert negative[0].feedback.endswith(negative[0].explanation)
    assert "the sign is wrong" in negative[0].explanation
    assert (mixed[0].outcome, mixed[0].diagnosis) == (Outcome.CRASHED, "error: matrix product")


# --- bands --------------------------------------------------------------------------------------------------------

CONVERGES = """
import pytest
from grader.testing import assert_converges

def run(who, seed):
    return float(who.double(seed % 9 + 1))

def test_plain(student):
    assert student.double(1) > 0

def test_it(student, band):
    assert_converges(run, student, band)

@pytest.mark.parametrize("offset", [10, 20])
def test_cases(student, band, offset):
    assert_converges(lambda who, seed: run(who, seed) + offset, student, band)
"""


def opened(root: Path) -> Exercise:
    return Course.open(root).exercise("toy/double")


def test_measure_trains_the_reference_on_each_seed(write_exercise: Callable[..., Path]) -> None:
    with Examiner(opened(write_exercise(suite=CONVERGES)), "seed") as examiner:
        bands = examiner.measure(9)

    assert bands == {
        "test_it": Band(low=2, high=18, median=10, seeds=9),
        "test_cases[10]": Band(low=12, high=28, median=20, seeds=9),
        "test_cases[20]": Band(low=22, high=38, median=30, seeds=9),
    }


def test_a_measured_band_judges(write_exercise: Callable[..., Path]) -> None:
    exercise = opened(write_exercise(suite=CONVERGES))
    with Examiner(exercise, "seed") as examiner:
        write_bands(exercise, examiner.measure(9))
        unsound = [verdict.outcome for verdict in examiner.examine(converse(exercise, RIGHT), str)]
    with Examiner(exercise, "seed") as examiner:
        causes = [
            [verdict.cause for verdict in examiner.examine(converse(exercise, code), str)]
            for code in (RIGHT, "def double(x):\n    return 20 * x\n")
        ]

    assert unsound == [Outcome.PASSED, Outcome.BROKEN, Outcome.BROKEN]  # the first examiner found no band
    assert causes == [["", "", ""], ["", "convergence", "convergence"]]


def test_a_band_is_met_on_seeds_that_follow_from_the_secret(write_exercise: Callable[..., Path]) -> None:
    suite = """
from grader.testing import assert_converges

def test_it(student, band):
    assert_converges(lambda who, seed: 0 * who.double(seed), student, band)
"""
    exercise = opened(write_exercise(suite=suite))
    with Examiner(exercise, "secret") as examiner:
        write_bands(exercise, examiner.measure(9))

    def seeds(secret: str) -> list[int]:
        with Examiner(exercise, secret) as examiner:
            student = converse(exercise, RIGHT)
            assert [verdict.outcome for verdict in examiner.examine(student, str)] == [Outcome.PASSED]
        return [exchange.arguments()[0][0] for exchange in student.transcript]

    assert seeds("one") == seeds("one") != seeds("two")
    assert len(set(seeds("one"))) == 5
    assert min(seeds("one")) > 10**6  # none that anybody would try


def test_a_check_without_its_band_is_broken_and_says_what_to_do(grade_toy: Grade) -> None:
    plain, it, cases = grade_toy(RIGHT, suite=CONVERGES).checks

    assert plain.outcome is Outcome.PASSED
    for verdict in (it, cases):
        assert (verdict.outcome, verdict.score) == (Outcome.BROKEN, None)
        assert "no band was measured for it: run `gradstep measure toy/double`" in verdict.feedback


def test_a_suite_without_bands_has_nothing_to_measure(write_exercise: Callable[..., Path]) -> None:
    with Examiner(opened(write_exercise()), "seed") as examiner:
        assert examiner.measure(9) == {}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def double(x):\n    return x if x < 3 else 1 / 0\n", "test_it cannot be measured: division by zero"),
        ("def double(x):\n    return float('nan')\n", "diverged for some seeds"),
    ],
)
def test_a_reference_that_cannot_be_measured(write_exercise: Callable[..., Path], code: str, words: str) -> None:
    with Examiner(opened(write_exercise(suite=CONVERGES, code=code)), "seed") as examiner:
        with pytest.raises(CourseError, match=words):
            examiner.measure(9)

        assert examiner.examine(converse(examiner.exercise, RIGHT), str)[1].outcome is Outcome.BROKEN  # not measuring


# --- for audits ---------------------------------------------------------------------------------------------------

THREE = """
def test_one(student):
    assert student.double(1) == 2

def test_two(student):
    assert student.double(2) == 4

def test_three(student):
    assert student.double(3) == 6

def test_unsound(student):
    assert student.double(4) == 9
"""


def test_the_first_check_that_is_lost(write_exercise: Callable[..., Path]) -> None:
    exercise = opened(write_exercise(suite=THREE))
    wrong = "def double(x):\n    return 2 * x if x < 2 else 0\n"

    with Examiner(exercise, "seed") as examiner:
        student = converse(exercise, wrong)
        first = examiner.first_lost(student)
        asked = [argument for exchange in student.transcript for argument in exchange.arguments()[0]]
        backwards = examiner.first_lost(converse(exercise, wrong), examiner.checks[::-1])
        right = examiner.first_lost(converse(exercise, RIGHT))

    assert first is not None
    assert backwards is not None
    assert (first.name, asked) == ("test_two", [2])  # those after it were not run
    assert backwards.name == "test_three"  # the unsound one counts for nobody
    assert right is None


def test_for_a_while_data_comes_from_another_seed(write_exercise: Callable[..., Path]) -> None:
    body = "if student.double(1) == 3: award(0.5, str(randn(1).item()) + str(student.noise()))"
    noise = "import random\ndef noise():\n    return random.random()\n"
    exercise = opened(write_exercise(suite=suite(body), code=RIGHT + noise))

    def drawn() -> str:
        code = f"{noise}def double(x):\n    return 3 * x\n"
        return examiner.examine(converse(exercise, code), str, explain=False)[0].feedback

    with Examiner(exercise, "seed") as examiner:
        before = drawn()
        with examiner.seeded("other"):
            meanwhile = drawn()
        with pytest.raises(ZeroDivisionError), examiner.seeded("third"):
            raise ZeroDivisionError
        after = drawn()

    assert before == after
    assert meanwhile != before


# --- words that are forged ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "missing", "probe", "unsendable", "import"])
def test_an_error_without_words_gets_some(grade_toy: Grade, kind: str) -> None:
    forged = f"import sys\nsys.modules['worker.serve'].perform = lambda *_: {{'error': {{'kind': '{kind}'}}}}\n"

    for verdict in grade_toy(forged + RIGHT).checks:
        assert len(verdict.feedback.split()) > 3
        assert (verdict.score, verdict.outcome is Outcome.PASSED) == (0, False)


@pytest.mark.parametrize(
    "code",
    [
        "def double(x):\n    raise RuntimeError('\U000e0001' * 10**6)\n",
        "def double(x):\n    raise type('E' * 10**4, (Exception,), {})('x' * 10**6)  # "
        + "\N{SNOWMAN}\u202e" * 999
        + "\n",
        "def double(x):\n    return type('E' * 10**4, (), {})()\n",
        "import sys\nencoder = sys.modules['worker.wire']._Encoder\n"
        "encoder._tensor_or_foreign = lambda self, value: self._text(b'x', 'x' * 10**6)\n" + RIGHT,
    ],
    ids=["message", "type and line", "result", "forged result"],
)
def test_words_are_bounded_whoever_made_them_long(grade_toy: Grade, code: str) -> None:
    for verdict in grade_toy(code).checks:
        assert 20 < len(verdict.feedback) <= MAX_WORDS
        assert verdict.feedback.isprintable()


def test_the_line_that_is_quoted_is_the_line_that_python_means(grade_toy: Grade) -> None:
    verdict = grade_toy("# \x0c \u2028\n'\x0b \x85'\ndef double(x):\n    raise ValueError('this')\n").checks[0]

    assert verdict.feedback == "ValueError: this (line 4: `raise ValueError('this')`)."
