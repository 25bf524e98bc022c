# SPDX-License-Identifier: GPL-2.0-or-later
"""What denies everything else, observes it before, and follows new kernels, on trees."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path
from threading import Timer

from kmodsec_cli import CLEAN, FAILED, FINDINGS, INCOMPLETE, PROGRAM, TREE, Run, kmodsec
from test_plan import DENY_FILE, POLICY, ListTest


def script_of(path: str, machine: Path, *words: str) -> str:
    """A script of the package, which works on a machine of a test."""
    text = (TREE / path).read_text()
    for folder in ("/etc/kmodsec", "/lib/modules/", "/var/lib/kmodsec"):
        text = text.replace(f" {folder}", f" {machine}{folder}")
    for program in (" /usr/bin/kmodsec apply", " kmodsec apply"):
        text = text.replace(program, f" {PROGRAM} apply --root {machine} {' '.join(words)}")
    return text.replace("-x /usr/bin/kmodsec", f"-x {PROGRAM}")


class LeanTest(ListTest):
    """All that the host does not keep is denied, once that is enforced."""

    IN_SPITE_OF_RECORD = ("--override", "usage-record")

    def setUp(self) -> None:
        super().setUp()
        self.machine.write("/sys/devices/uevent")

    def enforce(self) -> str:
        self.done("deny", "--everything-else")
        return self.done("apply", "--from", "observe", *self.IN_SPITE_OF_RECORD)


class EverythingElse(LeanTest):
    def test_is_only_observed_at_first(self) -> None:
        shown = " ".join(self.done("deny", "--everything-else").split())
        self.assertEqual((self.text_of(POLICY), self.denied()), ("[deny]\neverything_else = true\n", []))
        self.assertIn("none of it is denied yet", shown)
        self.assertIn("Not ready: nothing is recorded on this host yet", shown)
        self.assertEqual(self.planned()["everything_else"]["mode"], "observe")

    def test_is_refused_without_a_record(self) -> None:
        self.done("deny", "--everything-else")
        refused = self.refused("apply", "--from", "observe", "--yes", "--root", self.machine)
        self.assertIn("nothing is recorded", refused)
        self.assertIn("--override usage-record", refused)
        self.assertEqual((self.text_of(POLICY), self.denied()), ("[deny]\neverything_else = true\n", []))

    def test_is_denied_once_it_is_enforced(self) -> None:
        shown = " ".join(self.enforce().split())
        self.assertIn("Keeps 3 of 4 modules (3 loaded), closes 1, among them 1 that any local user can bring in", shown)
        self.assertIn('[keep]\nmode = "enforce"\n', self.text_of(POLICY))
        self.assertEqual(self.denied(), ["sctp"])
        self.assertIn("why one is not kept.\ninstall sctp /bin/false\nblacklist sctp\n", self.text_of(DENY_FILE))
        self.assertEqual(kmodsec("doors", "sctp", "--root", self.machine).code, CLEAN)

    def test_a_plan_shows_it_in_figures(self) -> None:
        self.policy('[deny]\neverything_else = true\n[keep]\nmode = "enforce"\n')
        plan = self.planned(*self.IN_SPITE_OF_RECORD)
        figures = plan["everything_else"]
        self.assertEqual((figures["kept"], figures["closed"], figures["in_force"]), (3, 1, False))
        self.assertEqual(figures["kept_by_cause"], {"loaded": 3})
        self.assertEqual(figures["closed_by_reach"], [{"attacker_position": "local", "modules": 1}])
        self.assertFalse(figures["readiness"]["ready"])
        self.assertEqual({conflict["module"] for conflict in plan["conflicts"]}, {"usage-record"})
        self.assertTrue(all(conflict["overridden"] for conflict in plan["conflicts"]))
        self.assertEqual(plan["denied"], ["sctp"])

    def test_nothing_is_observed_that_the_policy_does_not_ask_for(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.assertIn("observes nothing", self.refused("plan", "--from", "observe", "--root", self.machine))
        self.refused("plan", "--from", "auto", "--root", self.machine)

    def test_where_no_kernel_runs_the_hardware_is_not_seen(self) -> None:
        for folder in ("proc", "sys"):
            shutil.rmtree(self.machine.folder / folder)
        self.policy('[deny]\neverything_else = true\n[keep]\nmode = "enforce"\n')
        run = kmodsec("plan", *self.IN_SPITE_OF_RECORD, "--root", self.machine)
        self.assertEqual(run.code, FINDINGS)
        self.assertIn("neither /proc nor /sys is there", " ".join(run.out.split()) + run.err)

    def test_allow_keeps_one(self) -> None:
        self.enforce()
        self.done("allow", "sctp")
        self.assertIn('modules = ["sctp"]', self.text_of(POLICY))
        self.assertEqual(self.denied(), [])
        self.done("deny", "sctp", *self.IN_SPITE_OF_RECORD)
        self.assertIn("[keep]\nmodules = []\n", self.text_of(POLICY))
        self.assertEqual(self.denied(), ["sctp"])

    def test_allow_keeps_one_before_it_is_denied(self) -> None:
        self.done("deny", "--everything-else")
        self.done("allow", "sctp")
        self.assertIn('modules = ["sctp"]', self.text_of(POLICY))

    def test_unblock_opens_one_for_a_while(self) -> None:
        self.enforce()
        self.assertIn("sctp may be loaded until ", self.done("unblock", "sctp", "--for", "2h", "--reason", "a test"))
        self.assertEqual(self.denied(), [])

    def test_allow_ends_it(self) -> None:
        self.enforce()
        self.done("allow", "--everything-else")
        self.assertIn("everything_else = false", self.text_of(POLICY))
        self.assertEqual(self.denied(), [])

    def test_begins_to_observe_again_after_it_was_ended(self) -> None:
        self.enforce()
        self.done("allow", "--everything-else")
        self.done("deny", "--everything-else")
        self.assertIn('mode = "observe"', self.text_of(POLICY))
        self.assertEqual(self.denied(), [])

    def test_a_class_keeps_what_users_could_have_loaded(self) -> None:
        self.machine.write("/etc/kmodsec/keep-classes.d/lab.toml",
                           'name = "lab"\ntitle = "Of the laboratory"\n[[keep]]\nmodule = "sctp"\nreason = "It is measured."\n')
        self.policy('[deny]\neverything_else = true\nautoload_by_users = true\n[keep]\nmode = "enforce"\nclasses = ["lab"]\n')
        self.done("apply", *self.IN_SPITE_OF_RECORD)
        self.assertEqual(self.denied(), [])
        audit = self.document("audit", "--root", self.machine)
        check = next(one for one in audit["checks"] if one["id"] == "POLICY-003")
        self.assertNotEqual(check["status"], "fail")

    def test_revert_undoes_it(self) -> None:
        self.done("deny", "--everything-else")
        before = self.text_of(POLICY)
        self.done("apply", "--from", "observe", *self.IN_SPITE_OF_RECORD)
        self.assertIn("Not denied any more: sctp", self.done("revert"))
        self.assertEqual((self.text_of(POLICY), self.denied()), (before, []))

    def test_a_name_to_keep_that_nobody_knows(self) -> None:
        for keep, words in (
            ('modules = ["sctq"]', "did you mean sctp?"),
            ('profiles = ["cis-level1"]', "did you mean cis-level-1?"),
            ('classes = ["usb-inputs"]', "did you mean usb-input?"),
        ):
            self.policy(f"[deny]\neverything_else = true\n[keep]\n{keep}\n")
            self.assertIn(words, self.refused("plan", "--root", self.machine))

    def test_show_says_why(self) -> None:
        self.enforce()
        closed, kept = self.document("show", "sctp", "vfat", "--root", self.machine)["modules"]
        self.assertEqual((closed["keep"]["denied"], kept["keep"]["denied"]), (True, False))
        self.assertEqual((closed["keep"]["kept"], closed["keep"]["attacker_position"]), (False, "local"))
        self.assertEqual((kept["keep"]["kept"], kept["keep"]["cause"]), (True, "loaded"))
        self.assertIn("no: denied with everything else", " ".join(kmodsec("show", "sctp", "--root", self.machine).out.split()))
        self.done("unblock", "sctp", "--for", "2h", "--reason", "a test")
        self.assertIn("no: open by an exception of the policy until", " ".join(kmodsec("show", "sctp", "--root", self.machine).out.split()))
        (self.machine.folder / "etc/modprobe.d/00-kmodsec-deny.conf").unlink(missing_ok=True)
        self.policy('[deny]\neverything_else = true\n[keep]\nmode = "enforce"\n')
        self.assertIn("no: the next apply denies it", " ".join(kmodsec("show", "sctp", "--root", self.machine).out.split()))

    def test_status_says_how_it_stands(self) -> None:
        self.done("deny", "--everything-else")
        self.assertEqual(self.document("status", "--root", self.machine)["everything_else"]["mode"], "observe")
        self.assertIn("Policy    observes what it would deny", kmodsec("status", "--root", self.machine).out)

    def test_without_it_nothing_is_said(self) -> None:
        self.policy('[deny]\nmodules = ["sctp"]\n')
        self.assertIsNone(self.planned()["everything_else"])
        self.assertIsNone(self.document("status", "--root", self.machine)["everything_else"])


class Observing(LeanTest):
    """What enforcement would have stopped, by the record of the host."""

    def setUp(self) -> None:
        super().setUp()
        self.machine.write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
        self.machine.write("/proc/sys/kernel/random/boot_id", "01234567-89ab-cdef-0123-456789abcdef\n")
        self.store = self.machine.folder.with_suffix(".usage.db")
        self.addCleanup(self.store.unlink, missing_ok=True)
        self.done("deny", "--everything-else")
        self.record()

    def record(self) -> None:
        self.assertEqual(kmodsec("learn", "record", "--root", self.machine, "--store", self.store).code, CLEAN)

    def test_ready_says_what_no_audit_log_tells(self) -> None:
        self.assertIn("auditd is not installed", self.ready()["unrecorded_loads"])
        text = " ".join(kmodsec("learn", "ready", "--root", self.machine, "--store", self.store).out.split())
        self.assertIn("loaded and unloaded between two recordings is not in the record: auditd is not installed", text)

    def ready(self) -> dict:
        run = kmodsec("learn", "ready", "--root", self.machine, "--store", self.store, "--format", "json")
        self.assertEqual(run.code, FINDINGS, run.err)
        document = json.loads(run.out)
        self.assert_valid("learn-ready", document)
        return document

    def test_begins_with_the_first_record(self) -> None:
        document = self.ready()
        self.assertEqual((document["mode"], document["stopped"]), ("observe", []))
        self.assertIsNotNone(document["readiness"]["observed_since"])
        self.assertEqual(document["readiness"]["reasons"],
                         ["the record covers 0 hours, and 7 days are the least", "the record has 1 boot, and 2 are the least"])

    def test_notes_what_would_have_been_stopped(self) -> None:
        self.machine.load("sctp")
        self.record()
        document = self.ready()
        self.assertEqual([load["module"] for load in document["stopped"]], ["sctp"])
        self.assertIn("1 module would have been stopped in the last 7 days: sctp", document["readiness"]["reasons"])
        text = kmodsec("learn", "ready", "--root", self.machine, "--store", self.store).out
        self.assertIn("Not ready to deny everything else", text)
        self.assertIn("sctp, last on ", text)

    def test_names_what_could_not_be_seen(self) -> None:
        policy = self.machine.folder / POLICY
        policy.unlink()
        os.mkfifo(policy)
        run = kmodsec("learn", "ready", "--root", self.machine, "--store", self.store)
        self.assertEqual(run.code, INCOMPLETE, run.err)
        self.assertIn("? /etc/kmodsec/policy.toml: ", run.out)

    def test_what_an_exception_opens_is_not_kept_for_it(self) -> None:
        self.done("apply", "--from", "observe", *self.IN_SPITE_OF_RECORD)
        self.done("unblock", "sctp", "--for", "2h", "--reason", "a test")
        self.machine.load("sctp")
        self.record()
        shown = json.loads(kmodsec("learn", "show", "--root", self.machine, "--store", self.store, "--format", "json").out)
        self.assertEqual([module["name"] for module in shown["record"]["modules"]], ["fat", "loop", "vfat"])

    def test_what_is_loaded_in_spite_of_a_deny_is_not_noted(self) -> None:
        self.done("deny", "sctp")
        self.machine.load("sctp")
        self.record()
        self.assertEqual(self.ready()["stopped"], [])

    def test_what_was_used_once_is_no_news(self) -> None:
        self.machine.load("sctp")
        self.record()
        self.record()
        self.assertEqual([load["times"] for load in self.ready()["stopped"]], [1])


class NewKernel(LeanTest):
    """What the hook of a kernel's package runs."""

    NEWER = "6.12.0-9-test"

    def install_kernel(self) -> None:
        self.with_module("rds", "net-pf-21", release=self.NEWER)
        self.machine.write(f"/boot/loader/entries/{self.NEWER}.conf", f"linux /vmlinuz-{self.NEWER}\noptions root=/dev/vda quiet\n")

    def hook(self, *words: str) -> str:
        return self.done("apply", "--for-kernel", self.NEWER, *words)

    def test_denies_what_it_brings(self) -> None:
        self.enforce()
        self.install_kernel()
        check = next(one for one in self.document("audit", "--root", self.machine)["checks"] if one["id"] == "POLICY-005")
        self.assertEqual([finding["subject"] for finding in check["findings"]], ["deny.everything_else"])
        self.hook(*self.IN_SPITE_OF_RECORD)
        self.assertEqual(sorted(self.denied()), ["rds", "sctp"])
        self.assertIn("Nothing was to be done", self.hook())

    def test_says_what_hinders_it(self) -> None:
        self.enforce()
        self.install_kernel()
        refused = self.refused("apply", "--for-kernel", self.NEWER, "--yes", "--root", self.machine)
        self.assertIn("nothing is recorded", refused)
        self.assertEqual(self.denied(), ["sctp"])

    def test_opens_nothing_for_a_device_that_was_plugged_in(self) -> None:
        self.enforce()
        self.install_kernel()
        self.machine.write("/sys/devices/usb1/1-1/uevent", "MODALIAS=net-pf-2-proto-132\n")
        self.assertIn("1 module stays denied", " ".join(self.hook(*self.IN_SPITE_OF_RECORD).split()))
        self.assertEqual(self.denied(), ["rds", "sctp"])
        self.done("apply", "--unattended", *self.IN_SPITE_OF_RECORD)
        self.assertEqual(self.denied(), ["rds", "sctp"])
        self.done("apply", *self.IN_SPITE_OF_RECORD)
        self.assertEqual(self.denied(), ["rds"])

    def test_opens_what_the_policy_keeps_meanwhile(self) -> None:
        self.enforce()
        self.install_kernel()
        self.policy(self.text_of(POLICY).replace("[keep]\n", '[keep]\nmodules = ["sctp"]\n'))
        self.hook(*self.IN_SPITE_OF_RECORD)
        self.assertEqual(self.denied(), ["rds"])

    def test_says_what_stays_open_in_it(self) -> None:
        self.enforce()
        self.install_kernel()
        self.machine.write("/etc/modprobe.d/00-first.conf", "install rds /sbin/modprobe --ignore-install rds\n")
        run = kmodsec("apply", "--for-kernel", self.NEWER, "--yes", *self.IN_SPITE_OF_RECORD, "--root", self.machine)
        self.assertEqual(run.code, FAILED)
        self.assertIn("1 module that the policy denies can still be loaded there, the first is rds", run.err)
        self.assertIn("To undo it: kmodsec revert", " ".join(run.out.split()))
        self.assertIn("Denied by the policy, and still open", run.out)

    def test_takes_a_policy_of_policy_d_alone(self) -> None:
        self.machine.write("/etc/kmodsec/policy.d/lean.toml", '[deny]\neverything_else = true\n[keep]\nmode = "enforce"\n')
        self.done("apply", *self.IN_SPITE_OF_RECORD)
        self.install_kernel()
        self.machine.write("/script", script_of("packaging/debian/kernel-postinst", self.machine.folder, *self.IN_SPITE_OF_RECORD))
        done = subprocess.run(["sh", self.machine.folder / "script", self.NEWER], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr, self.denied()), (0, "", ["rds", "sctp"]))

    def test_waits_for_another_run(self) -> None:
        self.enforce()
        self.install_kernel()
        with (self.machine.folder / "var/lib/kmodsec/lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self.assertIn("another run of kmodsec", self.refused("apply", "--yes", "--root", self.machine))
            Timer(1, fcntl.flock, (held, fcntl.LOCK_UN)).start()
            self.hook(*self.IN_SPITE_OF_RECORD)
        self.assertEqual(sorted(self.denied()), ["rds", "sctp"])

    def test_leaves_a_kernel_to_the_run_that_has_started_it(self) -> None:
        self.enforce()
        self.install_kernel()
        with (self.machine.folder / "var/lib/kmodsec/lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            run = self.started_by_another_run()
        self.assertEqual((run.code, run.out), (CLEAN, "Another run of kmodsec has started this one: nothing was to be done.\n"))
        self.assertEqual(self.denied(), ["sctp"])

    def test_a_variable_alone_is_no_other_run(self) -> None:
        self.enforce()
        self.install_kernel()
        self.started_by_another_run()
        self.assertEqual(sorted(self.denied()), ["rds", "sctp"])

    def started_by_another_run(self) -> Run:
        return kmodsec("apply", "--for-kernel", self.NEWER, "--yes", *self.IN_SPITE_OF_RECORD, "--root", self.machine,
                       KMODSEC_STARTED_THIS="1")

    def test_denies_modules_that_come_without_a_kernel(self) -> None:
        self.enforce()
        self.with_module("rds", "net-pf-21")
        self.machine.write("/script", script_of("packaging/debian/postinst", self.machine.folder, *self.IN_SPITE_OF_RECORD))
        done = subprocess.run(["sh", self.machine.folder / "script", "triggered", "/lib/modules"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr, self.denied()), (0, "", ["rds", "sctp"]))

    def test_goes_on_after_an_exception_is_over(self) -> None:
        self.enforce()
        self.done("deny", "sctp", *self.IN_SPITE_OF_RECORD)
        self.done("unblock", "sctp", "--for", "2h", "--reason", "a test")
        self.assertEqual(self.denied(), [])
        self.policy(re.sub(r"until = \S+", "until = 2020-01-01T00:00:00Z", self.text_of(POLICY)))
        self.install_kernel()
        self.hook(*self.IN_SPITE_OF_RECORD)
        self.assertEqual(sorted(self.denied()), ["rds", "sctp"])

    def test_leaves_what_nobody_has_applied(self) -> None:
        self.enforce()
        self.install_kernel()
        self.policy(self.text_of(POLICY) + '[load]\nmodules = ["vfat"]\n')
        refused = self.refused("apply", "--for-kernel", self.NEWER, "--yes", *self.IN_SPITE_OF_RECORD, "--root", self.machine)
        self.assertIn("the policy asks for other changes as well", refused)
        self.assertEqual(self.denied(), ["sctp"])

    def test_does_nothing_where_nothing_depends_on_kernels(self) -> None:
        self.policy('[deny]\nmodules = ["sctp"]\n')
        self.install_kernel()
        self.assertIn("nothing was to be done", self.hook())
        self.document("apply", "--for-kernel", self.NEWER, "--yes", "--root", self.machine)
        self.assertEqual(self.denied(), [])

    def test_needs_an_installed_kernel(self) -> None:
        self.enforce()
        self.assertIn("not the release of an installed kernel",
                      self.refused("apply", "--for-kernel", "9.9", "--yes", "--root", self.machine))


if __name__ == "__main__":
    unittest.main()
