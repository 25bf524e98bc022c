# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of docs/exit-codes.md: each verb comes to each code that the table gives it, and to no other here."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, FINDINGS, INCOMPLETE, TREE, CliTest, Run, kmodsec
from machine import RELEASE, Machine, image, running

BOOTED = 1700000000
DEBIAN = "#1 SMP PREEMPT_DYNAMIC Debian {} (2024-07-21)\n"
LOAD = ("type=SYSCALL msg=audit({time}.000:1): arch=c000003e syscall=313 success=yes exit=0 a0=3 a1=0 a2=0 items=0 "
        'ppid=1 pid=9 auid=4294967295 uid=0 ses=4294967295 comm="x" exe="/x" key="k"\n'
        'type=KERN_MODULE msg=audit({time}.000:1): name="loop"\n').format(time=BOOTED + 10)

OF_THE_RUNNING_KERNEL = {("freeze", CLEAN), ("freeze", FINDINGS), ("freeze", INCOMPLETE)}
"""Those that only a kernel can show; tests/lab has them."""

Situation = Callable[["ExitCodes"], Run]


def on(make: Callable[["ExitCodes"], Machine], *words: str) -> Situation:
    """The verb, asked about a machine, with tables of its own."""
    return lambda test: kmodsec(*words, "--root", make(test), *test.tables(words[0]))


def alone(*words: str) -> Situation:
    return lambda test: kmodsec(*words)


def blind(test: "ExitCodes") -> Machine:
    """Nobody can tell whom its kernel trusts."""
    return image(test).without(f"/boot/vmlinuz-{RELEASE}")


def without_users(test: "ExitCodes") -> Machine:
    """Nobody can tell what the kernel and its devices use."""
    machine = with_policy(running(test))
    shutil.rmtree(machine.folder / "sys/module")
    return machine


def with_policy(machine: Machine, text: str = "[deny]\nmodules = []\n") -> Machine:
    return machine.write("/etc/kmodsec/policy.toml", text)


def plain(test: "ExitCodes") -> Machine:
    return with_policy(running(test))


def denied(test: "ExitCodes") -> Machine:
    return running(test).write("/etc/modprobe.d/a.conf", "install vfat /bin/false\ninstall fat /bin/false\n")


def denied_by_policy(test: "ExitCodes") -> Machine:
    machine = with_policy(running(test), '[deny]\nmodules = ["loop"]\n')
    kmodsec("apply", "--yes", "--root", machine)
    return machine


def unseen_and_denied(test: "ExitCodes") -> Machine:
    machine = denied_by_policy(test)
    shutil.rmtree(machine.folder / "sys/module")
    return machine


def with_denies_that_nobody_can_read(test: "ExitCodes") -> Machine:
    """What is to be undone is another file of ours."""
    machine = with_policy(running(test), '[load]\nmodules = ["loop"]\n')
    kmodsec("apply", "--yes", "--root", machine)
    machine.write("/etc/modprobe.d/other.conf")
    os.mkfifo(machine.folder / "etc/modprobe.d/00-kmodsec-deny.conf")
    return machine


def without_the_copy(test: "ExitCodes") -> Machine:
    """What its deny file was before cannot be seen any more."""
    machine = with_policy(running(test), '[deny]\nmodules = ["loop"]\n').write("/etc/modprobe.d/00-kmodsec-deny.conf", "# by hand\n")
    kmodsec("apply", "--yes", "--root", machine)
    for copy in (machine.folder / "var/lib/kmodsec/transactions/000001").glob("[0-9]*"):
        copy.unlink()
    return machine


def to_deny(test: "ExitCodes") -> Machine:
    return with_policy(running(test), '[deny]\nmodules = ["loop"]\n')


def decided_by_a_program(test: "ExitCodes") -> Machine:
    machine = image(test).write("/etc/modprobe.d/a.conf", "install vfat /usr/bin/decide\n")
    return machine.write("/usr/bin/decide", "#!/bin/sh\n")


def unwatched(test: "ExitCodes") -> Machine:
    """Nothing records what it loads, and it has no baseline."""
    return running(test)


def packaged(test: "ExitCodes") -> Machine:
    """An installed system whose files are those of its packages."""
    return image(test).packaged()


def unsigned(test: "ExitCodes") -> Machine:
    return image(test).install("bare", sign=False)


def debian(test: "ExitCodes", package: str = "6.1.100-1") -> Machine:
    return running(test).write("/proc/sys/kernel/version", DEBIAN.format(package)).write("/etc/os-release", "ID=debian\n")


def newer_than_tables(test: "ExitCodes") -> Machine:
    return debian(test, "6.1.190-1")


def unfrozen_or_not(test: "ExitCodes") -> Machine:
    return with_policy(running(test)).without("/proc/sys/kernel/modules_disabled")


def trail(test: "ExitCodes") -> Machine:
    machine = Machine(test).write("/etc/hostname", "host\n").write("/dev/kmsg")
    machine.write("/proc/stat", f"cpu 0\nbtime {BOOTED}\n")
    return machine.write("/var/log/audit/audit.log", LOAD)


def damaged_tables(test: "ExitCodes") -> Machine:
    return image(test).write("/var/lib/kmodsec/cves.tsv", "damaged\n")


def baseline(change: Callable[[Machine], object]) -> Situation:
    def run(test: "ExitCodes") -> Run:
        machine, store = image(test), test.folder / "baseline.db"
        store.unlink(missing_ok=True)
        kmodsec("baseline", "create", "--root", machine, "--store", store)
        change(machine)
        return kmodsec("baseline", "check", "--root", machine, "--store", store)
    return run


def learn(action: str, make: Callable[["ExitCodes"], Machine]) -> Situation:
    def run(test: "ExitCodes") -> Run:
        store = test.folder / "usage.db"
        store.unlink(missing_ok=True)
        return kmodsec("learn", action, "--root", make(test), "--store", store)
    return run


def half_listed(test: "ExitCodes") -> Machine:
    machine = running(test)
    return machine.write("/proc/modules", (machine.folder / "proc/modules").read_text() + "no line of a kernel\n")


def into_a_circle(machine: Machine) -> None:
    loop = machine.folder / f"lib/modules/{RELEASE}/kernel/circle"
    loop.symlink_to("circle")


SITUATIONS: dict[str, dict[int, Situation]] = {
    "status": {CLEAN: on(packaged, "status", "--fail-on", "critical"), FINDINGS: on(unwatched, "status", "--fail-on", "low"),
               INCOMPLETE: on(running, "status", "--fail-on", "critical")},
    "audit": {CLEAN: on(packaged, "audit", "--fail-on", "critical"), FINDINGS: on(unwatched, "audit", "--fail-on", "low"),
              INCOMPLETE: on(running, "audit", "--fail-on", "critical")},
    "list": {CLEAN: on(running, "list"), INCOMPLETE: on(without_users, "list")},
    "show": {CLEAN: on(image, "show", "loop"), INCOMPLETE: on(blind, "show", "loop")},
    "verify": {CLEAN: on(image, "verify", "--all"), FINDINGS: on(unsigned, "verify", "--all"),
               INCOMPLETE: on(blind, "verify", "--all")},
    "doors": {CLEAN: on(denied, "doors", "vfat"), FINDINGS: on(image, "doors", "vfat"),
              INCOMPLETE: on(decided_by_a_program, "doors", "vfat")},
    "cves": {CLEAN: on(debian, "cves", "loop"), FINDINGS: on(debian, "cves", "vfat"),
             INCOMPLETE: on(newer_than_tables, "cves", "fat")},
    "plan": {CLEAN: on(plain, "plan"), FINDINGS: on(to_deny, "plan"), INCOMPLETE: on(without_users, "plan")},
    "profiles": {CLEAN: on(image, "profiles")},
    "checks": {CLEAN: alone("checks")},
    "explain": {CLEAN: alone("explain", "SIG-001")},
    "deny": {CLEAN: on(plain, "deny", "loop", "--yes"), INCOMPLETE: on(without_users, "deny", "loop", "--dry-run")},
    "allow": {CLEAN: on(denied_by_policy, "allow", "loop", "--yes"),
              INCOMPLETE: on(unseen_and_denied, "allow", "loop", "--dry-run")},
    "unblock": {CLEAN: on(denied_by_policy, "unblock", "loop", "--for", "1h", "--reason", "test", "--yes"),
                INCOMPLETE: on(unseen_and_denied, "unblock", "loop", "--for", "1h", "--reason", "test", "--dry-run")},
    "load": {CLEAN: on(running, "load", "loop", "--dry-run"), FINDINGS: on(running, "load", "nosuch", "--dry-run"),
             INCOMPLETE: on(unfrozen_or_not, "load", "loop", "--dry-run")},
    "unload": {CLEAN: on(running, "unload", "loop", "--dry-run"), FINDINGS: on(running, "unload", "fat", "--dry-run"),
               INCOMPLETE: on(without_users, "unload", "loop", "--dry-run")},
    "apply": {CLEAN: on(to_deny, "apply", "--yes"), INCOMPLETE: on(without_users, "apply", "--dry-run")},
    "revert": {CLEAN: on(denied_by_policy, "revert", "--yes"),
               INCOMPLETE: on(with_denies_that_nobody_can_read, "revert", "--yes")},
    "history": {CLEAN: on(image, "history"), INCOMPLETE: on(without_the_copy, "history")},
    "freeze": {},
    "baseline": {CLEAN: baseline(lambda machine: None),
                 FINDINGS: baseline(lambda machine: machine.write(f"/lib/modules/{RELEASE}/kernel/loop.ko", "another")),
                 INCOMPLETE: baseline(into_a_circle)},
    "events": {CLEAN: on(trail, "events"), INCOMPLETE: on(image, "events")},
    "learn": {CLEAN: learn("record", running), FINDINGS: on(running, "learn", "ready"), INCOMPLETE: learn("record", half_listed)},
    "snapshot": {CLEAN: on(packaged, "snapshot"), INCOMPLETE: on(blind, "snapshot")},
    "data": {CLEAN: on(image, "data", "show"), INCOMPLETE: on(damaged_tables, "data", "show")},
}


def table() -> dict[str, dict[int, str]]:
    """Each verb with what the table says of each code; without those that never come."""
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", (TREE / "docs/exit-codes.md").read_text(), re.MULTILINE)
    cells = {verb: [cell.strip() for cell in row.split("|")] for verb, row in rows}
    return {verb: {code: text for code, text in enumerate(row) if text != "never"} for verb, row in cells.items()}


def verbs_of_help() -> set[str]:
    verbs = kmodsec("help").out.split("Options of several verbs", maxsplit=1)[0]
    return set(re.findall(r"^  ([a-z]+) {2,}\S", verbs, re.MULTILINE)) - {"help"}


class ExitCodes(CliTest):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="kmodsec-cli-")))
        rows = ("2024-1000\tvfat\t\t0>6.1.150,6.8\twild\tuserns\n2024-2000\tloop\t\t0>6.1.150\n"
                "2024-3000\tfat\t\t0>6.8\n")
        text = f"kmodsec known cves 1\ndate\t2099-01-01\nbranch\t6.1\t183\n{rows}"
        (self.folder / "cves.tsv").write_text(text)
        (self.folder / "none").mkdir()
        (self.folder / "none/cves.tsv").write_text("kmodsec known cves 1\ndate\t2099-01-01\nbranch\t6.1\t183\n")

    def tables(self, verb: str) -> list[str]:
        """Where none are known, a verb says nothing of vulnerabilities."""
        if verb in ("status", "audit", "show", "doors"):
            return ["--data", str(self.folder / "none")]
        return ["--data", str(self.folder)] if verb == "cves" else []

    def test_the_table_has_every_verb(self) -> None:
        self.assertEqual(set(table()), verbs_of_help())

    def test_every_code_of_the_table_is_tried(self) -> None:
        for verb, codes in table().items():
            tried = set(SITUATIONS[verb]) | {FAILED} | {code for other, code in OF_THE_RUNNING_KERNEL if other == verb}
            self.assertEqual(tried, set(codes), verb)

    def test_every_situation_comes_to_its_code(self) -> None:
        for verb, situations in SITUATIONS.items():
            for code, situation in situations.items():
                with self.subTest(verb, code=code):
                    run = situation(self)
                    self.assertEqual(run.code, code, f"{run.err}\n{run.out[:2000]}")
                    if code in (CLEAN, INCOMPLETE):
                        self.assertEqual("could not be seen" in run.err, code == INCOMPLETE, run.err)

    def test_a_policy_that_cannot_be_read(self) -> None:
        """It ends what carries it out, is a gap in what judges more, and means nothing to the rest."""
        carries_out = (["plan"], ["apply", "--yes"], ["apply", "--dry-run"], ["deny", "loop", "--yes"], ["allow", "loop", "--yes"],
                       ["unblock", "loop", "--for", "1h", "--reason", "x", "--yes"], ["load", "loop", "--persist", "--dry-run"])
        judges = (["status", "--fail-on", "critical"], ["audit", "--fail-on", "critical"], ["snapshot"])
        rest = (["list"], ["show", "loop"], ["verify", "--all"], ["verify", "--loaded"], ["doors", "--open"], ["cves", "cramfs"],
                ["load", "loop", "--dry-run"], ["unload", "loop", "--dry-run"], ["history"], ["profiles"], ["data", "show"])
        for text in ("[deny\n", "[deny]\nmodulse = []\n", '[deny]\nprofiles = ["nosuch"]\n'):
            machine = with_policy(running(self), text)
            for words in carries_out:
                with self.subTest(text, words=words):
                    self.assertTrue(self.refused(*words, "--root", machine).startswith("/etc/kmodsec/policy.toml: "))
            for words in judges:
                with self.subTest(text, words=words):
                    run = kmodsec(*words, "--root", machine, *self.tables(words[0]))
                    self.assertEqual(run.code, INCOMPLETE)
                    self.assertIn("/etc/kmodsec/policy.toml", run.err)
            for words in rest:
                with self.subTest(text, words=words):
                    run = kmodsec(*words, "--root", machine, *self.tables(words[0]))
                    self.assertEqual((run.code, run.err), (CLEAN, ""))

    def test_a_change_that_leaves_a_gap_says_so(self) -> None:
        """As the audit after it: POLICY-003 cannot judge."""
        for words in (["apply"], ["deny", "fat", "--override", "fat"], ["allow", "loop"],
                      ["unblock", "loop", "--for", "1h", "--reason", "test"]):
            for how in ("--dry-run", "--yes"):
                with self.subTest(words[0], how=how):
                    machine = with_policy(running(self), '[deny]\nmodules = ["loop", "vfat"]\n')
                    kmodsec("apply", "--yes", "--root", machine)
                    machine.without(f"/lib/modules/{RELEASE}/modules.builtin")
                    run = kmodsec(*words, how, "--root", machine)
                    self.assertEqual(run.code, INCOMPLETE, run.err)
                    self.assertIn("modules.builtin", run.err)
                    self.assertNotIn("Every module that the policy denies is closed", run.out)

    def test_nothing_to_deny_is_no_answer_where_that_was_not_seen(self) -> None:
        machine = with_policy(running(self), "[deny]\nautoload_by_users = true\n").without(f"/lib/modules/{RELEASE}/modules.builtin")
        run = kmodsec("apply", "--yes", "--root", machine)
        self.assertEqual(run.code, INCOMPLETE, run.out + run.err)
        self.assertNotIn("Every module that the policy denies is closed", run.out)

    def test_a_wrong_command_line_is_an_error_of_every_verb(self) -> None:
        for verb in table():
            with self.subTest(verb):
                self.refused(verb, "--no-such-option")

    def test_only_the_running_kernel_can_be_frozen(self) -> None:
        self.assertIn("the running kernel only", self.refused("freeze", "--check", "--root", image(self)))
