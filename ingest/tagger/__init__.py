"""The tagger: what a passage names, and how what it names is related, learned from annotated records."""

from ingest.tagger.cuts import cuts, hash_of_tagger
from ingest.tagger.passages import Text, text_of
from ingest.tagger.spans import WE
from ingest.tagger.tagging import Named, Tagged, Tags, TrainedTagger, open_tagger

__all__ = ["WE", "Named", "Tagged", "Tags", "Text", "TrainedTagger", "cuts", "hash_of_tagger", "open_tagger", "text_of"]
