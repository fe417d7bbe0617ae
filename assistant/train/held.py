"""Turn the judged questions of offices never trained on into a question file: `python -m assistant.train.held`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from assistant.train.visits import Judged, read_judged

EXPECTED = {"unanswerable": "refuse", "false_premise": "correct-premise"}


def judged_row(one: Judged, must: list[str], languages: dict[str, str]) -> dict[str, Any]:
    """A question in the form that `rapporteur evaluate` reads."""
    files = list(dict.fromkeys(path for path, _ in one.gold))
    spoken = {languages[path] for path in files}
    return {
        "id": one.id,
        "lang": one.lang,
        "type": one.type,
        "question": one.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in one.turns],
        "gold_files": files,
        "gold_quotes": list(dict.fromkeys(quote for _, quote in one.gold)),
        "must_contain": must,
        "expected": EXPECTED.get(one.type, "answer"),
        "cross_lingual": bool(spoken) and one.lang not in spoken,
        "split": "held",
    }


def main() -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("tests/held"))
    parser.add_argument("--every", type=int, default=36, help="one question in so many is asked in CI")
    options = parser.parse_args()
    languages = {}
    for path in options.offices.glob("*/*.md"):
        line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("language:"))
        languages[path.relative_to(options.offices).as_posix()] = line.split(":")[1].strip()
    must = {}
    for path in options.offices.glob("*/questions.jsonl"):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                must[row["id"]] = row["must"]
    rows = [judged_row(one, must[one.id], languages) for one in read_judged(options.offices)]
    for name, some in (("questions.jsonl", rows), ("questions-short.jsonl", rows[:: options.every])):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (options.offices / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
