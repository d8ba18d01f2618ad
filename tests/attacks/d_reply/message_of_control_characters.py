"""Expected: crashed (exception), 0 of 6. D8, wall/numbers.

An exception that clears the screen, fills the clipboard, ends the JSON and the XML, and says that all has passed.
"""

CLEAR = "\x1b[2J\x1b[H\x1b]52;c;cGFzc2Vk\x07\r\x00\x85\u202e\ud800\U000e0001"
Passed = type(CLEAR.replace("\0", "").replace("\ud800", "") * 20, (Exception,), {})


def double(x, *more):
    raise Passed(CLEAR * 200 + "\"}]}</failure>\n4 passed in 0.01s\n")


scale_ = double
