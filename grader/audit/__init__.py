"""Test the tests: every hidden suite on everything that it must accept and everything that it must refuse.

Right variants (reference, alternatives) must get full marks, on several seeds; the template nothing; no wrong one
(misconceptions, spoiled sources, spoiled answers) full marks. Each misconception must be told by its own words, each
check must refuse something. Everything runs without a wall: these are the course's own files.
"""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path

from grader.audit.folder import missing
from grader.audit.pool import processes, submit
from grader.audit.report import Audit, Row
from grader.audit.suite import Effort, SuiteAudit
from grader.examiner import Examiner
from grader.exercise import Course, CourseError, Exercise
from grader.result import write_atomically

__all__ = ["QUICK", "THOROUGH", "Audit", "Effort", "Row", "audit", "audit_all", "fingerprint"]

THOROUGH = Effort()
QUICK = Effort(seeds=0, every=8)  # for a look while one writes, and for each change of the code


def audit(course: Course, exercise: Exercise, effort: Effort = THOROUGH) -> Audit:
    """Audit one exercise."""
    faults = [*missing(course, exercise)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the variants' own making
        try:
            with Examiner(exercise, course.seed()) as examiner:
                found = SuiteAudit(examiner, exercise, effort).run()
        except CourseError as error:
            return Audit(exercise.name, faults=_once([*faults, str(error)]))
    return replace(found, faults=_once([*faults, *found.faults]))


def _once(faults: Sequence[str]) -> list[str]:
    """A file that cannot be read is met more than once."""
    return list(dict.fromkeys(faults))


def audit_all(
    course: Course, names: Sequence[str], effort: Effort = THOROUGH, jobs: int | None = None, fresh: bool = False
) -> Iterator[Audit]:
    """Audits of the exercises called ``names``, in this order, several at once; those known from before are not run.

    An audit that brings its process down (a mutant may) is a fault of its exercise, not of the others.
    """
    wanted = [course.exercise(name) for name in names]
    keys = {exercise.name: fingerprint(course, exercise, effort) for exercise in wanted}
    known = {} if fresh else {name: found for name, key in keys.items() if (found := _load(key)) is not None}
    todo = [exercise.name for exercise in wanted if exercise.name not in known]
    workers = max(1, min(jobs or os.cpu_count() or 1, len(todo)))
    with processes(workers) as pool:
        running = {name: submit(pool, _audit_by_name, course.root, name, effort) for name in todo}
        for name in names:
            found = known.get(name) or _result(course, name, effort, running[name])
            if name in running and not found.faults:
                _save(found, keys[name])
            yield found


def _audit_by_name(root: Path, name: str, effort: Effort) -> Audit:
    course = Course.open(root)
    return audit(course, course.exercise(name), effort)


def _result(course: Course, name: str, effort: Effort, running: Future[Audit]) -> Audit:
    try:
        return running.result()
    except BrokenProcessPool:  # by this exercise or by another one: alone, it shows
        with processes(1) as alone:
            try:
                return submit(alone, _audit_by_name, course.root, name, effort).result()
            except BrokenProcessPool:
                return Audit(name, faults=[_BROUGHT_DOWN])


_BROUGHT_DOWN = (
    "The auditing process was killed, and again when it had this exercise alone: a variant or a mutant kills it, or "
    "memory ran out. Take the files of alternatives/ and misconceptions/ out one by one, the newest first, until an "
    "audit runs through: the last one out is the cause. When it is none of them, let the suite ask for smaller tensors."
)


def _load(key: str) -> Audit | None:
    try:
        return Audit.from_json(json.loads((cache_folder() / f"{key}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # none yet, or written by another version


def _save(found: Audit, key: str) -> None:
    try:
        write_atomically(cache_folder() / f"{key}.json", json.dumps(found.to_json()))
    except OSError:
        pass  # a home that cannot be written to costs time, not the audit


def fingerprint(course: Course, exercise: Exercise, effort: Effort) -> str:
    """Changes with whatever an audit's outcome depends on: the exercise, its released files, the grader, the seed."""
    released = course.root / "exercises" / exercise.name
    digest = hashlib.sha256(f"{metadata.version('torch')} {course.seed()} {effort} {_own_code()}".encode())
    for folder in (exercise.folder, released):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(course.root)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where audits are kept: ``$XDG_CACHE_HOME/gradstep/audit``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gradstep" / "audit"


@cache
def _own_code() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
