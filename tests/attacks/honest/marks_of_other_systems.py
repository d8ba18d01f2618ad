"""Expected: passed, 6 of 6. honest, wall/numbers.

A byte order mark, the line ends of Windows, words of all alphabets, and a comment about an encoding that is none.
"""

WORK = """import torch
# Encoding: one-hot, as in the lecture. \u0394x \u4e24\u500d \u0627\u0644\u0636\u0639\u0641

def double(x):
    \u03b1 = 2
    return \u03b1 * x

def scale_(x, factor):
    x.mul_(factor)
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_bytes(("\ufeff" + WORK.replace("\n", "\r\n")).encode())
    (home / "wall" / ".numbers.py.swp").write_bytes(b"b0VIM 9.0")
    (home / "notes.txt").write_text("done")
