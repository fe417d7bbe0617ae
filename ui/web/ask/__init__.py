"""The room where people ask: the conversation, its answers, the bounds of a search, and thumbs."""
