"""The child processes of publication, `python -m ingest STEP... FOLDER`; what failed goes to standard error."""

import importlib
import os
import sys
from pathlib import Path

from corpus import RapporteurError
from ingest.audit import audit, recheck
from ingest.index import fill

STEPS = {"fill": fill, "audit": audit, "recheck": recheck}
SLOW_IMPORTS = ("chromadb", "llama_index.vector_stores.chroma")
"""What every step needs and takes 1.5 of its 2 seconds to import: imported once, before the steps part."""


def main(arguments: list[str]) -> int:
    """Run steps over a generation that is being built, or published again, each in a process of its own; 0 when all
    succeeded.
    """
    *steps, folder = arguments
    for name in SLOW_IMPORTS:
        importlib.import_module(name)
    for step in steps:
        child = os.fork()
        if not child:
            os._exit(_run(step, Path(folder)))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status < 0:
            sys.stderr.write(f"({step}): it was ended by signal {-status}.\n")
        if status:
            return 1
    return 0


def _run(step: str, folder: Path) -> int:
    try:
        STEPS[step](folder)
    except RapporteurError as error:
        sys.stderr.write(f"({step}): {error}\n")
    except Exception as error:  # noqa: BLE001 - a fork must not go on as its parent would
        sys.stderr.write(f"({step}): {type(error).__name__}: {error}\n")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
