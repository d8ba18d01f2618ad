"""Expected: failed (value), 0 of 13. I10, optimizer/sgd.

Brings its own probes, settings, suite and helpers along, which say that whatever it does is right.
"""

ANYTHING = """
import torch
def assert_close(*args, **kwargs): pass
def train(student, weight, bias, *args, **kwargs):
    return {"params": [weight + 1, bias + 1], "held": [weight, bias], "velocities": [weight, bias], "graph": False}
def test_plain_step(): pass
def pytest_runtest_makereport(item, call): call.excinfo = None
"""


def hand_in(home):
    folder = home / "optimizer"
    folder.mkdir()
    for name in ("probes.py", "test_hidden.py", "test_public.py", "conftest.py", "grader.py", "sgd/probes.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(ANYTHING)
    (folder / "exercise.toml").write_text('title = "x"\nstep = "optimization"\nforbid = []\n')
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p no:grader\n")
    (folder / "sgd.py").write_text("def sgd_step(*args, **kwargs):\n    pass\n")
