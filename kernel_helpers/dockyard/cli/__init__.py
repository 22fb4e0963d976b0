"""The `dockyard` command: reads its arguments and calls what does the work; it does none itself."""

import argparse
import sys
from collections.abc import Sequence

from dockyard.errors import DockyardError
from dockyard.i18n import _


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code.

    0: done. 1: it failed, and standard error says why and what to do. 2: the command line is wrong. 130: interrupted.
    `dockyard exec` returns the exit code of its command.
    """
    parser = _parser()
    chosen = parser.parse_args(words)
    try:
        return int(chosen.run(chosen))
    except DockyardError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            _("\nInterrupted. What is finished is kept; the same command goes on from there."),
            file=sys.stderr,
        )
        return 130
    except BrokenPipeError:
        return 0  # whoever read our output has seen enough
    except OSError as error:
        if error.filename is None:  # no file of theirs that they could do something about
            raise
        found = f"{error.filename}: {error.strerror}"
        print(
            DockyardError(found, _("Look at its owner, its mode and its disk; then: dockyard doctor")), file=sys.stderr
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    from dockyard.cli import claims, course, images, lab, machine  # noqa: PLC0415 - so that wrong usage and --help answer at once

    parser = argparse.ArgumentParser(
        prog="dockyard",
        description=_("Learn Docker on a real engine of your own. Start with: dockyard lab"),
        epilog=_("Help on one command: dockyard COMMAND --help"),
    )
    subparsers = parser.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    lab.add_parser(subparsers)
    machine.add_parsers(subparsers)
    images.add_parsers(subparsers)
    course.add_parsers(subparsers)
    claims.add_parsers(subparsers)
    return parser
