# SPDX-License-Identifier: GPL-2.0-or-later
"""The audit trail in a whole Debian: loads of each kind, as auditd wrote them down, and as ausearch tells them."""

import json
import re
import unittest
from typing import Any, ClassVar

from lab.callers import caller
from lab.testing import GuestTest
from lab.waiting import AUDITD_HAS_WRITTEN, until

POLICY = "[audit_rules]\nenabled = true\n"
W = "/root/w"

SEED_RULES = """
auditctl -D >/dev/null
auditctl -w /sbin/insmod -p x -k modules
auditctl -w /sbin/modprobe -p x -k modules
auditctl -w /sbin/rmmod -p x -k modules
auditctl -a always,exit -F arch=b64 -S init_module,delete_module,finit_module -k modules
"""

CIS_RULES = """
auditctl -D >/dev/null
for arch in b64 b32; do
    auditctl -a always,exit -F arch=$arch -S init_module,finit_module,delete_module -F auid'>=1000' -F auid!=unset -k modules
done
"""

LISTENS = "grep -q ' 9 *'$pid' ' /proc/net/netlink"
"""To what the kernel sends to all who may read the audit trail."""
READS_THE_LOG = "ls -l /proc/$pid/fd | grep -q inotify"

FOLLOW = f"""
kmodsec events --follow --format ndjson >/root/followed 2>/root/told &
pid=$!
{until(LISTENS)}
modprobe nlmon
{until("grep -q nlmon /root/followed")}
for i in $(seq 12); do
    before=$(cut -d ' ' -f 14,15 /proc/$pid/stat); sleep 10; after=$(cut -d ' ' -f 14,15 /proc/$pid/stat)
    [ "$before" != "$after" ] || break
done
kill $pid
cat /root/followed
cat /root/told >&2
echo "$before/$after" >&2
"""

FOLLOW_LOG = f"""
setpriv --bounding-set=-audit_read,-audit_control kmodsec events --follow --format ndjson >/root/followed 2>/root/told &
pid=$!
{until(READS_THE_LOG)}
modprobe nbd
{until("grep -q nbd /root/followed")}
service auditd rotate >/dev/null 2>&1 || kill -USR1 $(pidof auditd)
{until("auditctl -m rotated; grep -q 'was replaced' /root/told")}
modprobe -r nbd
{until("grep -q unload /root/followed")}
kill $pid
cat /root/followed
cat /root/told >&2
"""


class Events(GuestTest):
    steps: ClassVar = {
        "apply": "mkdir -p /etc/kmodsec && mv /root/policy.toml /etc/kmodsec && kmodsec apply --yes",
        "rules": "auditctl -l",
        "plan": "kmodsec plan",
        "prepare": f"mkdir {W}; for m in loop hfs hfsplus; do cp $(find /lib/modules -name $m.ko) {W}/; done; modprobe -r loop hfs; true",
        "modprobe": "modprobe dummy",
        "insmod": f"cd {W} && insmod ./loop.ko",
        "rmmod": "rmmod dummy loop",
        "user": "runuser -u tester -- perl -e 'socket($s, 38, 5, 0)'; lsmod | grep -c '^af_alg'",
        "session": "(echo 1000 >/proc/self/loginuid; exec modprobe sctp)",
        "refused": "insmod $(find /lib/modules -name kmodsec_lab_clean.ko)",
        "by a user": "runuser -u tester -- /sbin/modprobe rds",
        "32 bit": f"/root/caller32 {W}/hfs.ko && rmmod hfs",
        "own program": f"/root/caller64 {W}/hfs.ko && rmmod hfs",
        "service": "systemd-run --quiet --wait modprobe udf",
        "namespace": f"unshare -m -p -f sh -c 'mount -t tmpfs none /mnt && cp {W}/hfs.ko /mnt && insmod /mnt/hfs.ko' && rmmod hfs",
        "follow": FOLLOW,
        "follow log": FOLLOW_LOG,
        "events": f"{AUDITD_HAS_WRITTEN} kmodsec events --format json",
        "ausearch": "ausearch -i -m KERN_MODULE",
        "as a user": "runuser -u tester -- kmodsec events --format json",
        "audit": "kmodsec audit --format json",
        "dropped": "auditctl -D >/dev/null; kmodsec audit --format json; kmodsec plan >&2",
        "seed": f"{SEED_RULES} kmodsec audit --format json; /root/caller32 {W}/hfs.ko && rmmod hfs; /root/caller64 {W}/hfs.ko && rmmod hfs;"
                " modprobe -n hfs; ln -s /usr/bin/kmod /root/insmod; /root/insmod /root/w/hfs.ko;"
                f" {AUDITD_HAS_WRITTEN} ausearch -k modules -ts recent --format raw >&2",
        "cis": f"rmmod hfs; {CIS_RULES} kmodsec audit --format json; runuser -u tester -- perl -e 'socket($s, 15, 3, 2)'; /root/caller64 {W}/hfsplus.ko;"
               " lsmod | grep -E '^(af_key|hfsplus) ' >&2;"
               f" {AUDITD_HAS_WRITTEN} ausearch -k modules -ts recent --format raw >&2",
    }
    options: ClassVar = {"system": "debian", "kernel": "6.1", "cmdline": "audit=1 module.sig_enforce=1",
                         "modules": ["kmodsec_lab_clean"]}

    @classmethod
    def setUpClass(cls) -> None:
        cls.options = {**cls.options, "files": {"/root/policy.toml": POLICY},
                       "programs": {"/root/caller32": caller(32), "/root/caller64": caller(64)}}
        super().setUpClass()

    def only(self, module: str, action: str = "load", **wanted: Any) -> dict[str, Any]:
        found = [event for event in self.guest["events"].json["events"]
                 if event["module"] == module and event["action"] == action
                 and all(event[name] == value for name, value in wanted.items())]
        self.assertEqual(len(found), 1, f"{action} of {module} {wanted}: {found}")
        return found[0]

    def test_the_rules_are_in_the_kernel(self) -> None:
        self.succeeded("apply", "plan")
        self.assertEqual(sum("init_module" in line for line in self.guest["rules"].lines), 2)
        self.assertIn("-w /usr/bin/kmod -p x -k kmodsec-kmod", self.guest["rules"].lines)
        for check in ("AUDITD-001", "AUDITD-002", "AUDITD-003", "AUDITD-004", "AUDITD-006"):
            self.assertEqual(self.status("audit", check), "pass", check)

    def status(self, step: str, check: str) -> str:
        return self.check(step, check)["status"]

    def subjects(self, step: str, check: str) -> set[str]:
        return {finding["subject"] for finding in self.check(step, check)["findings"]}

    def check(self, step: str, name: str) -> dict[str, Any]:
        """The audit is the first that such a step prints."""
        document, _ = json.JSONDecoder().raw_decode(self.guest[step].output)
        return next(check for check in document["checks"] if check["id"] == name)

    def test_a_daemon_loads_by_name(self) -> None:
        event = self.only("dummy")
        self.assertEqual((event["origin"], event["result"], event["errno"], event["syscall"], event["abi"]),
                         ("daemon", "success", 0, "finit_module", "b64"))
        self.assertEqual((event["command"], event["comm"], event["exe"], event["key"]),
                         ("modprobe dummy", "modprobe", "/usr/bin/kmod", "kmodsec"))
        self.assertEqual((event["uid"], event["auid"], event["user"], event["module_from"]), (0, None, "root", "record"))

    def test_insmod_tells_the_file(self) -> None:
        self.succeeded("insmod", "rmmod")
        self.assertEqual(self.only("loop")["path"], f"{W}/loop.ko")
        self.assertIn("flags=O_NONBLOCK", self.only("loop", "unload", command="rmmod dummy loop")["arguments"])

    def test_the_kernel_loads_for_a_user(self) -> None:
        self.assertEqual(self.guest["user"].output.strip(), "1")
        event = self.only("af_alg")
        self.assertEqual((event["origin"], event["auid"], event["command"]), ("autoload", None, "/sbin/modprobe -q -- net-pf-38"))

    def test_a_session_has_its_user(self) -> None:
        self.succeeded("session")
        event = self.only("sctp")
        self.assertEqual((event["origin"], event["auid"], event["login"], event["uid"], event["command"]),
                         ("user", 1000, "tester", 0, "modprobe sctp"))

    def test_what_the_kernel_refused_is_found(self) -> None:
        event = self.only("kmodsec_lab_clean")
        self.assertEqual((event["errno"], event["module_from"]), (129, "command"))
        self.assertIn("Key was rejected by service", event["result"])
        self.assertTrue(event["path"].endswith("/kmodsec_lab_clean.ko"))
        self.assertIn("Loading of unsigned module is rejected", " ".join(event["kernel_log"]))
        self.assertEqual(self.only("rds")["errno"], 1)
        self.assertEqual(self.subjects("audit", "EVENT-001"), {"kmodsec_lab_clean", "rds"})
        self.assertEqual(self.subjects("audit", "EVENT-002"), {"sctp", "libcrc32c", "udp_tunnel", "ip6_udp_tunnel"})

    def test_programs_of_their_own_are_found(self) -> None:
        self.succeeded("32 bit", "own program", "service", "namespace")
        narrow = self.only("hfs", abi="b32")
        self.assertEqual((narrow["exe"], narrow["syscall"], narrow["errno"]), ("/root/caller32", "finit_module", 0))
        self.assertEqual(self.only("hfs", exe="/root/caller64")["command"], f"/root/caller64 {W}/hfs.ko")
        self.assertEqual(self.only("udf")["origin"], "daemon")
        self.assertEqual(self.only("hfs", path="/mnt/hfs.ko")["comm"], "insmod")

    def test_ausearch_tells_the_same(self) -> None:
        theirs = {}
        for text in self.guest["ausearch"].output.split("----"):
            name = re.search(r"type=KERN_MODULE .*?:(\d+)\) : name=(\S+)", text)
            call = re.search(r"type=SYSCALL .*", text)
            if name and call:
                fields = dict(re.findall(r"(\w+)=(\S+)", call[0]))
                theirs[int(name[1])] = (name[2], fields["syscall"], fields["success"], int(fields["pid"]), int(fields["ppid"]),
                                        fields["auid"], fields["uid"], fields["comm"], fields["exe"], fields["key"])
        ours = {event["serial"]: (event["module"], event["syscall"], "yes" if event["errno"] == 0 else "no", event["pid"],
                                  event["ppid"], event["login"] or "unset", event["user"], event["comm"], event["exe"], event["key"])
                for event in self.guest["events"].json["events"] if event["module_from"] == "record" and event["serial"]}
        self.assertGreater(len(theirs), 15)
        self.assertEqual(ours, theirs)

    def test_what_may_not_be_read_is_not_empty(self) -> None:
        step = self.guest["as a user"]
        self.assertEqual(step.exit_code, 3)
        self.assertIsNone(step.json["audit_log"])
        self.assertIn("audit trail", [gap["what"] for gap in step.json["unseen"]])

    def test_follow_tells_it_at_once(self) -> None:
        _, *events = [json.loads(line) for line in self.guest["follow"].lines]
        self.assertEqual([(event["module"], event["command"]) for event in events], [("nlmon", "modprobe nlmon")])
        before, after = self.guest["follow"].stderr.splitlines()[-1].split("/")
        self.assertEqual(before, after, "it idles without the processor")

    def test_follow_goes_over_a_rotation(self) -> None:
        actions = [(event["action"], event["module"]) for event in map(json.loads, self.guest["follow log"].lines[1:])]
        self.assertEqual(actions, [("load", "nbd"), ("unload", "nbd")])
        self.assertIn("was replaced", self.guest["follow log"].stderr)

    def test_rules_that_were_dropped_are_missed(self) -> None:
        self.assertEqual(len(self.subjects("dropped", "AUDITD-002")), 6)
        self.assertIn("augenrules --load", self.guest["dropped"].stderr)

    def test_the_rules_of_guides_miss_loads(self) -> None:
        seed, cis = self.guest["seed"], self.guest["cis"]
        self.assertEqual(self.subjects("seed", "AUDITD-002"), {f"{call} (b32)" for call in ("init_module", "finit_module", "delete_module")})
        self.assertIn('exe="/root/caller64"', seed.stderr)
        self.assertNotIn('exe="/root/caller32"', seed.stderr)
        self.assertIn('proctitle=6D6F6470726F6265002D6E00686673', seed.stderr, "modprobe -n hfs, which loads nothing")
        self.assertEqual(len(self.subjects("cis", "AUDITD-002")), 6)
        for module in ("af_key", "hfsplus"):
            self.assertRegex(cis.stderr, f"(?m)^{module} ", "it is loaded")
            self.assertNotIn(f'name="{module}"', cis.stderr, "and not recorded")


if __name__ == "__main__":
    unittest.main()
