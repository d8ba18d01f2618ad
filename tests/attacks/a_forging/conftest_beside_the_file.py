"""Expected: failed (value), 0 of 6. A5, wall/numbers.

Hands in configuration for pytest beside wrong code, in every folder of its own: each file would turn all tests green.
"""

CONFTEST = """
import pytest

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    call.excinfo = None
    yield
"""
WRONG = "def double(x):\n    return x\n\n\ndef scale_(x, factor):\n    x.add_(factor)\n"


def hand_in(home):
    for folder in (home, home / "wall", home / "wall" / "numbers"):
        folder.mkdir(exist_ok=True)
        (folder / "conftest.py").write_text(CONFTEST)
        (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n")
        (folder / "sitecustomize.py").write_text(CONFTEST)
    (home / "wall" / "numbers.py").write_text(WRONG)
