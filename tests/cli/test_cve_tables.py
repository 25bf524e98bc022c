# SPDX-License-Identifier: GPL-2.0-or-later
"""`cve-tables build`: tables of known vulnerabilities are made of public sources."""

import json
import os
import shutil
import subprocess
import unittest
from pathlib import Path

from kmodsec_cli import CLEAN, FAILED, INCOMPLETE, FolderTest, Run, cve_tables, kmodsec


def record(*files: str, vector: str = "", reason: str = "") -> str:
    metrics = [{"cvssV3_1": {"vectorString": vector}, "scenarios": [{"value": reason}]}] if vector else []
    return json.dumps({"containers": {"cna": {"affected": [{"programFiles": files}], "metrics": metrics}}})


class BuildTest(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.write_source()
        self.write_records()

    def write_source(self) -> None:
        self.write("linux/Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 7\n$(error not for this)\n")
        self.write("linux/Kconfig", "config XFS_FS\n\ttristate \"xfs\"\nconfig XFS_RT\n\tbool \"rt\"\nconfig VTI\ntristate \"vti\"\n")
        self.write("linux/fs/Makefile", "obj-y += super.o\nobj-$(CONFIG_XFS_FS) += xfs/\n")
        self.write("linux/fs/xfs/Makefile", (
            "obj-$(CONFIG_XFS_FS) += xfs.o\nxfs-y := $(addprefix libxfs/, btree.o)\nxfs-$(CONFIG_XFS_RT) += rt.o\n"
            "ifndef CONFIG_XFS_RT\nxfs-y += no-rt.o\nendif\n"
        ))
        self.write("linux/net/core/Makefile", "obj-y := skbuff.o\n")
        self.write("linux/net/ipv6/Makefile", "obj-$(CONFIG_VTI) += ip6-vti.o\nobj-$(CONFIG_XFS_FS) += esp6.o\n")
        self.write("linux/tools/Makefile", "obj-m += tool.o\n")
        self.write("linux/net/core/dev_addr.h", "")

    def write_records(self) -> None:
        for number, dyad, text in [
            ("2024-10000", "6.1:aa:6.1.5:bb\n6.1:aa:6.2:cc\n", record("fs/xfs/libxfs/btree.c")),
            ("2024-9999", "0:0:6.2:cc\n", record("net/ipv6/ip6-vti.c", "net/core/skbuff.c")),
            ("2023-1000", "6.1:aa:0:0\n", record("fs/xfs/rt.c", "fs/xfs/no-rt.c")),
            ("2023-1001", "0:0:6.2:aa\n", record("net/core/skbuff.c", vector="CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N",
                                                reason="PR:L - in a user namespace")),
            ("2023-1002", "0:0:6.2:aa\n", record("net/core/gone.c")),
            ("2023-1003", "0:0:6.2:aa\n", record("Documentation/a.rst", "tools/tool.c")),
            ("2023-1004", "0:0:6.2:aa\n", record("include/linux/fs.h")),
            ("2023-1005", "0:0:6.2:aa\n", record("fs/xfs/new.c")),
        ]:
            self.write_record(number, dyad, text)

    def write_record(self, number: str, dyad: str, text: str) -> None:
        stem = f"vulns/cve/published/{number[:4]}/CVE-{number}"
        self.write(f"{stem}.dyad", "# a remark\n" + dyad)
        self.write(f"{stem}.json", text)

    def refused(self, *words: str | Path) -> str:
        run = cve_tables(*words)
        self.assertEqual((run.code, run.out[:500]), (FAILED, ""), run.err)
        self.assertRegex(run.err, r"\Acve-tables: [^\n]+\n\Z")
        return run.err

    @property
    def words(self) -> list[str | Path]:
        return ["build", "--vulns", self.folder / "vulns", "--kernel-source", self.folder / "linux", "--date", "2026-08-21", "--trust-makefiles", "--quiet"]

    def build(self, *words: str | Path) -> Run:
        return cve_tables("build", "--vulns", self.folder / "vulns", "--kernel-source", self.folder / "linux",
                       "--date", "2026-08-21", "--trust-makefiles", *words)


class Build(BuildTest):
    def rows(self, *words: str | Path) -> list[str]:
        run = self.build(*words)
        self.assertEqual(run.code, CLEAN, run.err)
        return [line for line in run.out.splitlines() if line[0].isdigit()]

    def test_rows(self) -> None:
        self.assertEqual(self.rows(), [
            "2023-1000\txfs\t\t6.1>",
            "2023-1001\t@net/core\tu\t0>6.2\t\t\tLLLNUHHN",
            "2023-1002\t@net/core\t?\t0>6.2",
            "2023-1004\t@include/linux\ti\t0>6.2",
            "2023-1005\txfs\th\t0>6.2",
            "2024-9999\tip6_vti\tc\t0>6.2",
            "2024-10000\txfs\t\t6.1>6.1.5,6.2",
        ])

    def test_head(self) -> None:
        run = self.build()
        self.assertTrue(run.out.startswith("kmodsec known cves 2\ndate\t2026-08-21\nsource\tLinux kernel CNA, vulns.git\t-\t2026-08-21\t"))
        self.assertIn("source\tLinux, Makefiles\t6.12.7\t-\tGPL-2.0\n", run.out)
        self.assertIn("branch\t6.1\t5\nbranch\t6.2\t0\n", run.out)
        self.assertIn("7 vulnerabilities, 1 records of documents, tools and samples left out", run.err)
        self.assertEqual(run.out, self.build().out)

    def test_what_it_prints_is_read(self) -> None:
        output = self.folder / "cves.tsv"
        self.assertEqual(self.build("--output", output, "--quiet").err, "")
        shown = kmodsec("data", "show", "--data", self.folder, "--format", "json")
        self.assertEqual(json.loads(shown.out)["cves"], 7)

    def test_changelogs(self) -> None:
        self.write("vulns/cve/published/2023/CVE-2023-1001.sha1", "aa\n")
        text = json.loads(record("net/core/skbuff.c"))
        text["containers"]["cna"]["title"] = "net: skbuff: mend what was broken"
        self.write("vulns/cve/published/2023/CVE-2023-1001.json", json.dumps(text))
        self.write("vulns/cve/published/2023/CVE-2023-1001.dyad", "6.0:aa:6.2:bb\n")
        log = self.write("changelog", (
            "linux (6.1.9-1) bookworm; urgency=high\n\n  * New upstream stable update:\n"
            "    https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.8\n"
            "    - [x86] net: skbuff: mend what was\n      broken\n    - xfs: never mended before (CVE-2023-1000)\n\n"
            " -- A <a@b>  Mon, 16 Nov 2026 11:17:40 +0100\n"))
        run = self.build("--changelog", log)
        self.assertEqual(run.code, CLEAN, run.err)
        self.assertIn("source\tDebian, changelog of linux\t6.1.9-1\t2026-11-16\tGPL-2.0\n", run.out)
        self.assertIn("2023-1000\txfs\t\t6.1>6.1.8\n", run.out)
        self.assertRegex(run.out, r"2023-1001\t@net/core\t\t6\.0>6\.2,6\.1\.8\t\t\t\t\t[0-9a-f]{10}\n")
        self.assertIn("branch\t6.1\t5\n", run.out)
        self.assertIn("2 fixes that the records do not know", run.err)
        self.assertIn("no changelog", self.refused(*self.words, "--changelog", self.write("other", "x\n")))

    def test_exploits(self) -> None:
        notable = self.write("notable.tsv", (
            "# remark\n"
            "CVE-2023-1001\tesp4,esp6\tuserns\t-\t5.0>5.1\tkernel-cna\thttps://a.example\tthe door is elsewhere\n"
            "CVE-2010-3904\trds\tuser\t2023-05-12\t-\tnone\tCISA-KEV\tolder than the CNA\n"
        ))
        kev = self.write("kev.json", json.dumps({"catalogVersion": "2026.08.07", "dateReleased": "2026-08-07T1",
                                                 "vulnerabilities": [{"cveID": "CVE-2023-1000"}, {"cveID": "CVE-2024-7"}]}))
        self.write("ctf/pocs/linux/kernelctf/CVE-2023-1002_lts/metadata.json", json.dumps(
            {"vulnerability": {"cve": "CVE-2023-1002", "requirements": {"capabilities": ["CAP_NET_ADMIN"]}}}))
        rows = self.rows("--notable", notable, "--kev", kev, "--kernelctf", self.folder / "ctf")
        address = "https://github.com/google/security-research/tree/master/pocs/linux/kernelctf/CVE-2023-1002_lts"
        self.assertEqual(rows[:4], [
            "2010-3904\trds\tb\t\twild\tuser",
            "2023-1000\txfs\t\t6.1>\twild",
            "2023-1001\tesp4,esp6\tu\t0>6.2\tpublic\tuserns\tLLLNUHHN\thttps://a.example",
            f"2023-1002\t@net/core\t?\t0>6.2\tpublic\tuserns\t\t{address}",
        ])

    def test_broken_records_are_named_and_left_out(self) -> None:
        self.write_record("2025-1", "6.1:aa:6.2:bb\n", record("fs/super.c"))
        self.write_record("2025-1000", "6.1:aa\n", record("fs/super.c"))
        self.write_record("2025-1001", "6.1:aa:6.2:bb\n", "{")
        self.write_record("2025-1002", "6.1:aa:6.2:bb\n", record("../../etc/passwd"))
        self.write_record("2025-1003", "6.1:aa:6.2:bb\n", '{"a":' * 100000)
        self.write_record("2025-1004", "6.1:aa:6.2:bb\n", "")
        endless = self.folder / "vulns/cve/published/2025/CVE-2025-1004.json"
        endless.unlink()
        os.mkfifo(endless)
        run = self.build()
        self.assertEqual(run.code, INCOMPLETE)
        for name in ("CVE-2025-1000.dyad: line 2", "CVE-2025-1001.json: no JSON", "CVE-2025-1002.json: names a file", "CVE-2025-1003.json",
                     "CVE-2025-1004.json: no regular file"):
            self.assertIn(f"cve-tables: {name}", run.err)
        self.assertNotIn("2025-", run.out.split("branch")[-1])

    def test_a_makefile_that_ends_make_is_named(self) -> None:
        self.write("linux/net/core/Makefile", "$(error not today)\n")
        run = self.build()
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("linux/net/core: make did not come to the end of its Makefile", run.err)

    def test_what_it_refuses(self) -> None:
        self.assertIn("--vulns", self.refused("build"))
        self.assertIn("--kernel-source", self.refused("build", "--vulns", self.folder))
        words = ["build", "--trust-makefiles", "--vulns", self.folder / "vulns", "--kernel-source"]
        self.assertIn("--date", self.refused(*words, self.folder / "linux"))
        self.assertIn("no-such", self.refused(*words, self.folder / "no-such", "--date", "2026-08-21"))
        self.write("empty/Makefile", "all:\n")
        self.assertIn("no source of a kernel", self.refused(*words, self.folder / "empty", "--date", "2026-08-21"))
        self.assertIn("--root", self.refused(*words, self.folder / "linux", "--root", self.folder))
        self.assertIn("cve-tables", kmodsec("data", "build").err)

    @unittest.skipIf(os.geteuid() != 0, "not root")
    def test_root_runs_no_makefile_unless_told(self) -> None:
        mark = self.folder / "mark"
        self.write("linux/net/core/Makefile", f"obj-y := $(shell touch {mark})\n")
        words = ["build", "--vulns", self.folder / "vulns", "--kernel-source", self.folder / "linux"]
        self.assertIn("--trust-makefiles", self.refused(*words, "--date", "2026-08-21"))
        self.assertFalse(mark.exists())


class Checkout(BuildTest):
    """What a checkout of git says of itself is read, and nothing that it would have git run."""

    def setUp(self) -> None:
        super().setUp()
        self.checkout = self.folder / "vulns"
        self.mark = self.folder / "mark"
        self.program = self.write("program", f"#!/bin/sh\ntouch {self.mark}\n")
        self.program.chmod(0o755)
        self.make(self.checkout)

    def git(self, *words: str, folder: Path | None = None) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1",
                       **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                          for what, value in [("NAME", "n"), ("EMAIL", "e"), ("DATE", "2026-08-21T23:30:00-0500")]}}
        return subprocess.run(["git", *words], cwd=folder or self.checkout, env=environment, check=True,
                              capture_output=True, text=True).stdout

    def make(self, folder: Path, *words: str) -> None:
        self.git("init", "-q", "-b", "master", *words, folder=folder)
        self.git("-c", "commit.gpgsign=false", "commit", "-q", "--allow-empty", "-m", "one\n\ncommitter x <y> 0 +0000",
                 folder=folder)

    def source(self) -> list[str]:
        words = ["build", "--trust-makefiles", "--vulns", self.checkout, "--kernel-source", self.folder / "linux"]
        run = cve_tables(*words)
        self.assertEqual(run.code, CLEAN, run.err)
        self.assertFalse(self.mark.exists())
        return run.out.splitlines()[2].split("\t")[2:4]

    def head(self) -> list[str]:
        return [self.git("rev-parse", "HEAD").strip()[:12], "2026-08-21"]

    def test_the_day_and_revision(self) -> None:
        self.assertEqual(self.source(), self.head())
        self.git("pack-refs", "--all")
        self.git("gc", "-q")
        self.assertEqual(self.source(), self.head())
        self.git("checkout", "-q", "--detach")
        self.assertEqual(self.source(), self.head())

    def test_a_worktree_and_other_digests(self) -> None:
        self.git("worktree", "add", "-q", "-b", "other", str(self.folder / "beside"))
        head = self.head()
        shutil.copytree(self.checkout / "cve", self.folder / "beside/cve")
        self.checkout = self.folder / "beside"
        self.assertEqual(self.source(), head)
        shutil.rmtree(self.folder / "vulns/.git")
        self.checkout = self.folder / "vulns"
        self.make(self.checkout, "--object-format=sha256")
        self.assertEqual(self.source(), self.head())

    def test_its_configuration_runs_nothing(self) -> None:
        run = str(self.program)
        hooks = self.folder / "hooks"
        hooks.mkdir()
        for hook in ("post-index-change", "reference-transaction", "pre-auto-gc"):
            shutil.copy(self.program, hooks / hook)
        for key, value in {
            "gpg.program": run, "gpg.openpgp.program": run, "gpg.ssh.program": run, "gpg.x509.program": run,
            "gpg.format": "openpgp", "log.showSignature": "true", "core.fsmonitor": run, "core.sshCommand": run,
            "core.pager": run, "pager.log": run, "pager.cat-file": run, "core.editor": run, "core.hooksPath": str(hooks),
            "core.gitProxy": run, "credential.helper": f"!{run}", "diff.external": run, "filter.x.smudge": run,
            "filter.x.process": run, "diff.x.textconv": run, "alias.log": f"!{run}", "alias.cat-file": f"!{run}",
            "core.askPass": run, "trailer.x.command": run, "uploadpack.packObjectsHook": run, "protocol.ext.allow": "always",
            "remote.origin.url": f"ext::{run}", "remote.origin.promisor": "true", "extensions.partialClone": "origin",
            "core.alternateRefsCommand": run, "include.path": str(self.write("more", f"[gpg]\n\tprogram = {run}\n")),
        }.items():
            self.git("config", "--file", ".git/config", key, value)
        self.write("vulns/.gitattributes", "* filter=x diff=x\n")
        head = (self.checkout / ".git/refs/heads/master").read_text().strip()
        raw = self.git("cat-file", "commit", head, folder=self.bare_copy())
        signed = raw.replace("\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1)
        self.store_commit(signed)
        self.mark.unlink(missing_ok=True)
        revision, day = self.source()
        self.assertEqual(day, "2026-08-21")
        self.assertNotEqual(revision, "-")

    def bare_copy(self) -> Path:
        folder = self.folder / "copy"
        self.git("init", "-q", "--bare", str(folder), folder=self.folder)
        shutil.copytree(self.checkout / ".git/objects", folder / "objects", dirs_exist_ok=True)
        return folder

    def store_commit(self, text: str) -> None:
        """With a signature, which log.showSignature has git look at."""
        copy = self.folder / "copy"
        commit = self.write("commit", text)
        revision = self.git("hash-object", "-t", "commit", "-w", str(commit), folder=copy).strip()
        shutil.copytree(copy / "objects", self.checkout / ".git/objects", dirs_exist_ok=True)
        (self.checkout / ".git/refs/heads/master").write_text(revision + "\n")

    def test_what_is_no_checkout_has_no_day(self) -> None:
        git = self.checkout / ".git"
        for spoil in (
            lambda: (git / "HEAD").write_text("ref: refs/../../../etc/passwd\n"),
            lambda: (git / "HEAD").write_text("ref: ../x\n"), lambda: (git / "HEAD").write_text("--help\n"),
            lambda: (git / "HEAD").write_text("ref: refs/heads/x\n"),
            lambda: (git / "refs/heads/x").write_text("ref: refs/heads/x\n"),
            lambda: (git / "refs/heads/x").write_text("0" * 40), lambda: (git / "HEAD").unlink(),
            lambda: os.mkfifo(git / "HEAD"),
        ):
            spoil()
            self.assertIn("--date", self.refused("build", "--trust-makefiles", "--vulns", self.checkout,
                                                 "--kernel-source", self.folder / "linux"))
            self.assertFalse(self.mark.exists())


if __name__ == "__main__":
    unittest.main()
