"""Expected: crashed (exit), 0 of 6. A3, wall/numbers.

Ends the program before any function can be asked for.
"""

import sys

sys.exit(0)
