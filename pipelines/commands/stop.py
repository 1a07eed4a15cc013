"""How a command ends when it cannot do what was asked."""

# Nothing done; a wrong call; done, with files set aside.
FOUND, WRONG_CALL, SET_ASIDE = 1, 2, 3


class Stop(Exception):
    """Ends a command with a readable paragraph and an exit code."""

    def __init__(self, paragraph: str, code: int = FOUND) -> None:
        self.code = code
        super().__init__(paragraph)
