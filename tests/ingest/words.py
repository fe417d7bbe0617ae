"""A small honest embedder (hashed words), three reports, and the state of a folder."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.lexical import tokens

REPORTS = {
    "almaty.md": (
        "---\ntitle: Workshop in Almaty\ndate: 2024-10-02\nplace: Almaty\n---\n\n"
        "The workshop on rural schools gathered 48 teachers in Almaty. Aliya Bekova presented a study of classes.\n"
    ),
    "lyon.md": (
        "---\ntitle: Visit to Lyon\n---\n\n# Signing\n\nDirector Claire Moreau welcomed the delegation from Porto. "
        "A memorandum on teacher training was signed.\n\n# Museum\n\nThe delegation saw the silk museum.\n"
    ),
    "shanghai.txt": "上海访问\n\n代表团参观了上海师范大学。双方讨论了教师培训合作。\n",
}


class WordEmbedder:
    """Hashed words, counted; remembers every text it was given."""

    dimension = 64

    def __init__(self, name: str = "hashed words") -> None:
        self.name = name
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        counts = np.full((len(texts), self.dimension), 0.01, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in tokens(text):
                counts[row, int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    embed_questions = embed_passages

    def count_tokens(self, text: str) -> int:
        return len(tokens(text))


def write(folder: Path, reports: dict[str, str]) -> Path:
    for name, text in reports.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """Hash and time of change of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
