"""Errors whose text is one sentence for the person at the terminal."""


class EmbeddedError(RuntimeError):
    """A server could not be started; the text is for the person at the terminal."""


class MissingServer(EmbeddedError):
    """No address in the environment, no program on PATH, no wheel."""
