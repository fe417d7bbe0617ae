"""The child processes of publication, `python -m ingest STEP FOLDER`; what failed goes to standard error."""

import sys
from pathlib import Path

from corpus import RapporteurError
from ingest.audit import audit, recheck
from ingest.index import fill


def main(arguments: list[str]) -> int:
    """Run one step over a generation that is being built, or published again; 0 when it succeeded."""
    step, folder = arguments
    try:
        {"fill": fill, "audit": audit, "recheck": recheck}[step](Path(folder))
    except RapporteurError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
