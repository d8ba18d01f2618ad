"""Expected: passed, 6 of 6. I9, wall/numbers.

A right solution, and five thousand files around it that look like more of them: no reader wants to hear of each.
"""


WORK = "def double(x):\n    return 2 * x\n\n\ndef scale_(x, factor):\n    x.mul_(factor)\n"


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text(WORK)
    (home / "lib").mkdir()
    for number in range(5000):
        (home / "lib" / f"numbers_{number}.py").touch()
