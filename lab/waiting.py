# SPDX-License-Identifier: GPL-2.0-or-later
"""Pieces of sh for steps that wait for something, however long it takes on a slow machine."""

LOOKS = 240


def until(condition: str) -> str:
    """Goes on when the condition holds. When it never does the test shall say so, so that this ends too."""
    return f"for look in $(seq {LOOKS}); do {condition} && break; sleep 1; done"


AUDITD_HAS_WRITTEN = f"mark=mark-$(cat /proc/uptime | tr -d ' .'); auditctl -m $mark; {until('grep -q $mark /var/log/audit/audit.log')};"
"""auditd writes down what it gets in its order: what came before the mark is in the log."""
