# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec verify` as a user runs it: what it takes, what it says, its exit codes."""

from kmodsec_cli import AT_ONE_TIME, CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, image, running
from module_file import module_file
from signing import KEY, signed


class Verify(CliTest):
    def statuses(self, *arguments: str) -> dict[str, str]:
        return {module["name"]: module["status"] for module in self.document("verify", *arguments)["modules"]}

    def test_one_choice_is_needed(self) -> None:
        self.assertIn("name modules or files", self.refused("verify"))
        for words in (["loop", "--all"], ["--all", "--loaded"]):
            self.assertIn("use only one of", self.refused("verify", *words))

    def test_all(self) -> None:
        machine = image(self).install("bare", sign=False)
        self.assertEqual(self.statuses("--all", "--root", machine),
                         {"bare": "unsigned", "fat": "valid", "loop": "valid", "vfat": "valid"})

    def test_text_names_only_what_is_not_valid(self) -> None:
        run = kmodsec("verify", "--all", "--root", image(self).install("bare", sign=False))
        self.assertIn("4 modules: 3 valid, 1 unsigned", run.out)
        self.assertIn("bare.ko", run.out)
        self.assertNotIn("loop.ko", run.out)

    def test_loaded(self) -> None:
        modules = self.document("verify", "--loaded", "--root", running(self))["modules"]
        self.assertEqual({module["name"]: module["loaded_against_file"]["status"] for module in modules},
                         {"fat": "same", "loop": "same", "vfat": "same"})

    def test_by_name_and_by_file(self) -> None:
        machine = image(self).write("/tmp/other.ko", signed(module_file(name="other", license="GPL")))
        self.assertEqual(self.statuses("loop", "/tmp/other.ko", "--root", machine), {"loop": "valid", "other": "valid"})

    def test_a_name_stands_for_every_file_that_bears_it(self) -> None:
        for system in (image, running):
            with self.subTest(system.__name__):
                machine = system(self).write(f"/lib/modules/{RELEASE}/updates/loop.ko", module_file(name="loop", license="GPL"))
                modules = self.document("verify", "loop", "--root", machine)["modules"]
                self.assertEqual(sorted(module["status"] for module in modules), ["unsigned", "valid"])
                run = kmodsec("verify", "loop", "--root", machine)
                self.assertIn("1 valid, 1 unsigned", run.out)
                self.assertEqual(run.code, FINDINGS)
                own = f"/lib/modules/{RELEASE}/kernel/loop.ko"
                self.assertEqual(self.statuses(own, "--root", machine), {"loop": "valid"})

    def test_what_is_not_there(self) -> None:
        self.assertIn("did you mean loop?", self.refused("verify", "lop", "--root", running(self)))
        self.assertIn("/nowhere.ko", self.refused("verify", "/nowhere.ko", "--root", running(self)))

    def test_exit_codes(self) -> None:
        machine = image(self)
        self.assertEqual(kmodsec("verify", "--all", "--root", machine).code, CLEAN)
        machine.install("bare", sign=False)
        self.assertEqual(kmodsec("verify", "--all", "--root", machine).code, FINDINGS)
        self.assertEqual(kmodsec("verify", "--all", "--fail-on", "critical", "--root", machine).code, CLEAN)

    def test_without_the_image_nothing_is_claimed(self) -> None:
        machine = image(self).without(f"/boot/vmlinuz-{RELEASE}")
        run = kmodsec("verify", "loop", "--root", machine)
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn(f"/boot/vmlinuz-{RELEASE}", run.err)
        self.assertEqual(self.statuses("loop", "--root", machine), {"loop": "unknown"})

    def test_given_certificates_count_where_no_kernel_runs(self) -> None:
        machine = image(self).without(f"/boot/vmlinuz-{RELEASE}")
        for place in (KEY, self.folder_with_the_key(machine)):
            module = self.document("verify", "loop", "--root", machine, "--cert", place)["modules"][0]
            self.assertEqual((module["status"], module["trusted_by"]["keyring"]), ("valid", "given"))

    def folder_with_the_key(self, machine) -> str:
        machine.write("/certificates/key.pem", KEY.read_bytes()).write("/certificates/notes.txt", "no certificate")
        return f"{machine}/certificates"

    def test_a_certificate_that_is_none(self) -> None:
        machine = image(self).write("/empty/notes.txt", "no certificate")
        for place in (f"{machine}/empty/notes.txt", f"{machine}/empty", f"{machine}/nowhere"):
            with self.subTest(place):
                self.assertIn(place, self.refused("verify", "loop", "--root", machine, "--cert", place))

    def test_hostile_files_do_not_disturb_the_rest(self) -> None:
        machine = image(self)
        genuine = signed(module_file(name="loop", license="GPL"))
        for name, content in {
            "empty": b"", "cut": genuine[:100], "giant": genuine[:-36] + b"\xff" * 4 + genuine[-32:],
            "der": genuine.replace(b"\x30\x82", b"\x30\x84"), "only_magic": b"~Module signature appended~\n",
            "altered": b"\x7fELF\x01" + genuine[5:],
        }.items():
            machine.write(f"/lib/modules/{RELEASE}/kernel/{name}.ko", content)
        self.assertEqual(self.statuses("--all", "--root", machine), {
            "empty": "malformed", "cut": "malformed", "giant": "malformed", "der": "malformed", "only_magic": "malformed",
            "altered": "invalid", "fat": "valid", "loop": "valid", "vfat": "valid"})

    def test_as_many_jobs_as_asked_for(self) -> None:
        machine = image(self)
        for jobs in ("1", "7"):
            self.assertEqual(kmodsec("verify", "--all", "--jobs", jobs, "--root", machine).code, CLEAN)
        self.refused("verify", "--all", "--jobs", "many", "--root", machine)

    def test_a_snapshot_gives_the_same_verdicts(self) -> None:
        machine = running(self).install("bare", sign=False)
        taken = f"{machine}/snapshot.json"
        kmodsec("snapshot", "--root", machine, "--output", taken, **AT_ONE_TIME)
        for words in (["--all"], ["--loaded"], ["loop", "bare"]):
            self.assertEqual(self.document("verify", *words, "--snapshot", taken),
                             self.document("verify", *words, "--root", machine, **AT_ONE_TIME))
