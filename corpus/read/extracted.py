"""What a reader of one format takes out of a file's bytes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    r"""Text of a file with line ends as ``\n``; title and address are what the format itself states, else empty.

    `pages` holds the offset in `text` at which each page begins, for paged formats. `notes` says, each as a clause
    ("page 2 is a picture, its text was not read"), what of the file was not read, or not for certain.
    """

    text: str
    title: str = ""
    address: str = ""
    pages: tuple[int, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
