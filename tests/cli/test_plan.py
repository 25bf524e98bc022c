# SPDX-License-Identifier: GPL-2.0-or-later
"""plan, apply, revert, deny, allow and unblock, on trees."""

import json
import random
import re
import shlex
import tempfile
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, Machine, running
from module_file import module_file
from packing import archive, compressed

DENY_FILE = "etc/modprobe.d/00-kmodsec-deny.conf"
OPTIONS_FILE = "etc/modprobe.d/zz-kmodsec-options.conf"
POLICY = "etc/kmodsec/policy.toml"


def host(test: CliTest) -> Machine:
    return running(test).install("loop", parmtype="max_loop:int")


class PolicyTest(CliTest):
    def setUp(self) -> None:
        self.machine = host(self)

    def policy(self, text: str) -> Machine:
        return self.machine.write("/" + POLICY, text)

    def text_of(self, path: str) -> str:
        return (self.machine.folder / path).read_text()

    def done(self, *words: str) -> str:
        run = kmodsec(*words, "--yes", "--root", self.machine)
        self.assertEqual(run.code, CLEAN, run.err)
        return run.out

    def planned(self, *words: str) -> dict:
        return self.document("plan", "--root", self.machine, *words)


class Plan(PolicyTest):
    def test_verbose_names_every_module(self) -> None:
        self.policy('[deny]\nprofiles = ["cis-level-1"]\n')
        self.assertRegex(kmodsec("plan", "--root", self.machine).out, r"closed before: .* and \d+ more\n")
        whole = kmodsec("plan", "--verbose", "--root", self.machine).out
        self.assertIn(f"  Denied as well, and closed before: {', '.join(self.planned()['closed_before'])}\n", whole)

    def test_shows_each_file_as_a_diff(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        plan = self.planned()
        self.assertEqual([change["path"] for change in plan["changes"]], ["/" + DENY_FILE])
        self.assertIn("+install loop /bin/false\n", plan["changes"][0]["diff"])
        self.assertFalse((self.machine.folder / DENY_FILE).exists())

    def test_is_empty_after_apply(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n[load]\nmodules = ["vfat"]\n[options]\nloop = "max_loop=8"\n')
        self.assertEqual(kmodsec("plan", "--root", self.machine).code, FINDINGS)
        self.done("apply")
        plan = self.planned()
        self.assertEqual((plan["changes"], plan["actions"]), ([], []))
        self.assertEqual(kmodsec("plan", "--root", self.machine).code, CLEAN)
        self.assertIn("Nothing was to be done", self.done("apply"))

    def test_a_voided_deny_is_written_in_the_form_that_holds(self) -> None:
        self.machine.write("/lib/modules/6.1.0-9-test/modules.softdep", "softdep loop pre: fat\n")
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.done("apply")
        self.assertIn("softdep loop pre:\n", self.text_of(DENY_FILE))
        run = kmodsec("doors", "loop", "--root", self.machine)
        self.assertEqual(run.code, CLEAN, run.out)

    def test_a_host_without_policy(self) -> None:
        self.assertIn("this host has no policy", self.refused("plan", "--root", self.machine))

    def test_a_policy_that_others_may_write(self) -> None:
        self.policy("[deny]\n")
        (self.machine.folder / POLICY).chmod(0o666)
        self.assertIn("others than root may write", self.refused("plan", "--root", self.machine))

    def test_an_unknown_module_has_a_hint(self) -> None:
        self.policy('[deny]\nmodules = ["vfatt"]\n')
        self.assertIn("did you mean vfat?", self.refused("plan", "--root", self.machine))

    def test_files_of_policy_d_count(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.machine.write("/etc/kmodsec/policy.d/site.toml", '[deny]\nprofiles = ["cis-level-1"]\nexcept = ["cramfs"]\n')
        diff = self.planned()["changes"][0]["diff"]
        self.assertIn("# hfs: cis-level-1", diff)
        self.assertNotIn("cramfs", diff)

    def test_what_the_host_needs_is_refused_until_it_is_named(self) -> None:
        self.machine.write("/etc/fstab", "UUID=AB /boot/efi vfat umask=0077 0 1\n")
        self.machine.write("/lib/modules/6.1.0-9-test/modules.alias", "alias fs-vfat vfat\n")
        self.policy('[deny]\nmodules = ["vfat"]\n')
        objection = self.planned()["conflicts"][0]
        self.assertEqual((objection["module"], objection["overridden"]), ("vfat", False))
        self.assertIn("/etc/fstab mounts /boot/efi as vfat", objection["reason"])
        self.assertIn("--override vfat", self.refused("apply", "--yes", "--root", self.machine))
        self.assertFalse((self.machine.folder / DENY_FILE).exists())
        self.assertIn("Refused unless it is overridden\n  vfat: ", kmodsec("plan", "--root", self.machine).out)
        shown = kmodsec("apply", "--override", "vfat", "--dry-run", "--root", self.machine).out
        self.assertIn("Overridden\n  vfat: ", shown)
        self.assertNotIn("Refused unless", shown)
        run = kmodsec("apply", "--override", "vfat", "--yes", "--root", self.machine)
        self.assertEqual(run.code, INCOMPLETE, run.err)  # What lies below /boot/efi is not to be seen.
        self.assertIn("install vfat /bin/false", self.text_of(DENY_FILE))

    def test_the_root_file_system_is_needed(self) -> None:
        self.machine.write(f"/lib/modules/{RELEASE}/modules.dep", "kernel/loop.ko:\nkernel/xfs.ko:\nkernel/ext3.ko:\n")
        self.machine.install("xfs", alias="fs-xfs").install("ext3", alias="fs-ext3")
        self.machine.write(f"/lib/modules/{RELEASE}/modules.alias", "alias fs-xfs xfs\nalias fs-ext3 ext3\n")
        entry = f"/boot/loader/entries/{RELEASE}.conf"
        self.machine.write(entry, f"linux /vmlinuz-{RELEASE}\noptions root=/dev/vda1 rootfstype=xfs\n")
        self.machine.write("/proc/cmdline", "root=/dev/vda1 rootfstype=xfs\n")
        refused = self.refused("deny", "xfs", "--dry-run", "--root", self.machine)
        self.assertIn("rootfstype=xfs", refused)
        self.assertEqual(kmodsec("deny", "ext3", "--dry-run", "--root", self.machine).code, CLEAN)

    def test_a_root_file_system_of_unknown_type_may_be_any(self) -> None:
        self.machine.write(f"/lib/modules/{RELEASE}/modules.dep", "kernel/loop.ko:\nkernel/xfs.ko:\nkernel/vfat.ko:\n")
        self.machine.install("xfs", alias="fs-xfs")
        entry = f"/boot/loader/entries/{RELEASE}.conf"
        self.machine.write(entry, f"linux /vmlinuz-{RELEASE}\noptions root=/dev/vda1\n").write("/proc/cmdline", "root=/dev/vda1\n")
        self.assertIn("may mount it as /: its file system could not be seen", self.refused("deny", "xfs", "--dry-run", "--root", self.machine))
        self.assertEqual(kmodsec("deny", "xfs", "--override", "xfs", "--dry-run", "--root", self.machine).code, INCOMPLETE)
        vfat = kmodsec("deny", "vfat", "--dry-run", "--root", self.machine)
        self.assertEqual(vfat.code, INCOMPLETE, "the machine has vfat as a file system by its alias")
        self.assertIn("neither rootfstype= nor", " ".join(vfat.out.split()))
        self.assertEqual(kmodsec("deny", "loop", "--dry-run", "--root", self.machine).code, CLEAN)
        self.machine.write("/etc/fstab", "/dev/vda1 / ext4 errors=remount-ro 0 1\n")
        self.assertEqual(kmodsec("deny", "xfs", "--dry-run", "--root", self.machine).code, CLEAN)

    def test_a_root_that_nothing_tells_of_may_be_on_any_file_system(self) -> None:
        self.machine.write(f"/lib/modules/{RELEASE}/modules.dep", "kernel/loop.ko:\nkernel/xfs.ko:\nkernel/btrfs.ko:\n")
        self.machine.install("xfs", alias="fs-xfs").install("btrfs", alias="fs-btrfs")
        self.machine.without(f"/boot/loader/entries/{RELEASE}.conf").without("/proc/cmdline")
        for fstab in ("", "UUID=1 / auto defaults 0 1\n", "# nothing\n"):
            if fstab:
                self.machine.write("/etc/fstab", fstab)
            for command in (("deny", "xfs", "--dry-run"), ("deny", "xfs", "--yes"), ("deny", "loop", "btrfs", "--yes")):
                said = self.refused(*command, "--root", self.machine)
                self.assertIn("may mount it as /: its file system could not be seen", said)
                self.assertFalse((self.machine.folder / DENY_FILE).exists())
        overridden = kmodsec("deny", "xfs", "--override", "xfs", "--dry-run", "--root", self.machine, "--format", "json")
        self.assertEqual(overridden.code, INCOMPLETE, overridden.err)
        self.assertIn("/", [gap["what"] for gap in json.loads(overridden.out)["unseen"]])
        self.machine.write("/etc/fstab", "UUID=1 / ext4 defaults 0 1\n")
        known = kmodsec("deny", "xfs", "--dry-run", "--root", self.machine)
        self.assertNotIn("may mount it as /", known.out + known.err)

    def test_what_was_closed_before_is_no_change(self) -> None:
        self.machine.write("/etc/modprobe.d/zz.conf", "install vfat /bin/false\nblacklist vfat\n")
        self.policy('[deny]\nmodules = ["loop", "vfat", "cramfs"]\n')
        plan = self.planned()
        self.assertEqual((plan["denied"], plan["closed_before"]), (["loop"], ["cramfs", "vfat"]))
        shown = kmodsec("plan", "--root", self.machine).out
        self.assertIn("Denied from now on: loop\n", shown)
        self.assertIn("closed before: cramfs, vfat", shown)

    def test_a_snapshot_cannot_be_changed(self) -> None:
        taken = self.machine.folder / "snapshot.json"
        taken.write_text(json.dumps(self.document("snapshot", "--root", self.machine)))
        self.assertIn("not a snapshot", self.refused("plan", "--snapshot", taken))


class OfferedCommands(PolicyTest):
    """What is offered is pasted, so that it names the machine that was asked about."""

    def test_of_a_tree(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        root = f"--root {self.machine}"
        audited = kmodsec("audit", "--root", self.machine).out
        self.assertIn(f"fix: kmodsec apply {root}\n", audited)
        self.assertIn(f"'kmodsec audit --verbose {root}'", audited)
        self.assertIn("'kmodsec explain ID'", audited)
        self.assertIn(f"kmodsec deny vfat {root}\n", kmodsec("doors", "vfat", "--root", self.machine).out)
        applied = kmodsec("apply", "--yes", "--root", self.machine)
        self.assertIn(f"kmodsec: create /{DENY_FILE}, in {self.machine}\n", applied.err)
        self.assertIn(f"'kmodsec history {root}'", self.refused("revert", "4711", "--yes", "--root", self.machine))

    def test_a_place_is_quoted_for_a_shell(self) -> None:
        place = self.machine.folder / "a disk; it's"
        (self.machine.folder / "etc").mkdir(exist_ok=True)
        place.symlink_to(self.machine.folder)
        said = kmodsec("doors", "vfat", "--root", place).out
        line = next(line for line in said.splitlines() if "close it" in line)
        words = shlex.split(line.split("close it", 1)[1])
        self.assertEqual(words, ["kmodsec", "deny", "vfat", "--root", str(place)])

    def test_of_a_snapshot(self) -> None:
        taken = self.machine.folder / "snapshot.json"
        taken.write_text(json.dumps(self.document("snapshot", "--root", self.machine)))
        said = kmodsec("doors", "vfat", "--snapshot", taken).out
        self.assertIn("kmodsec deny vfat on that host\n", said)
        self.assertIn(f"'kmodsec audit --verbose --snapshot {taken}'", kmodsec("audit", "--snapshot", taken).out)


class WhatIsLeft(PolicyTest):
    """What a plan says of itself is what the audit says."""

    def test_what_stays_open_is_not_nothing_to_do(self) -> None:
        self.policy('[deny]\nmodules = ["loop", "ext4"]\n')
        self.done("apply", "--override", "ext4")
        for words in (("plan",), ("apply", "--dry-run")):
            said = kmodsec(*words, "--root", self.machine).out
            self.assertNotIn("nothing to do", said)
            self.assertIn("some of what it denies is open", said)
            self.assertIn("by hand: 'kmodsec doors MODULE", said)

    def test_what_was_not_seen_is_not_closed(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.machine.write("/etc/modprobe.d/zz.conf", "install loop /usr/local/bin/decides\n")
        (self.machine.folder / "etc/modprobe.d/zz.conf").chmod(0o644)
        applied = kmodsec("apply", "--yes", "--root", self.machine)
        audited = self.document("audit", "--root", self.machine)
        status = next(check["status"] for check in audited["checks"] if check["id"] == "POLICY-003")
        self.assertEqual(status == "pass", "Every module that the policy denies is closed" in applied.out, applied.out)

    def test_every_reason_of_a_refusal_is_named(self) -> None:
        self.machine.write("/etc/fstab", "/dev/vda1 /efi vfat defaults 0 1\n")
        self.policy('[deny]\nmodules = ["fat", "vfat"]\n')
        planned = self.planned()["conflicts"]
        self.assertEqual(len(planned), 2)
        said = self.refused("apply", "--yes", "--root", self.machine)
        for conflict in planned:
            self.assertIn(conflict["reason"], said)
            self.assertIn(f"--override {conflict['module']}", said)

    def test_an_exception_that_has_expired(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n[[exception]]\nmodule = "loop"\nuntil = 2020-01-01T00:00:00Z\nreason = "x"\n')
        said = kmodsec("plan", "--root", self.machine).out
        self.assertIn("the exception of loop has expired", said)
        self.assertIn(f"fix: kmodsec deny loop --root {self.machine}\n", kmodsec("audit", "--root", self.machine, "--fail-on", "low").out)
        self.done("deny", "loop")
        self.assertNotIn("[[exception]]", self.text_of(POLICY))


class Names(PolicyTest):
    """What a policy names is there in an installed kernel, or it is refused before anything changes."""

    def refusal(self, text: str) -> str:
        self.policy(text)
        self.refused("apply", "--yes", "--root", self.machine)
        self.assertFalse((self.machine.folder / OPTIONS_FILE).exists())
        return self.refused("plan", "--root", self.machine)

    def test_a_parameter_that_the_module_does_not_have(self) -> None:
        self.assertIn("loop has no parameter maxloop; did you mean max_loop?", self.refusal('[options]\nloop = "maxloop=8"\n'))

    def test_a_value_of_another_type(self) -> None:
        self.assertIn("which is of type int: 'many'", self.refusal('[options]\nloop = "max_loop=many"\n'))

    def test_a_parameter_of_a_file_that_is_not_there_is_not_known(self) -> None:
        self.machine.without(f"/lib/modules/{RELEASE}/kernel/loop.ko")
        self.policy('[options]\nloop = "maxloop=8"\n')
        self.assertIn(f"parameters of loop in {RELEASE}", [gap["what"] for gap in self.planned()["unseen"]])
        kmodsec("apply", "--yes", "--root", self.machine)
        self.assertEqual(kmodsec("plan", "--root", self.machine).code, INCOMPLETE)

    def test_a_profile(self) -> None:
        self.assertIn("did you mean cis-level-1?", self.refusal('[deny]\nprofiles = ["cis-level1"]\n'))

    def test_an_alias_in_place_of_a_module(self) -> None:
        self.assertIn("an alias of vfat: name the module", self.refusal('[load]\nmodules = ["fs-vfat"]\n'))

    def test_a_check_of_a_waiver(self) -> None:
        waiver = 'reason = "x"\nowner = "y"\nuntil = 2096-01-01T00:00:00Z\n'
        self.assertIn("no such check; did you mean SIG-", self.refusal(f'[[waiver]]\ncheck = "SIG-01"\n{waiver}'))


class ListTest(PolicyTest):
    """With what a list denies that depends on the host: fat, vfat and loop are loaded, sctp is not."""

    def setUp(self) -> None:
        super().setUp()
        self.with_module("sctp", "net-pf-2-proto-132")

    def with_module(self, name: str, alias: str, release: str = RELEASE) -> None:
        folder = self.machine.folder / f"lib/modules/{RELEASE}"
        dep, aliases = ((folder / index).read_text() for index in ("modules.dep", "modules.alias"))
        self.machine.install(name, alias=alias)
        self.machine.write(f"/lib/modules/{release}/modules.dep", f"{dep}kernel/{name}.ko:\n")
        self.machine.write(f"/lib/modules/{release}/modules.alias", f"{aliases}alias {alias} {name}\n")
        for index in ("modules.softdep", "modules.builtin"):
            self.machine.write(f"/lib/modules/{release}/{index}", (folder / index).read_text())

    def denied(self) -> list[str]:
        path = self.machine.folder / DENY_FILE
        return [line.split()[1] for line in path.read_text().splitlines() if line.startswith("install ")] if path.exists() else []


class AutoloadByUsers(ListTest):
    """What users can have the kernel load is denied; vfat is one of these, and is loaded."""

    def test_denies_what_is_not_in_use(self) -> None:
        shown = self.done("deny", "--autoload-by-users")
        self.assertEqual(self.text_of(POLICY), "[deny]\nautoload_by_users = true\n")
        self.assertEqual(self.denied(), ["sctp"])
        self.assertIn("# sctp: deny.autoload_by_users\n", self.text_of(DENY_FILE))
        self.assertIn("Kept: vfat (loaded now)", shown)
        self.assertEqual(kmodsec("plan", "--root", self.machine).code, CLEAN)
        self.assertEqual(kmodsec("doors", "sctp", "--root", self.machine).code, CLEAN)

    def test_says_before_what_each_way_costs(self) -> None:
        shown = " ".join(kmodsec("deny", "--autoload-by-users", "--dry-run", "--root", self.machine).out.split())
        for words in ("or one who may make a user namespace, could have the kernel load 2 modules: 1 denied, 1 kept", "Denied from now on: sctp", "kmodsec unblock MODULE",
                      f"run 'kmodsec apply --root {self.machine}' after it", "an empty kernel.modprobe", "kernel.modules_disabled=1"):
            self.assertIn(words, shown)
        self.assertEqual(self.denied(), [])

    def test_a_document_has_what_is_kept(self) -> None:
        self.policy("[deny]\nautoload_by_users = true\n")
        plan = self.planned()
        self.assertEqual(plan["autoload_by_users"],
                         {"denied": 1, "kept": [{"module": "vfat", "why": "loaded now"}], "uses_are_known": True})
        self.assertEqual(plan["denied"], ["sctp"])

    def test_a_long_change_is_summed_up(self) -> None:
        for number in range(90):
            self.with_module(f"proto{number:02}", f"net-pf-{100 + number}")
        self.policy("[deny]\nautoload_by_users = true\n")
        shown = kmodsec("plan", "--root", self.machine).out
        self.assertLess(len(shown.splitlines()), 40)
        self.assertIn("Denied from now on: proto00, proto01,", shown)
        self.assertIn("+install proto77 /bin/false", kmodsec("plan", "--verbose", "--root", self.machine).out)

    def test_allow_keeps_one(self) -> None:
        self.done("deny", "--autoload-by-users")
        self.done("allow", "sctp")
        self.assertIn('except = ["sctp"]', self.text_of(POLICY))
        self.assertEqual(self.denied(), [])
        self.done("deny", "sctp")
        self.assertEqual(self.denied(), ["sctp"])
        self.done("allow", "sctp")
        self.assertEqual(self.denied(), [])

    def test_unblock_opens_one_for_a_while(self) -> None:
        self.done("deny", "--autoload-by-users")
        shown = self.done("unblock", "sctp", "--for", "2h", "--reason", "a test")
        self.assertIn("sctp may be loaded until ", shown)
        self.assertEqual(self.denied(), [])

    def test_allow_ends_it(self) -> None:
        self.done("deny", "--autoload-by-users")
        self.done("allow", "--autoload-by-users")
        self.assertEqual((self.text_of(POLICY), self.denied()), ("[deny]\nautoload_by_users = false\n", []))

    def test_revert_undoes_it(self) -> None:
        self.done("deny", "--autoload-by-users")
        self.assertIn("Not denied any more: sctp", self.done("revert"))
        self.assertEqual(self.denied(), [])

    def test_a_new_kernel_needs_an_apply(self) -> None:
        self.done("deny", "--autoload-by-users")
        newer = "6.12.0-9-test"
        self.with_module("rds", "net-pf-21", release=newer)
        self.machine.write(f"/boot/loader/entries/{newer}.conf", f"linux /vmlinuz-{newer}\noptions root=/dev/vda quiet\n")
        self.assertEqual(self.planned()["denied"], ["rds"])
        check = next(one for one in self.document("audit", "--root", self.machine)["checks"] if one["id"] == "POLICY-003")
        self.assertEqual([finding["subject"] for finding in check["findings"]], ["deny.autoload_by_users"])
        self.done("apply")
        self.assertEqual(self.denied(), ["rds", "sctp"])


class Apply(PolicyTest):
    def test_asks_before(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        run = kmodsec("apply", "--root", self.machine)
        self.assertEqual((run.code, run.out), (2, ""))
        self.assertIn("--yes", run.err)
        self.assertFalse((self.machine.folder / DENY_FILE).exists())

    def test_says_what_is_closed_and_what_is_not(self) -> None:
        self.policy('[deny]\nmodules = ["loop", "ext4"]\n')
        self.assertRegex(self.done("apply"), r"still open\n  ext4 in 6\.1\.0-9-test: built into the kernel")
        applied = self.document("apply", "--yes", "--root", self.machine)
        self.assertEqual([deny["module"] for deny in applied["open"]], ["ext4"])

    def test_revert_puts_back_what_was_there(self) -> None:
        self.machine.write("/" + DENY_FILE, "# by hand\n")
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.done("apply")
        self.assertIn("install loop", self.text_of(DENY_FILE))
        reverted = self.document("revert", "--yes", "--root", self.machine)
        self.assertEqual(reverted["restored"], ["/" + DENY_FILE])
        self.assertEqual(self.text_of(DENY_FILE), "# by hand\n")
        self.assertIn("nothing to undo", self.done("revert"))

    def test_says_in_words_what_is_closed_and_how_to_undo_it(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        applied = self.done("apply")
        number = self.document("history", "--root", self.machine)["transactions"][0]["number"]
        self.assertIn(f"To undo it: kmodsec revert {number} --root {self.machine}\n", applied)
        self.assertIn("Denied from now on: loop\n", applied)
        self.assertIn("Not denied any more: loop\n", self.done("revert", str(number)))

    def test_revert_does_not_overwrite_a_later_change(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.done("apply")
        self.machine.write("/" + DENY_FILE, "# mine now\n")
        self.assertIn("changed since", self.refused("revert", "--yes", "--root", self.machine))
        self.assertEqual(self.text_of(DENY_FILE), "# mine now\n")

    def test_a_revert_says_how_to_go_on_where_a_file_was_changed_since(self) -> None:
        self.machine.write("/" + DENY_FILE, "# by hand\n")
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.done("apply")
        self.machine.write("/" + DENY_FILE, "# mine now\n")
        said = self.refused("revert", "--yes", "--root", self.machine)
        copy = re.search(r"it was as in (/var/lib/kmodsec/transactions/\S+):", said)
        self.assertIsNotNone(copy, said)
        saved = self.machine.folder / copy[1].lstrip("/")
        (self.machine.folder / DENY_FILE).write_bytes(saved.read_bytes())
        self.done("revert")
        self.assertEqual(self.text_of(DENY_FILE), "# by hand\n")

    def test_a_policy_that_was_edited_since_stays(self) -> None:
        self.done("deny", "loop")
        edited = self.text_of(POLICY) + "# a waiver\n"
        self.policy(edited)
        self.assertIn("edited since", self.done("revert", "--dry-run"))
        said = self.done("revert")
        self.assertIn("policy.toml was edited since and stays as it is", said)
        self.assertIn("Not denied any more: loop", said)
        self.assertNotIn("  /etc/kmodsec\n", said)
        self.assertEqual(self.text_of(POLICY), edited)
        self.assertFalse((self.machine.folder / DENY_FILE).exists())

    def test_what_an_edited_policy_still_asks_for_is_taken_out_by_a_command(self) -> None:
        waiver = '\n[[waiver]]\ncheck = "SIG-001"\nreason = "a test"\nowner = "me"\nuntil = 2099-01-01T00:00:00Z\n'
        self.done("deny", "loop")
        self.policy(self.text_of(POLICY) + waiver)
        said = " ".join(self.done("revert").split())
        self.assertIn(f"'kmodsec allow loop --root {self.machine}' takes out of it what is not denied any more", said)
        self.assertEqual(kmodsec("plan", "--root", self.machine).code, FINDINGS)
        self.done("allow", "loop")
        self.assertEqual(self.text_of(POLICY), "[deny]\nmodules = []\n" + waiver)
        self.assertEqual(kmodsec("plan", "--root", self.machine).code, CLEAN)

    def test_what_an_edited_policy_no_longer_asks_for_is_put_into_it_by_a_command(self) -> None:
        self.done("deny", "loop")
        self.done("allow", "loop")
        self.policy(self.text_of(POLICY) + "# by hand\n")
        said = " ".join(self.done("revert").split())
        self.assertIn(f"'kmodsec deny loop --root {self.machine}' puts into it what is denied again", said)
        self.done("deny", "loop")
        self.assertEqual(self.text_of(POLICY), '[deny]\nmodules = ["loop"]\n# by hand\n')

    def test_a_revert_leaves_the_initramfs_to_do(self) -> None:
        self.done("deny", "loop")
        self.machine.write(f"/boot/initrd.img-{RELEASE}", self.image())
        for words in (("--dry-run",), ()):
            said = kmodsec("revert", *words, "--yes", "--root", self.machine).out
            self.assertRegex(said, rf"Left to do on that system\n  update-initramfs -u -k {RELEASE}")

    def image(self) -> bytes:
        """Made by initramfs-tools, with the denies in it."""
        with tempfile.TemporaryDirectory(prefix="kmodsec-image-") as folder:
            for path, content in {
                "conf/modules": "", "conf/initramfs.conf": "MODULES=most\n", "scripts/functions": "",
                f"lib/modules/{RELEASE}/modules.dep": "", DENY_FILE: self.text_of(DENY_FILE),
            }.items():
                place = Path(folder, path)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(content)
            return compressed(archive(Path(folder)), ".gz")

    def test_what_the_policy_no_longer_asks_for_goes(self) -> None:
        self.policy('[load]\nmodules = ["vfat"]\n')
        self.done("apply")
        self.assertIn("\nvfat\n", self.text_of("etc/modules-load.d/kmodsec.conf"))
        self.policy("[deny]\n")
        self.done("apply")
        self.assertFalse((self.machine.folder / "etc/modules-load.d/kmodsec.conf").exists())


class Edit(PolicyTest):
    def test_deny_and_allow_keep_comments(self) -> None:
        self.policy('# Why: ticket 12.\n[deny]\nmodules = ["fat"]  # unused here\n')
        before = self.text_of(POLICY)
        self.done("deny", "loop", "--override", "fat")
        self.assertEqual(self.text_of(POLICY),
                         '# Why: ticket 12.\n[deny]\nmodules = ["fat", "loop"]  # unused here\n')
        self.assertIn("install loop /bin/false", self.text_of(DENY_FILE))
        self.done("revert")
        self.assertEqual(self.text_of(POLICY), before)

    def test_deny_begins_a_policy(self) -> None:
        self.done("deny", "loop")
        self.assertEqual(self.text_of(POLICY), '[deny]\nmodules = ["loop"]\n')
        self.done("allow", "loop")
        self.assertEqual(self.text_of(POLICY), "[deny]\nmodules = []\n")
        self.assertFalse((self.machine.folder / DENY_FILE).exists())

    def test_a_profile_but_for_what_the_host_keeps(self) -> None:
        self.policy('[deny]\nmodules = ["hfs"]\n')
        self.done("deny", "--profile", "cis-level-1", "--except", "cramfs", "--except", "hfs")
        policy = self.text_of(POLICY)
        self.assertIn('except = ["cramfs", "hfs"]', policy)
        denied = self.text_of(DENY_FILE)
        self.assertIn("install dccp /bin/false\n", denied)
        for module in ("cramfs", "hfs"):
            self.assertNotIn(f"install {module} ", denied)
        self.done("deny", "cramfs")
        self.assertIn("install cramfs /bin/false\n", self.text_of(DENY_FILE))
        self.assertIn('except = ["hfs"]', self.text_of(POLICY))

    def test_exceptions_that_mean_nothing(self) -> None:
        for words, why in ((("loop", "--except", "fat"), "goes with --profile"),
                           (("--notable", "--except", "fat"), "goes with --profile"),
                           (("--profile", "cis-level-1", "--except", "cramf"), "did you mean cramfs?"),
                           (("cramfs", "--profile", "cis-level-1", "--except", "cramfs"), "named to be denied as well"),
                           (("--autoload-by-users", "--except", "no_such_module"), "no_such_module")):
            self.assertIn(why, self.refused("deny", *words, "--yes", "--root", self.machine))
        self.assertFalse((self.machine.folder / POLICY).exists())

    def test_a_list_of_the_host_but_for_one(self) -> None:
        self.done("deny", "--autoload-by-users", "--except", "vfat")
        self.assertIn('except = ["vfat"]', self.text_of(POLICY))

    def test_allow_of_what_a_profile_denies(self) -> None:
        self.done("deny", "--profile", "cis-level-1")
        self.done("allow", "cramfs")
        self.assertIn('except = ["cramfs"]', self.text_of(POLICY))
        self.assertNotIn("cramfs", self.text_of(DENY_FILE))
        self.done("deny", "cramfs")
        self.assertIn("except = []", self.text_of(POLICY))
        self.done("allow", "--profile", "cis-level-1")
        self.assertIn("profiles = []", self.text_of(POLICY))

    def test_allow_of_what_a_profile_denies_too(self) -> None:
        self.policy('[deny]\nmodules = ["sctp"]\nprofiles = ["cis-level-1"]\n')
        self.done("apply")
        self.assertIn("sctp", self.text_of(DENY_FILE))
        self.done("allow", "sctp")
        self.assertNotIn("install sctp ", self.text_of(DENY_FILE))

    def test_allow_of_what_is_not_denied(self) -> None:
        self.assertIn("the policy does not deny it", self.refused("allow", "loop", "--yes", "--root", self.machine))

    def test_an_unknown_module_changes_nothing(self) -> None:
        self.assertIn("no installed kernel", self.refused("deny", "lopo", "--yes", "--quiet", "--root", self.machine))
        self.assertFalse((self.machine.folder / POLICY).exists())

    def test_a_module_that_is_in_no_index_is_known_by_its_file(self) -> None:
        self.machine.write(f"/lib/modules/{RELEASE}/updates/rare-one.ko", module_file(license="GPL", name="rare_one"))
        self.done("deny", "rare-one")
        self.assertIn("install rare_one /bin/false\n", self.text_of(DENY_FILE))
        self.assertIn("no installed kernel", self.refused("deny", "rare_two", "--yes", "--root", self.machine))
        self.done("deny", "loop")
        self.done("allow", "rare_one")
        self.assertNotIn("rare_one", self.text_of(DENY_FILE))


class DryRun(PolicyTest):
    """It shows what would change, and nothing changes."""

    def everything(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.machine.folder.rglob("*") if path.is_file()}

    def test_of_each_change(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.done("apply")
        self.policy('[deny]\nmodules = ["loop", "vfat"]\n')
        before = self.everything()
        for words, shown in [(["apply"], "+install vfat"), (["deny", "fat"], "+install fat"), (["allow", "loop"], "-install loop"),
                             (["deny", "--profile", "cis-level-1"], "cis-level-1"),
                             (["unblock", "loop", "--for", "2h", "--reason", "a test"], "-install loop"), (["revert"], DENY_FILE)]:
            with self.subTest(words):
                run = kmodsec(*words, "--dry-run", "--root", self.machine)
                self.assertEqual(run.code, CLEAN, run.err)
                self.assertIn(shown, run.out)
                self.assertEqual(self.everything(), before)

    def test_says_what_would_be_refused(self) -> None:
        self.policy('[deny]\nmodules = ["loop"]\n')
        self.assertIn("no-such", self.refused("allow", "no-such", "--dry-run", "--root", self.machine).replace("_", "-"))


class Removal(PolicyTest):
    """What is to be taken out of the policy and is not in it is said."""

    def test_a_profile_that_nobody_knows(self) -> None:
        self.done("deny", "loop")
        for word in ("--dry-run", "--yes"):
            said = self.refused("allow", "--profile", "cis-lvel-1", word, "--root", self.machine)
            self.assertIn("cis-lvel-1: no such profile; did you mean cis-level-1?", said)

    def test_a_profile_that_the_policy_does_not_deny(self) -> None:
        self.done("deny", "loop")
        before = self.text_of(POLICY)
        for words in (["--dry-run"], []):
            said = self.done("allow", "--profile", "cis-level-1", *words)
            self.assertIn("the policy does not deny the profile cis-level-1: nothing changes by that", said)
        said = self.done("allow", "--autoload-by-users", "--dry-run")
        self.assertIn("does not deny what users can have the kernel load", said)
        self.assertEqual(self.text_of(POLICY), before)

    def test_an_override_that_nothing_asks_for(self) -> None:
        self.assertIn("--override lop: nothing was to be refused", self.done("deny", "loop", "--dry-run", "--override", "lop"))


class History(PolicyTest):
    def setUp(self) -> None:
        super().setUp()
        for module in ("loop", "vfat", "fat"):
            self.done("deny", module, "--override", module)

    def numbers(self) -> list[int]:
        return [one["number"] for one in self.transactions() if one["state"] == "done"]

    def transactions(self) -> list[dict]:
        return self.document("history", "--root", self.machine)["transactions"]

    def test_a_number_names_one_transaction_for_good(self) -> None:
        newest = self.numbers()[0]
        self.done("revert")
        self.assertEqual(self.transactions()[0]["state"], "undone")
        for words in (["--yes"], ["--dry-run"]):
            self.assertIn(f"{newest}: was reverted already", self.refused("revert", str(newest), *words, "--root", self.machine))
        self.done("deny", "fat", "--override", "fat")
        self.assertEqual(self.numbers()[0], newest + 1)

    def test_what_is_reverted_is_not_offered(self) -> None:
        oldest = self.numbers()[-1]
        self.assertIn("'kmodsec revert NUMBER --dry-run", " ".join(kmodsec("history", "--root", self.machine).out.split()))
        self.done("revert", str(oldest))
        self.assertNotIn("kmodsec revert", kmodsec("history", "--root", self.machine).out)

    def test_a_damaged_journal_of_a_reverted_one_is_a_gap(self) -> None:
        newest = self.numbers()[0]
        self.done("revert")
        self.machine.write(f"/var/lib/kmodsec/transactions/{newest:06}.undone/journal.json", "{}")
        run = kmodsec("history", "--format", "json", "--root", self.machine)
        self.assertEqual(run.code, INCOMPLETE, run.err)
        document = json.loads(run.out)
        self.assert_valid("history", document)
        self.assertEqual([one["number"] for one in document["transactions"]], [newest - 1, newest - 2])
        self.assertIn(f"{newest:06}.undone/journal.json", json.dumps(document["unseen"]))
        self.done("deny", "fat", "--override", "fat")
        self.assertEqual(kmodsec("history", "--root", self.machine).code, INCOMPLETE)

    def test_a_copy_that_cannot_be_read_hides_its_own_change_alone(self) -> None:
        newest, second, _ = self.numbers()
        for copy in (self.machine.folder / f"var/lib/kmodsec/transactions/{second:06}").glob("[0-9]*"):
            copy.chmod(0o666)
        run = kmodsec("history", "--format", "json", "--root", self.machine)
        self.assertEqual(run.code, INCOMPLETE, run.err)
        changes = {one["number"]: one for one in json.loads(run.out)["transactions"]}
        self.assertEqual((changes[newest]["denied"], changes[second]["denied"]), (["fat"], []))
        self.assertEqual([one["changed_since"] for one in changes.values()], [[], [], []])
        self.assertIn("not all that it changed could be seen", kmodsec("history", "--root", self.machine).out)
        self.refused("revert", str(second), "--dry-run", "--root", self.machine)

    def test_it_gives_the_reason(self) -> None:
        self.done("unblock", "loop", "--for", "2h", "--reason", "ticket 4711")
        self.assertRegex(kmodsec("history", "--root", self.machine).out, r"because: loop is open until .*: ticket 4711\n")

    def test_the_newest_is_first(self) -> None:
        numbers = self.numbers()
        self.assertEqual(numbers, sorted(numbers, reverse=True))
        self.assertEqual(len(numbers), 3)

    def test_it_says_what_was_changed_in_words(self) -> None:
        shown = kmodsec("history", "--root", self.machine).out
        self.assertEqual([line.strip() for line in shown.splitlines() if "denied" in line], ["denied: fat", "denied: vfat", "denied: loop"])
        newest = self.document("history", "--root", self.machine)["transactions"][0]
        self.assertEqual((newest["denied"], newest["not_denied"], newest["changed_since"]), (["fat"], [], []))
        self.done("allow", "loop")
        self.assertIn("not denied any more: loop\n", kmodsec("history", "--root", self.machine).out)

    def test_what_was_changed_since_is_not_known(self) -> None:
        self.machine.write("/" + DENY_FILE, "# mine now\n")
        newest = self.document("history", "--root", self.machine)["transactions"][0]
        self.assertEqual((newest["denied"], newest["changed_since"]), ([], ["/" + DENY_FILE]))
        self.assertIn("changed since", self.refused("revert", "--dry-run", "--root", self.machine))

    def test_a_dry_run_shows_what_a_revert_would_change(self) -> None:
        before = self.text_of(DENY_FILE)
        second = self.numbers()[1]
        shown = self.done("revert", str(second), "--dry-run")
        self.assertIn("-install vfat /bin/false\n", shown)
        self.assertIn("-install fat /bin/false\n", shown)
        self.assertNotIn("-install loop", shown)
        self.assertIn("Not denied any more: fat, vfat\n", shown)
        self.assertEqual((self.text_of(DENY_FILE), len(self.numbers())), (before, 3))
        planned = json.loads(kmodsec("revert", "--dry-run", "--format", "json", "--root", self.machine).out)
        self.assert_valid("plan", planned)
        self.assertEqual(planned["not_denied"], ["fat"])

    def test_one_and_all_after_it_are_undone(self) -> None:
        second = self.numbers()[1]
        self.done("revert", str(second))
        self.assertEqual(len(self.numbers()), 1)
        self.assertIn("install loop ", self.text_of(DENY_FILE))
        self.assertNotIn("install vfat ", self.text_of(DENY_FILE))

    def test_of_an_unknown_number(self) -> None:
        for word in ("4711", "first", "-1"):
            with self.subTest(word):
                self.refused("revert", word, "--yes", "--root", self.machine)
        self.assertEqual(len(self.numbers()), 3)


class Profiles(PolicyTest):
    def test_all_in_a_line_each(self) -> None:
        run = kmodsec("profiles", "--root", self.machine)
        self.assertRegex(run.out, r"(?m)^cis-level-1 +\d+ modules  ")
        self.assertLessEqual(max(map(len, run.out.splitlines())), 80)

    def test_one_with_the_numbers_of_its_benchmark(self) -> None:
        profile = self.document("profiles", "cis-level-1", "--root", self.machine)["profiles"][0]
        self.assertTrue(all(module["source"] and module["reason"] for module in profile["modules"]))
        shown = kmodsec("profiles", "cis-level-1", "--root", self.machine).out
        for module in profile["modules"]:
            self.assertIn(module["name"], shown)

    def test_an_unknown_one(self) -> None:
        self.assertIn("did you mean cis-level-1?", self.refused("profiles", "cis-level1", "--root", self.machine))


class Waivers(PolicyTest):
    def waive(self, until: str) -> tuple[dict, int]:
        self.policy(f'[[waiver]]\ncheck = "BASE-001"\nreason = "made next week"\nowner = "kernel team"\nuntil = {until}\n')
        run = kmodsec("audit", "--fail-on", "low", "--format", "json", "--root", self.machine)
        return next(one for one in json.loads(run.out)["checks"] if one["id"] == "BASE-001"), run.code

    def test_a_waived_finding_is_shown_and_does_not_count(self) -> None:
        check, _ = self.waive("2099-01-01T00:00:00Z")
        self.assertEqual((check["status"], check["findings"]), ("waived", []))
        self.assertEqual(check["waived"][0]["waiver"]["owner"], "kernel team")
        self.assertIn("kernel team answers for it: made next week", kmodsec("audit", "--root", self.machine).out.replace("\n   ", ""))

    def test_it_ends(self) -> None:
        check, code = self.waive("2020-01-01T00:00:00Z")
        self.assertEqual((check["status"], code), ("fail", FINDINGS))
        shown = kmodsec("audit", "--root", self.machine).out
        self.assertIn("POLICY-004", shown)
        self.assertIn("/etc/kmodsec/policy.toml:1 → kernel team: made next week", shown)

    def test_a_subject_that_nothing_has_is_shown(self) -> None:
        self.policy('[[waiver]]\ncheck = "BASE-001"\nsubject = "baselin"\nreason = "x"\nowner = "kernel team"\nuntil = 2096-01-31\n')
        shown = kmodsec("audit", "--root", self.machine).out
        self.assertIn("Waivers that cover nothing that was found", shown)
        self.assertIn("BASE-001 of baselin, kernel team answers for it", shown)


    def test_its_end_is_written_as_every_time(self) -> None:
        check, _ = self.waive("2099-01-01T00:00:00Z")
        self.assertEqual(check["waived"][0]["waiver"]["until"], "2099-01-01T00:00:00Z")

    def waive_gap(self, until: str = "2099-01-01", why: str = "") -> None:
        reason = f'why = "{why}"\n' if why else ""
        waiver = f'[[waiver]]\ngap = "/proc/sys/kernel/tainted"\n{reason}reason = "x"\nowner = "kernel team"\nuntil = {until}\n'
        self.machine.write("/etc/kmodsec/policy.d/90-waivers.toml", waiver)

    def without_taint(self) -> set[str]:
        self.machine.without("/proc/sys/kernel/tainted")
        return {gap["what"] for gap in self.document("audit", "--root", self.machine)["unseen"]}

    def test_a_waived_gap_is_shown_and_does_not_count(self) -> None:
        before = self.without_taint()
        self.waive_gap()
        document = self.document("audit", "--root", self.machine)
        self.assertEqual({gap["what"] for gap in document["unseen"]}, before - {"/proc/sys/kernel/tainted"})
        self.assertEqual([(gap["what"], gap["waiver"]["until"]) for gap in document["waived_gaps"]],
                         [("/proc/sys/kernel/tainted", "2099-01-01T23:59:59Z")])
        self.assertEqual(document["idle_waivers"], [])
        waived = [check for check in document["checks"] if check["waived_gaps"]]
        self.assertTrue(waived)
        self.assertNotIn("unknown", {check["status"] for check in waived if not check["unseen"]})
        shown = kmodsec("audit", "--root", self.machine)
        self.assertRegex(shown.out, r"waived    Could not be seen\n  /proc/sys/kernel/tainted \(.*\): until 2099-01-01, kernel team answers")
        self.assertNotIn("tainted", shown.err)
        self.assertEqual(self.document("status", "--root", self.machine)["waived_gaps"], document["waived_gaps"])

    def test_a_host_whose_gaps_are_all_waived_is_clean(self) -> None:
        self.without_taint()
        document = self.document("audit", "--root", self.machine, "--fail-on", "critical")
        waivers = [f"[[waiver]]\ngap = {json.dumps(gap['what'])}\nwhy = {json.dumps(gap['why'])}\n"
                   'reason = "x"\nowner = "y"\nuntil = 2099-01-01\n' for gap in document["unseen"]]
        self.machine.write("/etc/kmodsec/policy.d/90-waivers.toml", "\n".join(waivers))
        for verb in ("audit", "status"):
            run = kmodsec(verb, "--root", self.machine, "--fail-on", "critical")
            self.assertEqual((run.code, run.err), (CLEAN, ""), run.out)

    def test_a_waiver_of_another_reason_covers_nothing(self) -> None:
        self.without_taint()
        self.waive_gap(why="it is full")
        shown = kmodsec("audit", "--root", self.machine)
        self.assertIn("? /proc/sys/kernel/tainted: ", shown.out)
        self.assertIn("what could not be seen of /proc/sys/kernel/tainted, kernel team answers for it", shown.out)

    def test_a_waiver_of_a_gap_ends(self) -> None:
        self.without_taint()
        self.waive_gap("2020-01-01")
        shown = kmodsec("audit", "--root", self.machine).out
        self.assertIn("? /proc/sys/kernel/tainted: ", shown)
        self.assertIn("POLICY-004", shown)

    def test_each_line_of_a_gap_says_whether_it_is_waived(self) -> None:
        self.without_taint()
        self.waive_gap()
        lines = [json.loads(line) for line in kmodsec("audit", "--root", self.machine, "--format", "ndjson").out.splitlines()]
        for line in lines:
            self.assert_valid("audit-line", line)
        waived = [line for line in lines if line["schema"] == "kmodsec.audit-gap/1" and "waiver" in line]
        self.assertEqual(len(waived), lines[-1]["waived_gaps"])
        self.assertTrue(waived[0]["checks"])


class Unblock(PolicyTest):
    def setUp(self) -> None:
        super().setUp()
        self.machine.write("/usr/lib/systemd/systemd").write("/usr/bin/kmodsec")
        self.done("deny", "loop")

    def unblock(self, duration: str = "2h") -> None:
        self.done("unblock", "loop", "--for", duration, "--reason", "restore from the disk")

    def test_opens_for_a_while(self) -> None:
        shown = self.done("unblock", "loop", "--for", "2h", "--reason", "restore from the disk")
        self.assertRegex(" ".join(shown.split()),
                         r"loop may be loaded until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, and is denied again then \(restore from the disk\)")
        self.assertFalse((self.machine.folder / DENY_FILE).exists())
        self.assertIn('reason = "restore from the disk"', self.text_of(POLICY))
        timer = self.text_of("etc/systemd/system/kmodsec-unblock.timer")
        self.assertRegex(timer, r"OnCalendar=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n")
        self.assertTrue((self.machine.folder / "etc/systemd/system/timers.target.wants/kmodsec-unblock.timer").is_symlink())

    def test_ends_with_the_next_apply(self) -> None:
        self.unblock()
        until = 'until = 2020-01-01T00:00:00Z'
        self.machine.write("/" + POLICY, "\n".join(
            until if line.startswith("until") else line for line in self.text_of(POLICY).splitlines()))
        self.done("apply")
        self.assertIn("install loop /bin/false", self.text_of(DENY_FILE))
        self.assertFalse((self.machine.folder / "etc/systemd/system/kmodsec-unblock.timer").exists())

    def test_a_plan_that_is_shown_goes_by_the_time_of_looking_and_a_change_by_the_clock(self) -> None:
        self.unblock()
        when_over = {"SOURCE_DATE_EPOCH": "4102444800"}
        self.assertNotIn("install loop", json.dumps(self.planned()))
        self.assertIn("install loop", json.dumps(self.document("plan", "--root", self.machine, **when_over)))
        self.assertIn("install loop", kmodsec("apply", "--dry-run", "--root", self.machine, **when_over).out)
        self.assertEqual(kmodsec("apply", "--yes", "--root", self.machine, **when_over).code, CLEAN)
        self.assertFalse((self.machine.folder / DENY_FILE).exists())

    def test_deny_ends_it(self) -> None:
        self.unblock()
        self.done("deny", "loop")
        self.assertNotIn("exception", self.text_of(POLICY))
        self.assertIn("install loop /bin/false", self.text_of(DENY_FILE))

    def test_loads_on_this_system_alone(self) -> None:
        words = ["loop", "--for", "2h", "--reason", "a test", "--load", "--yes", "--root", self.machine]
        self.assertIn("only the running system", self.refused("unblock", *words))

    def test_needs_a_time_and_a_reason(self) -> None:
        root = ("--yes", "--root", self.machine)
        self.assertIn("--for", self.refused("unblock", "loop", "--reason", "x", *root))
        self.assertIn("30m, 2h or 3d", self.refused("unblock", "loop", "--for", "soon", "--reason", "x", *root))
        self.assertIn("does not deny it", self.refused("unblock", "fat", "--for", "1h", "--reason", "x", *root))


class AnyPolicy(PolicyTest):
    """Whatever the policy is and the host was: after an apply nothing is to be done, and revert goes back."""

    MODULES = ("loop", "vfat", "fat", "ext4", "cramfs", "sctp")

    def chosen(self, chance: random.Random) -> str:
        return json.dumps([name for name in self.MODULES if chance.random() < 0.4])

    def random_policy(self, chance: random.Random) -> str:
        parts = [
            f'[deny]\nmodules = {self.chosen(chance)}\nexcept = {self.chosen(chance)}\n'
            f'on_attempt = "{chance.choice(["fail", "pretend"])}"\ninitramfs = "{chance.choice(["include", "exclude"])}"\n'
            f'autoload_by_users = {chance.choice(["true", "false"])}\n'
            f'profiles = {json.dumps(chance.sample(["cis-level-1", "seed-cis", "rare-protocols"], chance.randrange(3)))}\n',
            f"[load]\nmodules = {self.chosen(chance)}\n",
            '[options]\nloop = "max_loop=8"\n',
            '[freeze]\nlevel = "signatures"\n',
            "[audit_rules]\nenabled = true\n",
            '[[exception]]\nmodule = "loop"\nuntil = 2096-01-01T00:00:00Z\nreason = "x"\n',
        ]
        return "".join(part for part in parts if chance.random() < 0.7)

    def random_host(self, chance: random.Random) -> None:
        self.machine = host(self)
        for path, content in {
            "/lib/modules/6.1.0-9-test/modules.softdep": "softdep loop pre: fat\nsoftdep vfat post: loop\n",
            "/" + DENY_FILE: "# of another time\n",
            "/etc/modprobe.d/local.conf": "install loop /sbin/modprobe -i loop\nalias fs-vfat vfat\n",
            "/usr/lib/systemd/systemd": "", "/usr/sbin/augenrules": "", "/usr/sbin/dracut": "",
            "/usr/sbin/update-initramfs": "",
        }.items():
            if chance.random() < 0.6:
                self.machine.write(path, content)

    def files(self) -> dict[str, object]:
        return {
            str(path): (path.lstat().st_mode, path.is_file() and path.read_bytes())
            for path in self.machine.folder.rglob("*") if "/var" not in str(path.relative_to(self.machine.folder.parent))
        }

    def test_apply_ends_the_plan_and_revert_goes_back(self) -> None:
        for seed in range(40):
            chance = random.Random(seed)
            self.random_host(chance)
            self.policy(self.random_policy(chance))
            overrides = [word for name in self.MODULES for word in ("--override", name)]
            before = self.files()
            with self.subTest(seed):
                self.done("apply", *overrides)
                self.assertEqual(self.planned()["changes"], [])
                self.done("revert")
                self.assertEqual(self.files(), before)


class Freeze(CliTest):
    def test_only_the_running_kernel(self) -> None:
        self.assertIn("running kernel only", self.refused("freeze", "--check", "--root", running(self)))


if __name__ == "__main__":
    unittest.main()
