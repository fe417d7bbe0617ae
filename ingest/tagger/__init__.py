"""The tagger: what a passage names, and how what it names is related, learned from annotated records."""
