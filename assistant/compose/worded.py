"""An answer in a language model's words: each sentence is held until it is proved, and cut when it is not."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Claim
from assistant.candidates import Candidate
from assistant.compose.drafts import SCHEMA, Draft, drafts, rewritten
from assistant.compose.prompts import Aim, request, rewrite_request
from assistant.language_model import LanguageModel
from assistant.prove import Proof, Prover, Reason
from assistant.question import Question
from corpus.citation import Citation, locate
from corpus.errors import LanguageModelFailed
from corpus.names import function_words, is_common_word
from ingest.lexical import tokens

MOST_EVIDENCE, EVIDENCE_BYTES = 12, 2400
"""Quotes a model is given, and their bytes in UTF-8: some 600 tokens in any of our languages, read in ten seconds by a
model of 1.5 billion weights on two cores."""
LEAST_SCORE, LEAST_OF_SMALL = 0.02, 0.72
"""Least score of a sentence, and of one of a small model: below, the records' own words are worth more.

No sentence of ``tests/attacks`` that the checks let pass lies below the first: it holds what an inference model, where
one is configured, finds contradicted. Of 64 sentences of a model of 135 million weights that the checks let pass, 26 of
those below the second were wrong and none of those above; of 300 of a strong model `tests/assistant/test_reworded.py`.
"""
LEAST_WORDS = 4
"""Words, or two Chinese characters each, of a sentence: what is shorter is a piece of one."""

Orders = Callable[[Sequence[str]], list[bool]]
"""Tells of sentences whether they are planted for a machine that reads them; see `assistant.orders`."""

_PRONOUN = re.compile(r"(?:He|She|It|They|His|Her|Its|Their|Он|Она|Оно|Они|Его|Её|Ее|Их)\b|[他她它]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What has become of a model's words so far.

    Attributes:
        claims: Sentences that passed the exact checks, in the model's order.
        cut: Proofs of the sentences that were withheld.
        failed: What the model's endpoint did wrong; empty when it did nothing wrong.
    """

    claims: tuple[Claim, ...] = ()
    cut: tuple[Proof, ...] = ()
    failed: str = ""


def evidence(own: Sequence[Citation], candidates: Sequence[Candidate], are_orders: Orders) -> tuple[Citation, ...]:
    """What a model is given to answer from: what the program's answer cites, then the likeliest sentences besides.

    At most `MOST_EVIDENCE` quotes, of `EVIDENCE_BYTES` together unless the answer itself cites more, in reading order,
    the record that the answer opens with first. A sentence that was planted to give a model orders is left out.

    Args:
        candidates: The sentences read for the question, likeliest first.
        are_orders: Tells of sentences which are planted.
    """
    taken, size = dict.fromkeys(own), sum(len(one.quote.encode()) for one in own)
    for one in candidates:
        quote = locate(one.found.report, one.sentence.text, near=one.sentence.start)
        if quote is None or any(_overlap(quote, other) for other in taken):
            continue
        size += len(quote.quote.encode())
        if len(taken) >= MOST_EVIDENCE or size > EVIDENCE_BYTES:
            break
        taken[quote] = None
    kept = [one for one, is_order in zip(taken, are_orders([one.quote for one in taken]), strict=True) if not is_order]
    place = {id_: at for at, id_ in enumerate(dict.fromkeys(one.report_id for one in kept))}
    return tuple(sorted(kept, key=lambda one: (place[one.report_id], one.start)))


def _overlap(one: Citation, other: Citation) -> bool:
    return one.report_id == other.report_id and one.start < other.end and other.start < one.end


def worded(
    model: LanguageModel,
    prover: Prover,
    question: str,
    citations: Sequence[Citation],
    language: str,
    aim: Aim = "answer",
) -> Iterator[Worded]:
    """Let a model answer from citations; yields anew after each sentence, the last one final.

    Args:
        citations: What the model may use, numbered from 1 in this order.
        language: ISO 639-1 code of the language to answer in.
        aim: What it shall make of them.

    Without citations the model is not asked, and nothing has become of it.
    """
    done = Worded()
    if not citations:
        yield done
        return
    instructions, text = request(question, citations, language, aim)
    try:
        for draft in drafts(model.write(instructions, text, schema=SCHEMA), language, len(citations)):
            cited, proof = _proved(prover, draft, citations)
            if len(tokens(draft.text)) < LEAST_WORDS or not tells(draft.text):
                continue
            if _leaves_open_whom(draft.text, cited):
                proof = replace(proof, failed={**proof.failed, "same_roles": Reason(key="whom_open")})
            if _leaves_out_the_lead(draft.text, cited):
                proof = replace(proof, failed={**proof.failed, "same_roles": Reason(key="lead_left_out")})
            least = LEAST_OF_SMALL if model.config.is_small else LEAST_SCORE
            if proof.verdict == "withheld" or proof.score < least:
                done = Worded(claims=done.claims, cut=(*done.cut, proof))
            elif draft.text not in [claim.text for claim in done.claims]:
                claim = Claim(text=draft.text, citations=cited, proof=proof)
                done = Worded(claims=(*done.claims, claim), cut=done.cut)
            yield done
    except LanguageModelFailed as error:
        done = Worded(claims=done.claims, cut=done.cut, failed=str(error))
    yield done


def tells(text: str) -> bool:
    """Whether a text tells anything at all: names, titles and function words alone are a reply, and prove nothing."""
    words = re.findall(r"[\u3400-\u9fff]+|[^\W\d_]+", text)
    return any(not word[0].isupper() and word not in function_words() and not is_common_word(word) for word in words)


def _leaves_open_whom(text: str, citations: Sequence[Citation]) -> bool:
    """Whether a sentence of the model's own opens with a pronoun: whom it means may have been cut, or never said."""
    own = " ".join(text.split())
    return bool(_PRONOUN.match(own)) and not any(own in " ".join(one.quote.split()) for one in citations)


def _leaves_out_the_lead(text: str, citations: Sequence[Citation]) -> bool:
    """Whether a sentence is what a quote has behind a colon: words of somebody who is then not named, or an order's."""
    own = " ".join(text.split())
    quotes = [" ".join(one.quote.split()) for one in citations]
    return any(quote.partition(own)[0].rstrip(" \"'“«「『").endswith((":", "：")) for quote in quotes if own in quote)


def _proved(prover: Prover, draft: Draft, citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], Proof]:
    """The citations of a draft and its proof; one that cites none is held against each, and the best counts.

    Of several that it cites the one that proves it alone is kept: a model may cite more than it says.
    """
    cited = tuple(citations[number - 1] for number in draft.cited)
    alone = [(one,) for one in cited or citations]
    tries = alone if len(cited) < 2 else [*alone, cited]
    proofs = [
        (one, prover.prove(draft.text, [each.quote for each in one], around="\n".join(map(_heading, one))))
        for one in tries
    ]
    return max(proofs, key=lambda found: (-len(found[1].failed), -len(found[0]), found[1].score))


def _heading(citation: Citation) -> str:
    """What stands above a quote where a model is given it: the title and date of its record."""
    return f"{citation.title} {citation.date}"


def understood_alone(model: LanguageModel, question: Question) -> str | None:
    """A follow-up as the model rewrites it to be understood alone; None without earlier turns or a usable rewriting."""
    if not question.history:
        return None
    try:
        return rewritten("".join(model.write(*rewrite_request(question.history, question.text))))
    except LanguageModelFailed:
        return None
