"""The scorecard for people: a table for the terminal and a page for the browser."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from assistant.evaluate.scorecard import MEASURES, Row, Scorecard
from assistant.render import answer_text

if TYPE_CHECKING:
    from rich.table import Table

_SHORT = {
    "report_recall@5": "R@5", "report_recall@10": "R@10", "quote_recall@5": "Q@5", "quote_recall@10": "Q@10",
    "citation_validity": "valid", "citation_precision": "prec", "citation_recall": "rec", "refused": "refd",
    "falsely_refused": "false", "seconds": "s",
}  # fmt: skip
_LEGEND = (
    "right: answered, refused or corrected as asked · R@k, Q@k: gold reports, gold quotes in the first k passages · "
    "valid, prec, rec: citations verbatim, on a gold quote, gold quotes cited · refd, false: silence admitted, "
    "wrongly so · s: mean seconds"
)
_STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.3rem .6rem;border-bottom:1px solid #ddd;text-align:left;
vertical-align:top}.wrong{background:#fdecea}pre{white-space:pre-wrap;font:inherit;margin:0}"""


def scorecard_table(scorecard: Scorecard) -> "Table":
    """Means overall, by type, by language and for cross-language questions, as a rich table."""
    from rich.table import Table

    table = Table(title="Scorecard", caption=_LEGEND, padding=(0, 0), pad_edge=False)
    table.add_column("questions")
    table.add_column("n", justify="right")
    for name in MEASURES:
        table.add_column(_SHORT.get(name, name), justify="right")
    for label, means in _groups(scorecard):
        cells = [f"{means[name]:.2f}" if name in means else "–" for name in MEASURES]
        table.add_row(label, f"{means['n']:.0f}", *cells)
    return table


def scorecard_html(scorecard: Scorecard) -> str:
    """The scorecard as a self-contained page: the means, then every question with what it got."""
    header = "".join(f"<th>{escape(name)}</th>" for name in ("questions", "n", *MEASURES))
    body = "".join(_means_row(label, means) for label, means in _groups(scorecard))
    rows = "".join(_question_row(row) for row in scorecard.rows)
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Scorecard</title><style>{_STYLE}</style>"
        f"<h1>Scorecard</h1><table><tr>{header}</tr>{body}</table>"
        "<table><tr><th>id</th><th>question</th><th>expected</th><th>answer</th><th>gold quotes</th></tr>"
        f"{rows}</table></html>"
    )


def _groups(scorecard: Scorecard) -> list[tuple[str, Mapping[str, float]]]:
    groups: list[tuple[str, Mapping[str, float]]] = [("all", scorecard.means())]
    for name in ("type", "lang"):
        groups += list(scorecard.by(name).items())
    across = scorecard.by("cross_lingual").get("True")
    if across:
        groups.append(("cross-language", across))
    return groups


def _means_row(label: str, means: Mapping[str, float]) -> str:
    cells = "".join(f"<td>{means[name]:.3f}</td>" if name in means else "<td>–</td>" for name in MEASURES)
    return f"<tr><th>{escape(label)}</th><td>{means['n']:.0f}</td>{cells}</tr>"


def _question_row(row: Row) -> str:
    style = "" if row.measures["right"] else " class=wrong"
    asked = "\n".join([*(f"{turn.role}: {turn.content}" for turn in row.judged.history), row.judged.question])
    cells = (
        row.judged.id,
        asked,
        f"{row.judged.expected}: {', '.join(row.judged.must_contain)}",
        f"{row.answer.status}\n{answer_text(row.answer)}",
        "\n".join(row.judged.gold_quotes),
    )
    return f"<tr{style}>" + "".join(f"<td><pre>{escape(cell)}</pre></td>" for cell in cells) + "</tr>"
