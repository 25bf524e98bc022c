# SPDX-License-Identifier: GPL-2.0-or-later
"""The one kind of error that the laboratory raises."""


class LabError(Exception):
    """Something in the laboratory failed; the text is one line, then evidence if there is any."""


class GuestError(LabError):
    """A guest did not finish its steps. Carries what it said on its console."""

    def __init__(self, reason: str, console: str, tail: int = 40) -> None:
        self.console = console
        last_lines = console.splitlines()[-tail:]
        super().__init__("\n".join([reason, f"last {len(last_lines)} lines of its console:", *last_lines]))
