"""Expected: failed (value), 0 of 6. A14, wall/numbers.

Hands in a whole exercise: an easier suite, its own points, a reference that is wrong in the same way, no limits.
"""

WRONG = "def double(x):\n    return x\n\n\ndef scale_(x, factor):\n    return None\n"
SUITE = "import pytest\n\n\n@pytest.mark.points(6)\ndef test_double(student):\n    pass\n"


def hand_in(home):
    for folder in (home / "wall" / "numbers", home / "solutions" / "wall" / "numbers"):
        folder.mkdir(parents=True)
        (folder / "test_hidden.py").write_text(SUITE)
        (folder / "numbers.py").write_text(WRONG)
        (folder / "exercise.toml").write_text("title = 'easy'\n")
    (home / "wall" / "numbers.py").write_text(WRONG)
