"""The front door in a clone: ``python cli.py …`` is ``gradstep …``."""

from grader.cli import main

if __name__ == "__main__":
    main(prog_name="gradstep")
