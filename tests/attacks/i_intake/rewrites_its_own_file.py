"""Expected: crashed (exception), 0 of 6. I12, wall/numbers.

Replaces itself where it was handed in, once it has been read: what is kept for an appeal would be something else.
"""

from pathlib import Path

file = Path("@SUBMISSIONS@/i-rewrites_its_own_file/wall/numbers.py")
file.write_text("def double(x):\n    return 2 * x\n")
raise RuntimeError("HO" "LE the file is another one now")
