"""Make ahead what is else made at the first question: `python -m assistant.prepare`."""

from assistant.reader.export import exported_reader
from ingest import exported_model


def main() -> None:
    """Export both models into the cache of this computer."""
    exported_model()
    exported_reader()


if __name__ == "__main__":
    main()
