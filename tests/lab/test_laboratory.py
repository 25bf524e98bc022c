# SPDX-License-Identifier: GPL-2.0-or-later
"""The laboratory itself: a guest that hangs is killed in time, and a test that fails says why."""

import io
import os
import subprocess
import tempfile
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import GuestError, boot
from lab.testing import GuestTest
from lab.watch import Patience, Watch

SAID = "the last words of this guest"
SAY_IT = f"echo {SAID} >/dev/console"


class Hanging(unittest.TestCase):
    def error_of(self, script: str, patience: Patience) -> str:
        with self.assertRaises(GuestError) as caught:
            boot({"before": SAY_IT, "hangs": script, "never": "true"}, patience=patience)
        return str(caught.exception)

    def test_a_guest_that_waits_forever_is_killed(self) -> None:
        error = self.error_of("sleep 1000000", Patience(idle=20))
        self.assertRegex(error, r"^the guest was killed in step hangs: it had been silent for \d+ s and was doing nothing\n")
        self.assertIn(SAID, error)

    def test_a_guest_that_works_forever_is_killed(self) -> None:
        error = self.error_of("while :; do :; done", Patience(busy=30))
        self.assertRegex(error, r"^the guest was killed in step hangs: it had been silent for \d+ s, working for \d+ s of processor time\n")
        self.assertIn(SAID, error)

    def test_a_guest_that_goes_off_is_reported_too(self) -> None:
        error = self.error_of(f"{SAY_IT}; poweroff -f", Patience())
        self.assertRegex(error, r"^the guest went off during step hangs\n")


class Failing(unittest.TestCase):
    """A class of tests as in any file here, run on its own."""

    def test_the_last_lines_have_what_was_expected_what_came_and_the_console(self) -> None:
        class WrongExpectation(GuestTest):
            steps = {"say": SAY_IT, "number": "echo 41"}

            def test_first(self) -> None:
                self.assertEqual(self.guest["number"].output, "42\n")

            def test_second(self) -> None:
                with self.subTest("the console is shown once"):
                    self.assertEqual(self.guest["say"].exit_code, 1)

        stream = io.StringIO()
        unittest.TextTestRunner(stream).run(unittest.defaultTestLoader.loadTestsFromTestCase(WrongExpectation))
        last = "\n".join(stream.getvalue().splitlines()[-90:])
        self.assertIn("'41\\n' != '42\\n'", last)
        self.assertIn("AssertionError: 0 != 1", last)
        self.assertIn("lines of the console of boot 1 of 1", last)
        self.assertEqual(last.count(SAID), 1)


class Looks(unittest.TestCase):
    """No clock is asked: a machine that stands still for a minute makes one look of it."""

    @contextmanager
    def process(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        with subprocess.Popen(command) as process:
            try:
                yield process
            finally:
                process.kill()

    def test_what_is_said_starts_the_count_anew(self) -> None:
        with tempfile.TemporaryDirectory() as folder, self.process("sleep", "1000") as process:
            port = Path(folder, "port")
            watch = Watch(process.pid, [port], Patience(idle=3))
            for _ in range(5):
                for _ in range(3):
                    watch.look()
                with port.open("ab") as file:
                    file.write(b".")
            self.assertIsNone(watch.given_up)
            while not watch.given_up:
                watch.look()
            self.assertRegex(watch.given_up, r"^it had been silent for \d+ s and was doing nothing$")

    def test_work_is_counted_in_seconds_of_the_processor(self) -> None:
        with self.process("sh", "-c", "while :; do :; done") as process:
            watch = Watch(process.pid, [], Patience(idle=1 << 60, busy=0.5))
            while not watch.given_up:
                os.sched_yield()
                watch.look()
            self.assertGreaterEqual(watch.processor_seconds, 0.5)


if __name__ == "__main__":
    unittest.main()
