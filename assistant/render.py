"""An answer as text for a person and as JSON for scripts; both are made last, from the same data."""

from typing import Any

from assistant.answer import Answer
from assistant.words import phrase


def answer_text(answer: Answer) -> str:
    """The answer as a person reads it: our notice, the claims with [n] markers, and the list of what is cited."""
    numbers = {citation: number for number, citation in enumerate(answer.citations, start=1)}
    lines = [answer.notice] if answer.notice else []
    is_rows = answer.route in ("list", "comparison", "timeline", "count", "latest")
    bullet = "- " if is_rows and len(answer.claims) > 1 else ""
    for claim in answer.claims:
        marks = "".join(f"[{numbers[citation]}]" for citation in claim.citations)
        doubt = "" if claim.verdict == "proved" else f" ({phrase(claim.trust, answer.language)})"
        perhaps = f"({phrase('perhaps', answer.language)}) " if claim.trust == "perhaps" else ""
        label = f"{perhaps}{claim.label}: " if claim.label else perhaps
        lines.append(f"{bullet}{label}{_one_line(claim.text)} {marks}{doubt}")
    if answer.closest:
        told = phrase("closest", answer.language, quote=_one_line(answer.closest.quote))
        lines.append(f"{told} [{numbers[answer.closest]}]")
    for citation, number in numbers.items():
        scan = "" if citation.recognised is None else f" ({phrase('recognised', answer.language)})"
        lines.append(f"[{number}] {citation.title}, {citation.date}{scan}")
    return "\n".join(lines)


def answer_to_dict(answer: Answer, id: str = "") -> dict[str, Any]:
    """The public JSON form of an answer (DESIGN §7); `id` is given back as it came."""
    numbers = {citation: number for number, citation in enumerate(answer.citations, start=1)}
    return {
        "id": id,
        "question": answer.question.text,
        "understood_as": answer.understood_as,
        "language": answer.language,
        "route": answer.route,
        "status": answer.status,
        "text": answer_text(answer),
        "claims": [
            {
                "text": c.text,
                "label": c.label,
                "rows": [dict(row) for row in c.rows],
                "verdict": c.verdict,
                "trust": c.trust,
                "citations": [numbers[citation] for citation in c.citations],
            }
            for c in answer.claims
        ],
        "citations": [
            {
                "n": number,
                "report": citation.report_id,
                "file": citation.file,
                "title": citation.title,
                "date": citation.date,
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
                "page": citation.page,
                "recognised": citation.recognised,
            }
            for citation, number in numbers.items()
        ],
        "closest": numbers[answer.closest] if answer.closest else None,
        "coverage": {
            "reports": answer.coverage.reports,
            "matched": answer.coverage.matched,
            "unclear": answer.coverage.unclear,
        },
        "retrieved": [
            {"file": one.file, "start": one.start, "end": one.end, "score": round(one.score, 4), "text": one.text}
            for one in answer.retrieved
        ],
        "withheld": answer.withheld,
        "withheld_reasons": list(answer.cut),
        "index": {
            "generation": answer.index.generation,
            "model": answer.index.model,
            "reports": answer.index.reports,
            "built_at": answer.index.built_at,
        },
        "seconds": round(answer.seconds, 4),
        "timings": {part: round(seconds, 4) for part, seconds in answer.timings.items()},
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
