"""Expected: crashed (exception), 0 of 6. J3, wall/numbers.

The message goes on in lines that look like the grader's own: another student's, a note, the last line of all.
"""


def double(x):
    raise RuntimeError(
        "oops\n  forged-line  wall/numbers: The result is right.\nforged-line: Note: all students passed.\n"
        "\n\nforged-line: 99 results in grades/: scores.csv\n" + "\n" * 500
    )


scale_ = double
