"""Expected: timeout (wall), 0 of 6. E14, wall/numbers.

Is never ready.
"""

import threading

threading.Event().wait()
