"""Make ahead what is else made at the first question: `python -m assistant.prepare`."""

from assistant.reader.export import exported_reader
from ingest import exported_model, exported_tagger


def main() -> None:
    """Export the three models into the cache of this computer."""
    exported_model()
    exported_reader()
    exported_tagger()


if __name__ == "__main__":
    main()
