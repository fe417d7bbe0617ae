"""The chat page; the only place where gradio is used."""
