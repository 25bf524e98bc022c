# SPDX-License-Identifier: GPL-2.0-or-later
"""'kmodsec learn propose': what is kept and closed, and the same for those who build images, read by each format's reader."""

import json
import subprocess
import urllib.parse

import yaml
from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, Run, kmodsec
from machine import RELEASE, Machine, running

NOT_LOADED = ("closed_a", "closed_b", "with_softdep")
LINES = [
    "install closed_a /bin/false", "blacklist closed_a", "install closed_b /bin/false", "blacklist closed_b",
    "softdep with_softdep pre:", "install with_softdep /bin/false", "blacklist with_softdep",
]
"""What modprobe is left with of the export."""

FILE = "/etc/modprobe.d/00-kmodsec-lean.conf"
FORMATS = ("modprobe.d", "ansible", "nix", "ignition", "dracut", "names")


def host(test: CliTest) -> Machine:
    """It has three modules loaded, and as many which nothing needs."""
    machine = running(test)
    folder = f"/lib/modules/{RELEASE}"
    index = (machine.folder / folder.lstrip("/") / "modules.dep").read_text()
    machine.write(f"{folder}/modules.dep", index + "".join(f"kernel/{name}.ko:\n" for name in NOT_LOADED))
    machine.write(f"{folder}/modules.softdep", "softdep with_softdep pre: closed_a\n")
    for name in NOT_LOADED:
        machine.install(name)
    return machine


def without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


class Proposals(CliTest):
    def exported(self, machine: Machine, form: str, *more: str) -> str:
        run = kmodsec("learn", "propose", "--root", machine, "--format", form, *more)
        self.assertIn(run.code, (CLEAN, INCOMPLETE), run.err)
        return run.out

    def proposal(self, machine: Machine, *more: str) -> dict:
        document = json.loads(self.exported(machine, "json", *more))
        self.assert_valid("learn-propose", document)
        return document


class LearnPropose(Proposals):
    def test_what_is_loaded_is_kept_and_the_rest_closed(self) -> None:
        document = self.proposal(host(self))
        kept = {module["name"]: module["cause"] for module in document["kept"]}
        self.assertEqual({name: kept.get(name) for name in ("fat", "loop", "vfat")}, dict.fromkeys(("fat", "loop", "vfat"), "loaded"))
        closed = [module["name"] for module in document["closed"]]
        self.assertEqual(closed, sorted(NOT_LOADED))
        summary = document["summary"]
        self.assertEqual(summary["modules"], summary["kept"] + summary["closed"])
        self.assertEqual(sum(summary["closed_by_reach"].values()), summary["closed"])

    def test_a_host_without_a_record_is_not_all_that_is_needed(self) -> None:
        run = kmodsec("learn", "propose", "--root", host(self))
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("what this host uses", run.err)
        self.assertIn("nothing was recorded yet", " ".join(run.out.split()))

    def test_the_root_file_system_is_kept_or_a_gap(self) -> None:
        machine = host(self).install("xfs", alias="fs-xfs")
        index = machine.folder / f"lib/modules/{RELEASE}/modules.dep"
        index.write_text(index.read_text() + "kernel/xfs.ko:\n")
        aliases = machine.folder / f"lib/modules/{RELEASE}/modules.alias"
        aliases.write_text(aliases.read_text() + "alias fs-xfs xfs\n")
        entry = f"/boot/loader/entries/{RELEASE}.conf"
        machine.write(entry, f"linux /vmlinuz-{RELEASE}\noptions root=/dev/vda1\n").write("/proc/cmdline", "root=/dev/vda1\n")
        document = self.proposal(machine)
        self.assertIn("xfs", [module["name"] for module in document["closed"]])
        self.assertIn("/", [gap["what"] for gap in document["unseen"]])
        machine.write(entry, f"linux /vmlinuz-{RELEASE}\noptions root=/dev/vda1 rootfstype=xfs\n")
        document = self.proposal(machine)
        self.assertEqual([module["cause"] for module in document["kept"] if module["name"] == "xfs"], ["boot"])
        self.assertNotIn("/", [gap["what"] for gap in document["unseen"]])

    def test_the_text_names_what_is_kept(self) -> None:
        out = self.exported(host(self), "text")
        self.assertIn("This host keeps 3 of 6 modules and closes 3.", out)
        self.assertIn("closed_b", self.exported(host(self), "text", "--verbose"))

    def test_another_host_adds_what_it_alone_needs(self) -> None:
        machine = host(self)
        web = machine.folder / "web.list"
        web.write_text("closed_a\nloop\nno_such_module\n")
        document = self.proposal(machine, "--from", str(web))
        self.assertEqual(document["hosts"], [{"from": str(web), "modules": 3, "adds": ["closed_a"]}])
        self.assertNotIn("closed_a", [module["name"] for module in document["closed"]])

    def test_the_order_of_other_hosts_changes_nothing(self) -> None:
        machine = host(self)
        lists = [machine.folder / name for name in ("web.list", "mail.list")]
        lists[0].write_text("closed_a\nclosed_b\n")
        lists[1].write_text("closed_b\nwith_softdep\n")
        there = [word for one in lists for word in ("--from", str(one))]
        back = [word for one in reversed(lists) for word in ("--from", str(one))]
        one, other = self.proposal(machine, *there), self.proposal(machine, *back, *there[:2])
        self.assertEqual([one[key] for key in ("kept", "closed", "hosts")], [other[key] for key in ("kept", "closed", "hosts")])
        for form in (*FORMATS, "text"):
            self.assertEqual(self.exported(machine, form, *there), self.exported(machine, form, *back, *there[:2]), form)

    def test_what_is_said_of_several_hosts(self) -> None:
        machine = host(self)
        web = machine.folder / "web.list"
        web.write_text("closed_a\n")
        said = " ".join(self.exported(machine, "text", "--from", str(web)).split())
        self.assertIn("This host and 1 other keep 4 of 6 modules and close 2.", said)
        self.assertIn("The record of this host is empty", said)
        self.assertIn("or needed by the other hosts (1)", said)

    def test_a_snapshot_adds_its_whole_keep_set(self) -> None:
        machine, other = host(self), host(self).load("closed_b")
        snapshot = machine.folder / "other.json"
        run = kmodsec("snapshot", "--root", other, "--output", snapshot)
        self.assertIn(run.code, (CLEAN, INCOMPLETE), run.err)
        document = self.proposal(machine, "--from", str(snapshot))
        self.assertEqual([share["adds"] for share in document["hosts"]], [["closed_b"]])

    def test_a_file_that_is_not_there_is_no_host(self) -> None:
        machine = host(self)
        self.assertIn("/no/such/file", self.refused("learn", "propose", "--root", machine, "--from", "/no/such/file"))

    def test_a_name_to_keep_that_nobody_has_is_a_finding(self) -> None:
        machine = host(self).write("/etc/kmodsec/policy.toml", '[deny]\neverything_else = true\n[keep]\nmodules = ["no_such_module"]\n')
        run: Run = kmodsec("learn", "propose", "--root", machine, "--format", "json")
        self.assertEqual(run.code, FINDINGS, run.err)
        self.assertEqual(json.loads(run.out)["unknown"], ["no_such_module"])


class Formats(Proposals):
    def test_the_same_input_gives_the_same_bytes(self) -> None:
        machine = host(self)
        for form in FORMATS:
            with self.subTest(form):
                self.assertEqual(self.exported(machine, form), self.exported(machine, form))

    def test_modprobe_reads_the_lines(self) -> None:
        machine = host(self)
        text = self.exported(machine, "modprobe.d")
        self.assertEqual(without_comments(text), LINES)
        folder = machine.folder / "conf"
        folder.mkdir()
        (folder / "lean.conf").write_text(text)
        read = subprocess.run(["modprobe", "-c", "-C", str(folder)], env={"PATH": "/usr/sbin:/usr/bin"},
                              capture_output=True, text=True, check=False)
        for line in LINES:
            self.assertIn(line.split()[1], read.stdout)
        for name in NOT_LOADED:
            self.assertIn(f"install {name} /bin/false\n", read.stdout)
            self.assertIn(f"blacklist {name}\n", read.stdout)

    def test_each_line_has_its_reason(self) -> None:
        text = self.exported(host(self), "modprobe.d").splitlines()
        for name in NOT_LOADED:
            self.assertEqual(len([line for line in text if line.startswith(f"# {name}: ")]), 1, name)

    def test_ansible_puts_that_file_in_place(self) -> None:
        machine = host(self)
        copy, *builds = yaml.safe_load(self.exported(machine, "ansible"))
        task = copy["ansible.builtin.copy"]
        self.assertEqual((task["dest"], task["owner"], task["group"], task["mode"]), (FILE, "root", "root", "0644"))
        self.assertEqual(task["content"], self.exported(machine, "modprobe.d"))
        self.assertNotRegex(task["content"], "{{|{%|{#")
        for build in builds:
            self.assertEqual(build["when"], f"{copy['register']} is changed")
            self.assertTrue(build["ansible.builtin.command"]["removes"].endswith(build["ansible.builtin.command"]["cmd"].split()[0]))

    def test_ignition_has_that_file(self) -> None:
        machine = host(self)
        document = json.loads(self.exported(machine, "ignition"))
        self.assertEqual(document["ignition"], {"version": "3.3.0"})
        (file,) = document["storage"]["files"]
        self.assertEqual(set(file), {"path", "mode", "overwrite", "contents"})
        self.assertEqual((file["path"], file["mode"], file["overwrite"]), (FILE, 0o644, True))
        kind, data = file["contents"]["source"].split(",", 1)
        self.assertEqual(kind, "data:")
        self.assertEqual(urllib.parse.unquote(data), self.exported(machine, "modprobe.d"))

    def test_nix_has_that_file_with_its_own_programs(self) -> None:
        machine = host(self)
        text = self.exported(machine, "nix")
        head, body, tail = text.split("''")
        self.assertEqual(head, f'{{ pkgs, ... }}:\n{{\n  environment.etc."{FILE.removeprefix("/etc/")}".text = ')
        self.assertEqual(tail, ";\n}\n")
        lines = [line.removeprefix("    ") for line in body.strip("\n").splitlines()[:-1]]
        as_modprobe = "\n".join(lines).replace("${pkgs.coreutils}/bin/", "/bin/")
        self.assertEqual(as_modprobe + "\n", self.exported(machine, "modprobe.d"))

    def test_dracut_omits_the_closed(self) -> None:
        machine = host(self)
        conf = machine.folder / "50-lean.conf"
        conf.write_text(self.exported(machine, "dracut"))
        read = subprocess.run(["bash", "-euc", f". {conf}; printf '%s' \"$omit_drivers\""], capture_output=True, text=True, check=True)
        self.assertEqual(read.stdout.split(), sorted(NOT_LOADED))

    def test_names_can_be_imported(self) -> None:
        machine = host(self)
        text = self.exported(machine, "names")
        self.assertEqual([line.split(" # ")[0] for line in text.splitlines()], ["fat", "loop", "vfat"])
        kept = machine.folder / "kept.list"
        kept.write_text(text)
        document = self.proposal(machine, "--from", str(kept))
        self.assertEqual(document["hosts"][0]["modules"], 3)

    def test_text_of_the_host_is_no_line_of_any_format(self) -> None:
        """An alias decides what a comment says, and nothing else."""
        machine = host(self)
        plain = {form: self.exported(machine, form) for form in FORMATS}
        machine.write(f"/lib/modules/{RELEASE}/modules.alias",
                      "alias fs-vfat vfat\nalias net-pf-9''${x}{{y}}`z`\\ closed_a\nalias fs-\"q\"\\ closed_b\n")
        hostile = {form: self.exported(machine, form) for form in FORMATS}
        self.assertEqual(without_comments(hostile["modprobe.d"]), without_comments(plain["modprobe.d"]))
        self.assertEqual(hostile["names"], plain["names"])
        self.assertEqual(len(yaml.safe_load(hostile["ansible"])), len(yaml.safe_load(plain["ansible"])))
        self.assertNotIn("${x}", hostile["nix"])
        for line in hostile["dracut"].splitlines():
            self.assertRegex(line, r'\A(#|omit_drivers\+=" [a-z0-9_]+ " # )[^\\`${}]*\Z')


if __name__ == "__main__":
    import unittest

    unittest.main()
