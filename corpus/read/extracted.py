"""What a reader of one format takes out of a file's bytes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    r"""Text of a file with line ends as ``\n``; title and address are what the format itself states, else empty.

    `head` is the offset in `text` at which the lines above it end that run over all pages; `pages` holds those at which
    each page begins, for paged formats. `notes` says, each as a clause ("page 2 is a picture, its text was not read"),
    what of the file was not read, or not for certain. `recognised` are stretches of the text, (start, end), that were
    recognised in a picture, and how surely, from 0 to 1.
    """

    text: str
    title: str = ""
    address: str = ""
    head: int = 0
    pages: tuple[int, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    recognised: tuple[tuple[int, int, float], ...] = field(default=())
