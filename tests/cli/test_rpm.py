# SPDX-License-Identifier: GPL-2.0-or-later
"""Packages of rpm: a database that the real rpm wrote, and the same answers as its own."""

import hashlib
import json
import subprocess
from pathlib import Path

from kmodsec_cli import CliTest, kmodsec
from machine import Machine, image
from test_baseline import LOOP, MODULES, BaselineTest, loop
from test_cves import tables

DATABASE = "/usr/lib/sysimage/rpm"
PACKAGE = "kernel-modules-core"

SPEC = """\
Name: {name}
Version: 6.1.0
Release: {release}
Epoch: 1
Summary: modules
License: GPL
BuildArch: noarch
%define _binary_filedigest_algorithm 8
%description
modules
%install
mkdir -p %{{buildroot}}{folder}
cp -a {source}/. %{{buildroot}}{folder}
%files
{folder}
%ghost {folder}/modules.dep
%changelog
* Mon Nov 25 2024 A <a@example.org> - 6.1.0-9
- vfat: bound the name (B) {{CVE-2024-1000}}
- Revert "loop: check the offset"
* Mon Nov 18 2024 A <a@example.org> [6.1.0-8]
- loop: check the offset
  (CVE-2024-2000)
"""


class Rpm:
    """Makes packages of what lies in a machine, and installs them into its database alone."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.work = machine.folder / "rpmbuild"
        self.work.mkdir()

    def install(self, release: str, folder: str = MODULES, name: str = PACKAGE, beside: bool = False) -> None:
        spec = self.work / "package.spec"
        spec.write_text(SPEC.format(name=name, release=release, folder=folder, source=f"{self.machine.folder}{folder}"))
        run("rpmbuild", "-bb", "--quiet", "--define", f"_topdir {self.work}", "--define", "__os_install_post %{nil}", spec)
        [package] = (self.work / "RPMS").rglob(f"{name}-*-{release}.*.rpm")
        self.rpm("-i" if beside else "-U", "--justdb", "--nodeps", "--force-debian", package)

    def rpm(self, *words: str | Path) -> str:
        return run("rpm", "--dbpath", f"{self.machine.folder}{DATABASE}", *words)

    def query(self, form: str) -> list[str]:
        return self.rpm("-qa", "--qf", form).splitlines()


def run(*words: str | Path) -> str:
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


class Packages(CliTest):
    def setUp(self) -> None:
        self.machine = image(self)
        self.rpm = Rpm(self.machine)
        self.rpm.install("1.fc40")

    def test_its_changelog_tells_which_holes_are_fixed(self) -> None:
        self.rpm.install("9")
        self.machine.write("/etc/os-release", "ID=rhel\n")
        data = tables(self, "2024-1000\tvfat\t\t0>6.8\n2024-2000\tloop\t\t0>6.8\n")
        modules = self.document("cves", "vfat", "loop", "--root", self.machine, "--data", data)["modules"]
        vfat, loop = (module["cves"][0] for module in modules)
        self.assertEqual((vfat["status"], vfat["fixed_in"]), ("fixed", "6.1.0-9"))
        self.assertEqual((loop["status"], loop["decided_by"]["source"]), ("under_investigation", "backports"))

    def claims(self) -> dict[str, tuple[str, str]]:
        store = self.machine.folder.with_suffix(".db")
        self.addCleanup(store.unlink, missing_ok=True)
        made = kmodsec("baseline", "create", "--root", self.machine, "--store", store)
        self.assertEqual(made.code, 0, made.err)
        entries = kmodsec("baseline", "show", "--root", self.machine, "--store", store, "--format", "ndjson").out.splitlines()[1:]
        owned = [entry for entry in map(json.loads, entries) if (entry.get("package") or {}).get("name")]
        return {entry["path"]: (entry["package"]["name"], entry["package"]["version"]) for entry in owned}

    def test_owners_are_those_that_rpm_names(self) -> None:
        listed = self.rpm.query("[%{FILENAMES} %{=NAME} %{=EVR} %{FILEMODES:perms}\n]")
        files = {path: (name, version) for path, name, version, mode in map(str.split, listed) if not mode.startswith("d")}
        self.assertIn(LOOP, files)
        self.assertEqual(self.claims(), files)

    def test_digests_are_those_that_rpm_has(self) -> None:
        listed = dict(line.split() for line in self.rpm.query("[%{FILENAMES} %{FILEDIGESTS}\n]") if line.count(" ") == 1 and ".ko" in line)
        self.assertEqual(listed[LOOP], hashlib.sha256((self.machine.folder / LOOP.lstrip("/")).read_bytes()).hexdigest())

    def test_a_kernel_that_is_installed_twice(self) -> None:
        self.machine.write("/lib/modules/6.2/kernel/loop.ko", loop(version="2"))
        self.machine.write("/boot/loader/entries/6.2.conf", "linux /vmlinuz-6.2\noptions ro\n")
        self.rpm.install("2.fc40", "/lib/modules/6.2", "kernel-core")
        self.assertEqual({version for _, version in self.claims().values()}, {"1:6.1.0-1.fc40", "1:6.1.0-2.fc40"})


class Explained(BaselineTest):
    def setUp(self) -> None:
        super().setUp()
        for file in sorted((self.machine.folder / "var/lib/dpkg").rglob("*"), reverse=True):
            file.unlink() if file.is_file() else file.rmdir()
        self.rpm = Rpm(self.machine)
        self.rpm.install("1.fc40")
        self.create()

    def test_an_update_explains_itself(self) -> None:
        self.machine.write(LOOP, loop(version="2"))
        self.rpm.install("2.fc40")
        change = self.only_change("changed")
        self.assertEqual(change["explanation"], f"{PACKAGE}: install, none → 1:6.1.0-2.fc40;"
                                                " fits the digest of the package, signature valid")
        self.assertEqual([str(change["transaction"]["time"])], self.rpm.query("%{INSTALLTIME}\n"))

    def test_a_module_of_a_kernel_that_stays(self) -> None:
        self.machine.without(LOOP).write("/lib/modules/6.2/kernel/loop.ko", loop(version="2"))
        self.rpm.install("2.fc40", "/lib/modules/6.2", beside=True)
        [change] = self.check()["removed"]
        self.assertEqual(change["concern"], f"{PACKAGE} 1:6.1.0-1.fc40 still has it")
        self.rpm.rpm("-e", "--justdb", "--nodeps", "--force-debian", f"{PACKAGE}-6.1.0-1.fc40")
        [change] = self.check()["removed"]
        self.assertEqual(change["explanation"], f"{PACKAGE}: install, none → 1:6.1.0-2.fc40")

    def test_what_rpm_did_not_install(self) -> None:
        self.machine.write(LOOP, loop(version="2"))
        change = self.only_change("changed")
        self.assertEqual((change["now"]["package"]["level"], change["concern"]),
                         ("mismatch", f"it is not the file that {PACKAGE} 1:6.1.0-1.fc40 has"))

    def test_a_module_that_no_package_owns(self) -> None:
        self.machine.install("rootkit", sign=False)
        self.assertEqual(self.only_change("added")["concern"], "no package owns it")

    def test_while_rpm_writes_nothing_is_taken_for_known(self) -> None:
        self.machine.write(LOOP, loop(version="2"))
        self.machine.write(f"{DATABASE}/rpmdb.sqlite-wal", "pages")
        run = self.run_action("check")
        self.assertIn("rpm is writing, or was interrupted", run.out + run.err)
        self.assertIn("which package owns it is not known", run.out)

    def test_a_database_that_cannot_be_read(self) -> None:
        self.machine.write(LOOP, loop(version="2")).without(f"{DATABASE}/rpmdb.sqlite")
        self.machine.write(f"{DATABASE}/Packages.db", "RpmP")
        run = self.run_action("check")
        self.assertIn("not kept in SQLite", run.out + run.err)

    def test_a_database_that_is_damaged(self) -> None:
        database = self.machine.folder / DATABASE.lstrip("/") / "rpmdb.sqlite"
        whole = database.read_bytes()
        self.machine.write(LOOP, loop(version="2"))
        for content in (b"", whole[:100], whole[:8192], whole[:4096] + bytes(len(whole) - 4096)):
            database.write_bytes(content)
            self.assertIn("which package owns it is not known", self.run_action("check").out)
