"""Lets `python -m dockyard` be the `dockyard` command; it does nothing else."""

import sys

from dockyard.cli import main

if __name__ == "__main__":
    sys.exit(main())
