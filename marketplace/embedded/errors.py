"""What goes wrong with a server, in one sentence that says what to do."""


class EmbeddedError(RuntimeError):
    """A server could not be started; the text is for the person at the terminal."""


class MissingServer(EmbeddedError):
    """No address in the environment, no program on PATH, no wheel."""
