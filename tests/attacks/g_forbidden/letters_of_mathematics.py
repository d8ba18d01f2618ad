"""Expected: failed (forbidden), 0 of 11. G2, loss/cross_entropy.

Python reads a letter of mathematics as the plain one; a search for the plain word finds nothing.
"""

CODE = """import torch
def cross_entropy(input, target):
    return torch.nn.functional.\U0001d4b8ross_\u212fntropy(input, target)
"""


def hand_in(home):
    file = home / "loss" / "cross_entropy.py"
    file.parent.mkdir()
    file.write_text(CODE, encoding="utf-8")
