"""The faces of the assistant: the command line, the chat page and exports."""
