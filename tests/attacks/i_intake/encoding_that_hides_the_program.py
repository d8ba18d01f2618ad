"""Expected: crashed (encoding), 0 of 6. I6, wall/numbers.

Written in an encoding in which a comment is a program: what is read would not be what runs.
"""


def hand_in(home):
    (home / "wall").mkdir()
    text = "# coding: utf-7\n# +AAo-raise RuntimeError('HO' 'LE a comment ran')\ndef double(x):\n    return 2 * x\n"
    (home / "wall" / "numbers.py").write_text(text)
