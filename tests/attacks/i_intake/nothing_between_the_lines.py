"""Expected: crashed (encoding), 0 of 6. I6, wall/numbers.

NUL ends a text for some readers, and not for others: the second half of this file is for those.
"""


def hand_in(home):
    (home / "wall").mkdir()
    text = "def double(x):\n    return 2 * x\n\0\ndef double(x):\n    raise RuntimeError('HO' 'LE read on')\n"
    (home / "wall" / "numbers.py").write_text(text)
