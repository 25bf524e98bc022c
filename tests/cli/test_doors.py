# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec doors` as a user runs it: which door is open, and which line decides."""

from kmodsec_cli import CLEAN, FINDINGS, INCOMPLETE, CliTest, kmodsec
from machine import RELEASE, Machine, image, running
from module_file import module_file

CONF = "/etc/modprobe.d/deny.conf"


class WithoutAnAnswer(CliTest):
    """An answer that names no module says why."""

    def test_no_kernel_is_installed(self) -> None:
        machine = Machine(self).whole()
        for words in (["doors", "--open"], ["doors", "sctp"], ["doors", "--alias", "fs-vfat"], ["doors", "--profile", "cis-level-1"],
                      ["cves"], ["list", "--on-disk"]):
            with self.subTest(words=words):
                run = kmodsec(*words, "--root", machine)
                self.assertEqual(run.code, CLEAN)
                self.assertIn("o kernel is installed here", run.out)

    def test_every_module_is_denied(self) -> None:
        machine = image(self).write(CONF, "".join(f"install {name} /bin/false\n" for name in ("loop", "fat", "vfat")))
        run = kmodsec("doors", "--open", "--root", machine)
        self.assertEqual(run.code, CLEAN, run.err)
        self.assertTrue(run.out.startswith("No module is open.\n"), run.out)

    def test_nothing_is_as_asked(self) -> None:
        self.assertEqual(kmodsec("list", "--tainted", "--root", running(self)).out, "none of 3 modules is as asked for\n")

    def test_nothing_is_notable(self) -> None:
        machine = running(self)
        run = kmodsec("deny", "--notable", "--dry-run", "--root", machine)
        self.assertIn(run.code, (CLEAN, INCOMPLETE))
        self.assertIn("proposes no module to deny", run.out)
        done = kmodsec("deny", "--notable", "--yes", "--root", machine)
        self.assertEqual(done.out, run.out)
        self.assertFalse((machine.folder / "etc/kmodsec").exists())

    def test_what_was_not_looked_for_is_not_absent(self) -> None:
        machine = image(self)
        for index in ("dep", "alias", "softdep", "builtin"):
            machine.without(f"/lib/modules/{RELEASE}/modules.{index}")
        run = kmodsec("doors", "nosuch", "--root", machine)
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn(f"nosuch in {RELEASE}: unknown\n", run.out)
        self.assertIn("not every list of this kernel's modules was seen", " ".join(run.out.split()))
        self.assertEqual(self.document("doors", "nosuch", "--root", machine)["modules"][0]["load_state"], "unknown")
        self.assertEqual(self.document("doors", "cramfs", "--root", image(self))["modules"][0]["load_state"], "absent")


class Doors(CliTest):
    def module(self, name: str, machine: Machine) -> dict:
        document = self.document("doors", name, "--root", machine)
        return document["modules"][0]

    def doors(self, name: str, machine: Machine) -> dict[str, str]:
        return {door["load_path"]: door["outcome"] for door in self.module(name, machine)["load_paths"]}

    def decided(self, name: str, door: str, machine: Machine) -> dict | None:
        return next(one["decided_by"] for one in self.module(name, machine)["load_paths"] if one["load_path"] == door)

    def test_nothing_denied(self) -> None:
        self.assertEqual(self.doors("fat", image(self)), {
            "name": "loads", "alias": "impossible", "dependency": "loads", "softdep": "impossible",
            "boot": "impossible", "initramfs": "impossible", "insmod": "loads"})
        module = self.module("fat", image(self))
        self.assertEqual((module["denied"], module["attacker_position"]), (False, "local_userns"))
        self.assertEqual(module["trigger"], "mount(2), with vfat")

    def test_install_denies_by_name_by_alias_and_what_needs_it(self) -> None:
        machine = image(self).write(CONF, "# fat\ninstall fat /bin/false\n")
        self.assertEqual(self.doors("fat", machine)["dependency"], "denied")
        self.assertTrue(self.module("fat", machine)["denied"])
        self.assertEqual(self.decided("vfat", "alias", machine),
                         {"file": CONF, "line": 2, "text": "install fat /bin/false"})

    def test_blacklist_denies_aliases_alone(self) -> None:
        machine = image(self).write(CONF, "blacklist vfat\n")
        self.assertEqual((self.doors("vfat", machine)["name"], self.doors("vfat", machine)["alias"]),
                         ("loads", "denied"))

    def test_a_blacklist_is_void_where_another_answers_to_the_alias_and_needs_it(self) -> None:
        machine = image(self).write(CONF, "blacklist fat\n")
        machine.write(f"/lib/modules/{RELEASE}/modules.alias", "alias usb:v*ip50* fat\nalias usb:v*ip50* vfat\n")
        self.assertEqual(self.doors("fat", machine)["alias"], "loads")
        machine.write(CONF, "blacklist fat\nblacklist vfat\n")
        self.assertEqual(self.doors("fat", machine)["alias"], "denied")

    def test_a_softdep_voids_an_install_line(self) -> None:
        machine = image(self).write(CONF, "install vfat /bin/false\n")
        machine.write(f"/lib/modules/{RELEASE}/modules.softdep", "softdep vfat pre: loop\n")
        name = next(door for door in self.module("vfat", machine)["load_paths"] if door["load_path"] == "name")
        self.assertEqual(name["outcome"], "loads")
        self.assertIn(f"install line of {CONF}:1 is not reached", name["note"])
        self.assertEqual(self.doors("loop", machine)["softdep"], "loads")
        machine.write("/etc/modprobe.d/a.conf", "softdep vfat pre:\n")
        self.assertEqual(self.doors("vfat", machine)["name"], "denied")

    def test_an_alias_line_leads_elsewhere(self) -> None:
        machine = image(self).write(CONF, "alias fs-vfat off\n")
        self.assertEqual(self.doors("vfat", machine)["alias"], "denied")

    def test_boot(self) -> None:
        machine = image(self).write("/etc/modules-load.d/a.conf", "# at boot\nvfat\n")
        self.assertEqual(self.decided("fat", "boot", machine),
                         {"file": "/etc/modules-load.d/a.conf", "line": 2, "text": "vfat"})
        machine.write(CONF, "blacklist vfat\n")
        self.assertEqual(self.doors("vfat", machine)["boot"], "denied")

    def test_the_kernel_itself_refuses(self) -> None:
        machine = running(self).write("/proc/cmdline", "module_blacklist=fat,vfat\n")
        self.assertEqual(set(self.doors("fat", machine).values()) - {"impossible"}, {"denied"})
        machine = running(self).write("/proc/sys/kernel/modules_disabled", "1\n")
        self.assertEqual(self.decided("loop", "insmod", machine)["file"], "/proc/sys/kernel/modules_disabled")

    def test_a_kernel_that_insists_on_signatures(self) -> None:
        machine = running(self).install("bare", sign=False)
        dep = machine.folder / f"lib/modules/{RELEASE}/modules.dep"
        dep.write_text(dep.read_text() + "kernel/bare.ko:\n")
        self.assertEqual(self.doors("bare", machine)["insmod"], "denied")
        self.assertEqual(self.doors("loop", machine)["insmod"], "loads")

    def test_no_requests_of_the_kernel(self) -> None:
        machine = running(self).write("/proc/sys/kernel/modprobe", "\n")
        self.assertEqual(self.doors("vfat", machine)["alias"], "denied")
        self.assertEqual(self.module("vfat", machine)["attacker_position"], "root")

    def test_what_cannot_be_loaded(self) -> None:
        machine = image(self)
        self.assertEqual(self.module("ext4", machine)["presence"], "builtin")
        self.assertFalse(self.module("ext4", machine)["denied"])
        absent = self.module("cramfs", machine)
        self.assertEqual((absent["presence"], absent["denied"], absent["load_paths"]), ("absent", True, []))

    def test_a_file_that_is_in_no_index_is_known_by_its_name(self) -> None:
        path = f"/lib/modules/{RELEASE}/updates/evil.ko"
        machine = image(self).write(path, module_file(license="GPL", name="evil"))
        for name in ("evil", "evil.ko", path):
            run = kmodsec("doors", name, "--root", machine)
            self.assertEqual(run.code, CLEAN, run.err)
            self.assertIn(f"evil in {RELEASE}: absent", run.out)
            self.assertIn(f"{path} is in no index: insmod alone loads it", " ".join(run.out.split()))
        self.assertIn("no module of that name", self.refused("doors", "evi", "--root", machine))

    def test_what_no_list_names_may_be_built_in_where_not_all_were_seen(self) -> None:
        machine = image(self).without(f"/lib/modules/{RELEASE}/modules.builtin")
        module = self.module("cramfs", machine)
        self.assertEqual((module["presence"], module["denied"], module["unknown"], module["load_state"], module["attacker_position"]),
                         ("unknown", False, True, "unknown", "unknown"))
        run = kmodsec("doors", "cramfs", "--root", machine)
        self.assertEqual(run.code, INCOMPLETE)
        self.assertIn("it may be built in, or absent", " ".join(run.out.split()))

    def test_who_reaches_what_is_built_in_is_unknown_without_its_aliases(self) -> None:
        machine = image(self)
        self.assertEqual(self.module("ext4", machine)["attacker_position"], "unknown")
        self.assertIn("nobody can tell who reaches it", " ".join(kmodsec("doors", "ext4", "--root", machine).out.split()))
        machine.write(f"/lib/modules/{RELEASE}/modules.builtin.modinfo", b"ext4.license=GPL\0")
        self.assertEqual(self.module("ext4", machine)["attacker_position"], "root")

    def test_a_deny_is_offered_where_show_offers_it(self) -> None:
        machine = running(self)
        for name in ("loop", "vfat", "fat"):
            offers = {"kmodsec deny" in kmodsec(verb, name, "--root", machine).out for verb in ("show", "doors")}
            self.assertEqual(len(offers), 1, name)

    def verdict(self, machine: Machine, name: str = "vfat") -> tuple[int, bool, bool]:
        module = self.module(name, machine)
        return kmodsec("doors", name, "--root", machine).code, module["denied"], module["unknown"]

    def test_a_program_in_the_place_of_a_module_is_not_known(self) -> None:
        machine = image(self).write(CONF, "install vfat /usr/bin/decide\n").write("/usr/bin/decide", "#!/bin/sh\n")
        self.assertEqual(self.verdict(machine), (INCOMPLETE, False, True))
        self.assertEqual(self.doors("vfat", machine)["name"], "runs")
        self.assertIn("/usr/bin/decide runs", kmodsec("doors", "vfat", "--root", machine).out)
        request = self.document("doors", "--alias", "fs-vfat", "--root", machine)["requests"][0]
        self.assertEqual(request["modules"][0]["outcome"], "runs")

    def test_a_carriage_return_makes_a_program_that_is_not_there(self) -> None:
        machine = image(self).write(CONF, "install vfat /bin/false\r\n")
        self.assertEqual(self.verdict(machine), (CLEAN, True, False))
        finding = self.finding("CONF-022", machine)
        self.assertEqual(finding["subject"], "vfat")
        self.assertIn("by chance", finding["message"])

    def test_a_program_that_is_known_to_deny(self) -> None:
        program = "/usr/bin/disabled-filesys-by-security-misc"
        machine = image(self).write(CONF, f"install vfat {program}\n").write(program, "#!/bin/bash\nexit 1\n")
        self.assertEqual(self.verdict(machine), (CLEAN, True, False))
        (machine.folder / program.lstrip("/")).chmod(0o777)
        self.assertEqual(self.verdict(machine), (INCOMPLETE, False, True))

    def test_configuration_in_an_index(self) -> None:
        machine = image(self)
        machine.write(f"/lib/modules/{RELEASE}/modules.softdep", "# Soft\nsoftdep fat pre: loop\ninstall vfat /bin/sh -c id\n")
        self.assertEqual(self.verdict(machine), (INCOMPLETE, False, True))
        self.assertEqual(self.decided("vfat", "name", machine)["line"], 3)
        self.assertEqual(self.finding("CONF-021", machine)["subject"], "vfat")

    def finding(self, check: str, machine: Machine) -> dict:
        document = self.document("audit", "--root", machine)
        checks = {one["id"]: one for one in document["checks"]}
        return checks[check]["findings"][0]

    def test_busybox_knows_no_install_lines(self) -> None:
        machine = image(self).write(CONF, "install vfat /bin/false\nblacklist loop\n")
        machine.write("/bin/busybox", b"\x7fELF\0modprobe\0BusyBox v1.36.1\0/etc/modprobe.d\0blacklist\0")
        (machine.folder / "bin/busybox").chmod(0o755)
        (machine.folder / "sbin").mkdir()
        (machine.folder / "sbin/modprobe").symlink_to("/bin/busybox")
        self.assertEqual(self.verdict(machine), (FINDINGS, False, False))
        document = self.document("doors", "vfat", "--root", machine)
        self.assertEqual((document["loader"]["kind"], document["loader"]["program"]), ("busybox", "/bin/busybox"))
        self.assertEqual(self.finding("CONF-023", machine)["subject"], "vfat")

    def test_a_modprobe_that_is_missing_or_unknown(self) -> None:
        machine = running(self).write("/proc/sys/kernel/modprobe", "/dev/null\n")
        self.assertEqual(self.doors("vfat", machine)["alias"], "denied")
        machine = running(self).without("/usr/sbin/modprobe")
        self.assertEqual(self.doors("vfat", machine)["alias"], "denied")
        machine = running(self).write("/usr/local/bin/load", "#!/bin/sh\n")
        (machine.folder / "usr/local/bin/load").chmod(0o755)
        machine.write("/proc/sys/kernel/modprobe", "/usr/local/bin/load\n").write(CONF, "install vfat /bin/false\n")
        self.assertEqual(self.doors("vfat", machine)["alias"], "runs")
        self.assertEqual(self.verdict(machine)[0], INCOMPLETE)
        self.assertIn("whose rules are not known", " ".join(self.document("doors", "vfat", "--root", machine)["assumed"]))

    def test_alias_files_count_by_the_version_of_kmod(self) -> None:
        machine = image(self).write("/etc/modprobe.d/x.alias", "install vfat /bin/false\n")
        self.assertIn("version of kmod is not known", " ".join(self.document("doors", "vfat", "--root", machine)["assumed"]))
        (machine.folder / "sbin").mkdir()
        for version, denied in (("32", True), ("33", False)):
            machine.write("/sbin/modprobe", b"\x7fELF\0kmod version " + version.encode() + b"\0")
            (machine.folder / "sbin/modprobe").chmod(0o755)
            self.assertEqual(self.verdict(machine)[1], denied, version)

    def test_without_the_binary_index(self) -> None:
        machine = image(self)
        self.assertIn("modules.dep.bin is not there", " ".join(self.document("doors", "vfat", "--root", machine)["assumed"]))
        self.assertEqual(self.finding("FILE-011", machine)["subject"], f"/lib/modules/{RELEASE}/modules.dep.bin")

    def test_names_aliases_and_files(self) -> None:
        machine = image(self)
        for word in ("vfat", "fs-vfat", f"/lib/modules/{RELEASE}/kernel/vfat.ko", "vfat.ko.xz"):
            self.assertEqual(self.module(word, machine)["name"], "vfat", word)
            self.assertEqual(self.module(word, machine)["presence"], "loadable", word)
        self.assertIn("did you mean vfat", self.refused("doors", "vfatt", "--root", machine))
        self.assertIn("/lib/modules/x.ko", self.refused("doors", "/lib/modules/x.ko", "--root", machine))
        self.assertIn("no module of that name", self.refused("doors", "pci:v0", "--root", machine))
        for verb in ("show", "verify"):
            kmodsec(verb, "fs-vfat", "--root", machine)
        names = [module["name"] for module in self.document("cves", f"/lib/modules/{RELEASE}/kernel/vfat.ko", "--root",
                                                            machine)["modules"]]
        self.assertEqual(names, ["vfat"])

    def test_requests(self) -> None:
        machine = image(self)
        request = self.document("doors", "--alias", "fs-vfat", "--root", machine)["requests"][0]
        self.assertEqual(request["modules"][0]["brings"], ["fat", "vfat"])
        machine.write(CONF, "install fs-vfat /bin/false\n")
        request = self.document("doors", "--alias", "fs-vfat", "--root", machine)["requests"][0]
        self.assertEqual(request["modules"][0]["outcome"], "denied")

    def with_unit(self, lines: str) -> Machine:
        machine = image(self).write(CONF, "install loop /bin/false\nblacklist loop\n")
        machine.write("/etc/systemd/system/sysinit.target", "[Unit]\nWants=early.service\n")
        return machine.write("/etc/systemd/system/early.service", f"[Service]\n{lines}")

    def test_a_unit_passes_over_the_deny(self) -> None:
        for command in ("/sbin/modprobe --ignore-install loop", "/sbin/modprobe -i loop", "/sbin/modprobe -C /tmp/c loop",
                        "/sbin/modprobe --config=/tmp/c loop", "/sbin/modprobe -ai loop", "sh -c 'modprobe -qai loop'",
                        "env MODPROBE_OPTIONS=-i /sbin/modprobe loop", f"/sbin/insmod /lib/modules/{RELEASE}/kernel/loop.ko",
                        "/sbin/modprobe loop\nEnvironment=MODPROBE_OPTIONS=-i"):
            with self.subTest(command=command):
                machine = self.with_unit(f"ExecStart={command}\n")
                self.assertEqual(self.doors("loop", machine)["boot"], "loads")
                decided = self.decided("loop", "boot", machine)
                self.assertEqual((decided["file"], decided["line"]), ("/etc/systemd/system/early.service", 2))
                self.assertEqual(kmodsec("doors", "loop", "--root", machine).code, FINDINGS)

    def test_a_unit_that_obeys_the_deny_does_not(self) -> None:
        for command in ("/sbin/modprobe loop", "/sbin/modprobe -r -i loop", "/sbin/modprobe -n -i loop",
                        "/sbin/modprobe -C /etc/modprobe.d loop", "/sbin/modprobe -- loop -i"):
            with self.subTest(command=command):
                self.assertNotEqual(self.doors("loop", self.with_unit(f"ExecStart={command}\n"))["boot"], "loads")

    def test_a_script_of_the_boot_passes_over_the_deny(self) -> None:
        insmod = f"insmod /lib/modules/{RELEASE}/kernel/loop.ko"
        for path, text in (("/etc/rc.local", f"#!/bin/sh\n{insmod}\n"), ("/etc/cron.d/a", "# a\n@reboot root modprobe -i loop\n"),
                           ("/etc/udev/rules.d/a.rules", f'# a\nKERNEL=="sda", RUN+="/sbin/{insmod}"\n')):
            with self.subTest(path=path):
                machine = image(self).write(CONF, "install loop /bin/false\nblacklist loop\n").write(path, text)
                (machine.folder / path[1:]).chmod(0o755)
                self.assertEqual(self.doors("loop", machine)["boot"], "loads")
                decided = self.decided("loop", "boot", machine)
                self.assertEqual((decided["file"], decided["line"]), (path, 2))

    def test_the_next_boot_has_another_loader(self) -> None:
        machine = running(self).write("/etc/sysctl.d/90-x.conf", "kernel.modprobe = /tmp/x\n")
        assumed = self.document("doors", "loop", "--root", machine)["assumed"]
        self.assertTrue(any("/etc/sysctl.d/90-x.conf:1" in one for one in assumed), assumed)
        self.assertEqual(self.finding("CONF-024", machine)["subject"], "/tmp/x")

    def test_an_environment_lets_root_pass_over_the_deny(self) -> None:
        machine = image(self).write(CONF, "install loop /bin/false\nblacklist loop\n")
        machine.write("/root/.bashrc", "export MODPROBE_OPTIONS=-i\n")
        self.assertEqual(self.doors("loop", machine)["boot"], "impossible")
        self.assertEqual(self.decided("loop", "insmod", machine)["file"], "/root/.bashrc")
        for verb in ("doors", "show"):
            with self.subTest(verb=verb):
                self.assertIn("/root/.bashrc:1", kmodsec(verb, "loop", "--root", machine).out)
        self.assertTrue(any("/root/.bashrc:1" in one for one in self.document("doors", "loop", "--root", machine)["assumed"]))

    def test_open_leaves_out_what_is_denied(self) -> None:
        machine = image(self).write(CONF, "install loop /bin/false\n")
        names = [module["name"] for module in self.document("doors", "--open", "--root", machine)["modules"]]
        self.assertEqual(names, ["fat", "vfat"])
        self.assertIn("Any local user who may make a user namespace (2 modules", kmodsec(
            "doors", "--open", "--root", machine).out)

    def test_a_name_that_nobody_knows_is_an_error(self) -> None:
        machine = image(self).write(CONF, "install configured /bin/false\n")
        machine.write("/etc/kmodsec/policy.toml", '[deny]\nmodules = ["wanted"]\n')
        for verb in ("doors", "cves", "show", "verify"):
            for name in ("nosuchxyz", "vfet", "nosuchxyz.ko", "net-pf-99"):
                with self.subTest(verb=verb, name=name):
                    self.assertIn("no module of that name", self.refused(verb, name, "--root", machine))
        for verb in ("doors", "cves"):
            self.assertIn("did you mean vfat?", self.refused(verb, "vfet", "--root", machine))
            for name in ("cramfs", "configured", "wanted", "nf_tables"):
                with self.subTest(verb=verb, name=name):
                    self.assertIn(kmodsec(verb, name, "--root", machine).code, (CLEAN, INCOMPLETE))

    def test_a_request_counts_as_a_name_does(self) -> None:
        machine = image(self)
        self.assertEqual(kmodsec("doors", "--alias", "fs-vfat", "--root", machine).code, FINDINGS)
        self.assertEqual(kmodsec("doors", "--alias", "fs-nosuch", "--root", machine).code, CLEAN)
        for words in (["ext4"], ["--alias", "ext4"]):
            self.assertEqual(kmodsec("doors", *words, "--root", machine).code, FINDINGS, "built in")
        denied = image(self).write(CONF, "install vfat /bin/false\nblacklist vfat\n")
        self.assertEqual(kmodsec("doors", "--alias", "fs-vfat", "--root", denied).code, CLEAN)
        self.assertEqual(kmodsec("doors", "vfat", "--alias", "fs-vfat", "--root", denied).code, CLEAN)

    def test_exit_codes(self) -> None:
        machine = image(self).write(CONF, "install loop /bin/false\n")
        self.assertEqual(kmodsec("doors", "loop", "--root", machine).code, CLEAN)
        self.assertEqual(kmodsec("doors", "vfat", "--root", machine).code, FINDINGS)
        self.assertEqual(kmodsec("doors", "--open", "--root", machine).code, CLEAN)

    def test_profiles(self) -> None:
        machine = image(self).install("cramfs").write(CONF, "install cramfs /bin/false\n")
        dep = machine.folder / f"lib/modules/{RELEASE}/modules.dep"
        dep.write_text(dep.read_text() + "kernel/cramfs.ko:\n")
        modules = {module["name"]: module for module in self.document(
            "doors", "--profile", "cis-level-1", "--root", machine)["modules"]}
        self.assertTrue(modules["cramfs"]["denied"])
        self.assertEqual(modules["usb_storage"]["presence"], "absent")
        self.assertIn("did you mean cis-level-1", self.refused("doors", "--profile", "cis-level1", "--root", machine))

    def test_one_choice_is_needed(self) -> None:
        self.assertIn("name modules", self.refused("doors"))
        self.assertIn("use either", self.refused("doors", "loop", "--open"))
