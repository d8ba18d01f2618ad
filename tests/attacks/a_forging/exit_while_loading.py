"""Expected: crashed (exit), 0 of 6. A3, wall/numbers.

Ends the process with the status of success before a single function is there.
"""

import os

os._exit(0)
