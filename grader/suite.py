"""A suite of an exercise as pytest sees it: collected once, its cases run again and again.

pytest starts, collects and configures once per exercise. That is what makes a check cost milliseconds.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook
from _pytest.config import _prepareconfig
from _pytest.runner import runtestprotocol

from grader import plugin
from grader.exercise import CourseError, Exercise
from grader.plugin import EXAMINATION, Examination

_BLOCKED_PLUGINS = (
    "terminal", "cacheprovider", "unraisableexception", "threadexception", "faulthandler", "junitxml", "logging",
    "doctest", "debugging", "warnings", "capture",
)  # fmt: skip


@dataclass
class Check:
    """One test function of a suite; a parametrized one has several cases and passes when all of them do."""

    name: str
    title: str
    points: float
    needs: tuple[str, ...]
    has_title: bool = True
    has_points: bool = True
    cases: list[pytest.Function] = field(default_factory=list)


class Suite:
    """A pytest session that has collected the checks of an exercise, and stays open. Close it.

    Raises :class:`CourseError` when they cannot be collected, or are not as a suite must be.
    """

    def __init__(self, exercise: Exercise, examination: Examination, path: Path) -> None:
        self.path = path
        self._examination = examination
        self._errors = _Errors()
        self._session = _start_session(exercise, path, examination, self._errors)
        try:
            self.checks = _checks(path, self._session)
        except CourseError:
            self.close()
            raise
        self._plain = {case for check in self.checks for case in check.cases if _is_plain(case)}

    def run(self, case: pytest.Function) -> BaseException | None:
        """Run ``case`` once more; the first exception of its set-up, call or tear-down."""
        return self._call(case) if case in self._plain else self._errors.of(case)

    def _call(self, case: pytest.Function) -> BaseException | None:
        """What pytest would do with a plain case, without asking each of its plugins: 0.1 ms instead of 1."""
        values, given = self._examination.values(case), _parameters(case)
        try:
            names = case._fixtureinfo.argnames
            case.function(**{name: given[name] if name in given else getattr(values, name) for name in names})
        except (KeyboardInterrupt, pytest.exit.Exception):
            raise
        except BaseException as error:
            return error
        return None

    def close(self) -> None:
        """End the session."""
        self._session.config._ensure_unconfigure()


class _Errors:
    """A plugin that keeps the exception of a phase instead of rendering it: rendering costs more than the check."""

    def __init__(self) -> None:
        self._error: BaseException | None = None

    def of(self, case: pytest.Function) -> BaseException | None:
        """Run ``case`` once more; the first exception of its set-up, call or tear-down."""
        self._error = None
        runtestprotocol(case, log=False, nextitem=None)
        return self._error

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> pytest.TestReport:
        if call.excinfo is not None and self._error is None:
            self._error = call.excinfo.value
        outcome: Any = "failed" if call.excinfo else "passed"
        when: Any = call.when
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self._error is None:
            self._error = CourseError(str(report.longrepr).strip().splitlines()[-1])

    def while_collecting(self) -> BaseException | None:
        return self._error


def _is_plain(case: pytest.Function) -> bool:
    """Whether nothing takes part in ``case`` but its function, our own fixtures and parameters that are values."""
    parameters, manager = _parameters(case), case.session._fixturemanager
    fixtures = set(case.fixturenames) - set(parameters) - {"request", "_values"}  # which ours stand on
    return (
        case.cls is None
        and "request" not in case._fixtureinfo.argnames
        and fixtures <= set(plugin.FIXTURES)
        and all(len(manager.getfixturedefs(name, case) or ()) == 1 for name in fixtures)  # no suite's own of that name
        and not any(manager.getfixturedefs(name, case) for name in parameters)  # meant for a fixture
        and not any(mark.name in ("skip", "skipif", "xfail") for mark in case.iter_markers())
        and not case.config.pluginmanager._conftest_plugins
    )


def _parameters(case: pytest.Function) -> dict[str, Any]:
    return case.callspec.params if hasattr(case, "callspec") else {}


def _start_session(exercise: Exercise, path: Path, examination: Examination, errors: _Errors) -> pytest.Session:
    """What ``pytest.main`` does, up to and including collection. There is no public way to stop there."""
    root = exercise.folder.parents[1]  # one root for the whole course: two suites of one name then stay two modules
    arguments = [str(path), f"--rootdir={root}", f"--confcutdir={root}", "-c", os.devnull]
    arguments += ["--import-mode=importlib", "--assert=plain", "--strict-markers"]
    for name in _BLOCKED_PLUGINS:
        arguments += ["-p", f"no:{name}"]
    sys.modules.pop(f"{exercise.name.replace('/', '.')}.{path.stem}", None)  # another course may have one of this name
    with _clean_environment():
        config = _prepareconfig(arguments, [plugin, errors])
        config.stash[EXAMINATION] = examination
        config._do_configure()
        session = pytest.Session.from_config(config)
        config.hook.pytest_sessionstart(session=session)
        session.perform_collect()
    if error := errors.while_collecting():
        config._ensure_unconfigure()
        raise CourseError(f"The suite {path} cannot be collected: {error}")
    return session


@contextlib.contextmanager
def _clean_environment() -> Iterator[None]:
    """No plugin, no option and no rewritten assert that the user's own pytest runs happen to have."""
    hooks = sys.meta_path[:]
    sys.meta_path[:] = [hook for hook in hooks if not isinstance(hook, AssertionRewritingHook)]
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    saved = {name: os.environ.pop(name) for name in names if name in os.environ}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(saved)
        sys.meta_path[:] = hooks


def _checks(path: Path, session: pytest.Session) -> list[Check]:
    checks: dict[str, Check] = {}
    for item in session.items:
        assert isinstance(item, pytest.Function)
        name = item.originalname
        if name not in checks:
            checks[name] = _check(path, item)
        checks[name].cases.append(item)
    for check in checks.values():
        earlier = list(checks)[: list(checks).index(check.name)]
        if unknown := [name for name in check.needs if name not in earlier]:
            raise CourseError(f"{path}: {check.name} needs {unknown[0]}, which is no check above it.")
    if not checks:
        raise CourseError(f"{path} holds no checks: expected functions called test_….")
    return list(checks.values())


def _check(path: Path, item: pytest.Function) -> Check:
    points = item.get_closest_marker("points")
    needs = item.get_closest_marker("needs")
    value = points.args[0] if points and points.args else 1
    if type(value) not in (int, float) or not 0 < value < 1e6:
        raise CourseError(f"{path}: {item.originalname} has points({value!r}), expected a number above 0.")
    documented = (item.function.__doc__ or "").strip()
    title = (documented or item.originalname).splitlines()[0]
    return Check(
        item.originalname, title, value, tuple(needs.args) if needs else (), bool(documented), points is not None
    )
