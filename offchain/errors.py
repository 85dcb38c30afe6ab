"""The one base of every error a user of PercoSec can meet."""


class PercosecError(Exception):
    """Something the user can act on.

    The message is one sentence that says what is wrong and what to do; the command line prints it as a single
    red line and leaves with `exit_code`. Subclasses add meaning, not formatting.
    """

    exit_code = 2
    retry = True
    """Whether the same may succeed later by itself. Where not, a background job that raises it is not started again."""
