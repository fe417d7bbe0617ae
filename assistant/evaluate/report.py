"""The scorecard for people: a table for the terminal and a page for the browser."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from assistant.evaluate.scorecard import MEASURES, Row, Scorecard
from assistant.render import answer_text

if TYPE_CHECKING:
    from rich.table import Table

_SHORT = {
    "report_recall@5": "R@5", "report_recall@10": "R@10", "report_ndcg@10": "nDCG", "quote_recall@5": "Q@5",
    "quote_recall@10": "Q@10", "citation_validity": "valid", "citation_precision": "prec", "ticked_precision": "tick",
    "citation_recall": "rec", "set_f1": "F1", "refused": "refd", "falsely_refused": "false", "seconds": "s",
}  # fmt: skip
_LEGEND = (
    "right: answered, refused or corrected as asked · R@k, Q@k: gold reports, gold quotes in the first k passages · "
    "nDCG: order of the first 10 reports · valid, prec, rec: citations verbatim, on a gold quote, gold quotes cited · "
    "tick: as prec, of sentences with a tick · "
    "F1: reports cited by lists · refd, false: silence admitted, wrongly so · s: mean seconds"
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Scorecard</title><style>
body{{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}}
table{{border-collapse:collapse;margin:1rem 0}}
td,th{{padding:.3rem .6rem;border-bottom:1px solid #ddd;text-align:left}}
td{{font-variant-numeric:tabular-nums}}
article{{border-left:4px solid #2a7d4f;padding:.2rem 1rem;margin:1.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}}
article.wrong{{border-color:#b3261e}}
h3{{font-size:1rem;margin:.2rem 0}}p,ul{{margin:.2rem 0}}small{{color:#555}}
#wrong:checked~section article.right{{display:none}}
</style></head><body>
<h1>Scorecard</h1>
<div style="overflow-x:auto"><table><thead><tr><th>questions</th><th>n</th>{header}</tr></thead>
<tbody>{means}</tbody></table></div>
<p><small>{legend}</small></p>
<input type="checkbox" id="wrong"> <label for="wrong">Only what went wrong</label>
<section>{questions}</section>
</body></html>
"""


def scorecard_table(scorecard: Scorecard) -> "Table":
    """Means overall, by type, language and split, and for cross-language questions, as a rich table."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Scorecard", caption=_LEGEND, padding=(0, 0), pad_edge=False)
    table.add_column("questions")
    table.add_column("n", justify="right")
    for name in MEASURES:
        table.add_column(_SHORT.get(name, name), justify="right")
    for label, means in scorecard.groups().items():
        # Text, not a string: a label from a question file may hold square brackets.
        table.add_row(Text(label), f"{means['n']:.0f}", *_figures(means, 2))
    return table


def scorecard_html(scorecard: Scorecard) -> str:
    """The scorecard as one self-contained page, no script: the means, then every question with what it got."""
    return _PAGE.format(
        header="".join(f"<th>{escape(_SHORT.get(name, name))}</th>" for name in MEASURES),
        means="".join(
            f"<tr><th>{escape(label)}</th><td>{means['n']:.0f}</td>"
            + "".join(f"<td>{figure}</td>" for figure in _figures(means, 3))
            + "</tr>"
            for label, means in scorecard.groups().items()
        ),
        legend=escape(_LEGEND),
        questions="".join(map(_article, scorecard.rows)),
    )


def _figures(means: Mapping[str, float], places: int) -> list[str]:
    return [f"{means[name]:.{places}f}" if name in means else "–" for name in MEASURES]


def _article(row: Row) -> str:
    judged, answer = row.judged, row.answer
    verdict = "right" if row.measures["right"] else "wrong"
    turns = "".join(f"<p><small>{escape(turn.role)}: {escape(turn.content)}</small></p>" for turn in judged.history)
    citations = zip(answer.citations, row.on_gold, strict=True)
    quotes = zip(judged.gold_quotes, row.cited, strict=True)
    labels = " · ".join(filter(None, (judged.id, verdict, judged.type, judged.lang, judged.split, judged.note)))
    return (
        f'<article class="{verdict}"><small>{escape(labels)}</small>{turns}<h3>{escape(judged.question)}</h3>'
        f"<p><b>Expected</b> {escape(judged.expected)}: {escape(judged.gold_answer)} "
        f"<small>{escape(' & '.join(judged.must_contain))}</small></p>"
        f"<p><b>Got</b> {escape(answer.status)}: {escape(answer_text(answer))}</p>"
        + _marked("Citations, ✓ on a gold quote", ((f"{one.file}: {one.quote}", hit) for one, hit in citations))
        + _marked("Gold quotes, ✓ cited", quotes)
        + _marked("Gold quotes that stand in no indexed record", ((quote, False) for quote in row.unlocated))
        + "</article>"
    )


def _marked(title: str, items: Iterable[tuple[str, bool]]) -> str:
    lines = "".join(f"<li>{'✓' if hit else '✗'} {escape(text)}</li>" for text, hit in items)
    return f"<p><b>{title}</b></p><ul>{lines}</ul>" if lines else ""
