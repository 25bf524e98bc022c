#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Plants violations and sees that check_layers.py finds each, and nothing where nothing is."""

import re
import tempfile
import unittest
from pathlib import Path

import check_layers


def complaints(files: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        src = Path(folder, "src")
        for name, text in files.items():
            path = src / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return list(check_layers.violations(src))


class CheckLayers(unittest.TestCase):
    def assert_refused(self, name: str, text: str, *words: str) -> None:
        found = complaints({name: text})
        self.assertEqual(len(found), 1, found)
        for word in words:
            self.assertIn(word, found[0])

    def assert_clean(self, name: str, text: str) -> None:
        self.assertEqual(complaints({name: text}), [])

    def test_layers_that_may_not_see_each_other(self) -> None:
        for folder, header in [
            ("base", "model/facts.hpp"), ("model", "format/files/elf.hpp"), ("format", "checks/x.hpp"),
            ("checks", "format/files/elf.hpp"), ("analyze", "checks/x.hpp"), ("checks", "report/text.hpp"), ("report", "format/files/elf.hpp"),
            ("analyze", "collect/collect.hpp"), ("plan", "checks/x.hpp"), ("system", "model/facts.hpp"),
            ("collect", "checks/x.hpp"), ("collect", "cli/options.hpp"),
            ("collect", "app/machine.hpp"), ("app", "cli/verb.hpp"), ("app", "cve-tables/dyad.hpp"), ("cve-tables", "app/machine.hpp"), ("collect", "state/transaction.hpp"), ("state", "collect/x.hpp"),
        ]:
            with self.subTest(f"{folder} includes {header}"):
                self.assert_refused(f"{folder}/x.cpp", f'#pragma once\n#include "{header}"\n', f"src/{folder}/x.cpp:2:", header)

    def test_layers_that_may(self) -> None:
        self.assert_clean("collect/x.cpp", '#include "system/files/root.hpp"\n#include "format/files/elf.hpp"\n#include <string>\n')
        self.assert_clean("cli/x.cpp", '#include "report/text.hpp"\n#include <unistd.h>\n')
        self.assert_clean("main.cpp", '#include "cli/cli.hpp"\n')
        self.assert_clean("collect/x.cpp", '#include "state/baseline_store.hpp"\n')

    def test_subjects_that_may_not_see_each_other(self) -> None:
        for name, header in [
            ("model/kernel/x.hpp", "model/modules/module.hpp"), ("collect/loading/x.cpp", "format/cves/known_cves.hpp"),
            ("format/files/x.cpp", "model/host/ownership.hpp"),
        ]:
            with self.subTest(f"{name} includes {header}"):
                self.assert_refused(name, f'#pragma once\n#include "{header}"\n', f"src/{name}:2:", header)

    def test_subjects_that_may(self) -> None:
        self.assert_clean("analyze/cves/x.cpp", '#include "analyze/loading/x.hpp"\n#include "model/facts.hpp"\n')
        self.assert_clean("analyze/audit.cpp", '#include "analyze/cves/x.hpp"\n')

    def test_the_clock_is_asked_in_one_place(self) -> None:
        self.assert_refused("app/x.cpp", "std::int64_t now() { return std::time(nullptr); }\n", "ask the clock itself")
        self.assert_refused("cli/x.cpp", "long now() { return ::time(nullptr); }\n", "ask the clock itself")
        self.assert_clean("system/host/clock.cpp", "long now() { return std::time(nullptr); }\n")
        self.assert_clean("app/x.cpp", "long now() { return run_time(1) + x.time(2); }\n")

    def test_a_folder_that_is_no_subject(self) -> None:
        self.assert_refused("analyze/odd/x.cpp", "", "is no subject")
        self.assert_refused("analyze/cves/deeper/x.cpp", "", "is no subject")

    def test_a_folder_that_is_too_full(self) -> None:
        many = {f"model/kernel/x{number}.hpp": "" for number in range(check_layers.LARGEST_FOLDER + 1)}
        self.assertEqual(len(complaints(many)), 1)

    def test_plan_may_use_printers_only(self) -> None:
        plan = {"plan/x.cpp": '#include "format/conf.hpp"\n'}
        self.assertEqual(complaints(plan | {"format/conf.hpp": "std::string print_conf(const Conf&);\n"}), [])
        self.assertEqual(len(complaints(plan | {"format/conf.hpp": "Conf parse_conf(std::string_view);\n"})), 1)

    def test_the_documented_table_is_the_one_in_force(self) -> None:
        documented = {}
        for row in (Path(__file__).parent.parent / "docs/architecture.md").read_text().splitlines():
            if match := re.match(r"\| `src/(\w+)/` \|.*\| (.*) \|$", row):
                documented[match[1]] = set(re.findall(r"`(\w+)/`", match[2]))
                files = set(re.findall(r"`(\w+/\w+\.hpp)`", match[2]))
                self.assertEqual(files, check_layers.MAY_INCLUDE_FILES.get(match[1], set()), match[1])
        for folder, others in documented.items():
            allowed = check_layers.MAY_INCLUDE[folder]
            self.assertEqual(others, set() if allowed is check_layers.EVERYTHING else allowed - {folder}, folder)
        self.assertGreaterEqual(len(documented), 9)

    def test_only_a_few_files_act_on_the_host(self) -> None:
        for name, code in [
            ("cli/x.cpp", "auto end = run_program(system, words);"), ("state/x.cpp", "run_program (system, words);"),
            ("system/x.cpp", "::posix_spawn(&child, path, files, nullptr, words, names);"), ("cli/x.cpp", "return fork();"),
            ("system/x.cpp", "::execve(path, words, names);"), ("cli/x.cpp", "std::system(text);"),
            ("cli/x.cpp", 'auto f = ::popen(text, "r");'), ("cli/x.cpp", "run_program_for_output(system, words, 1);"),
            ("state/x.cpp", "HostPrograms programs(system, root, tell);"), ("cli/x.cpp", "set_kernel_switch(system, path, value);"),
            ("cli/x.cpp", "auto loader = LibkmodLoader::open(system);"),
            ("cli/x.cpp", "auto system = RunningSystem::meant_by({}, {});"),
        ]:
            with self.subTest(code):
                self.assert_refused(name, f"\n{code}\n", f"src/{name}:2:", "may not use")
        self.assert_clean("cve-tables/kernel_source.cpp", "run_program_for_output(system, words, 1);\n")
        self.assert_clean("state/host_deeds.cpp", "auto end = run_program(system_, program);\n")
        self.assert_clean("system/host/program.cpp", "::posix_spawn(&child, path, files, nullptr, words, names);\n")
        self.assert_clean("cli/x.cpp", "RunningSystem system; running_program(x);\n")

    def test_unknown_folder(self) -> None:
        self.assert_refused("util/x.cpp", "", "no row")

    def test_libraries(self) -> None:
        self.assert_refused("checks/x.cpp", "#include <openssl/cms.h>\n", "openssl/cms.h")
        self.assert_refused("collect/x.cpp", "#include <sys/stat.h>\n", "sys/stat.h")
        self.assert_clean("format/x.cpp", "#include <openssl/cms.h>\n#include <fmt/format.h>\n")

    def test_system_uses(self) -> None:
        for code in [
            "int f = open(path, 0);", "int f = ::open (path, 0);", "auto f = fopen(path, mode);",
            "std::ifstream in(path);", "std::ofstream out;", "bool b = std::filesystem::exists(path);",
            "auto d = ::opendir(path);", "const char* v = std::getenv(name);", "uname(&names);",
            "auto t = std::chrono::system_clock::now();", "auto t = ::time(nullptr);",
            "clock_gettime(CLOCK_REALTIME, &now);", "return open(path, 0);", "bool b = a && uname(&names) == 0;",
            "int d = x < 0 ? open(path, 0) : 1;", "use(open(path, 0));",
        ]:
            for folder in ("checks", "collect", "report"):
                with self.subTest(code, folder=folder):
                    self.assert_refused(f"{folder}/x.cpp", f"\n{code}\n", f"src/{folder}/x.cpp:2:")

    def test_system_uses_where_they_belong(self) -> None:
        self.assert_clean("system/x.cpp", "int f = ::open(path, 0);\n")
        self.assert_clean("cli/x.cpp", "auto v = std::getenv(name);\n")

    def test_what_only_looks_like_a_system_use(self) -> None:
        self.assert_clean("collect/x.cpp", "auto f = root.open(path); auto g = root->open(path);\n")
        self.assert_clean("collect/x.cpp", "static Result<Database> open(const Root& root);\nauto d = Database::open(root);\n")
        self.assert_clean("checks/x.cpp", "// open(path), and getenv(name)\n/* ifstream\n */ bool opened = reopen(x);\n")
        self.assert_clean("checks/x.cpp", 'auto remedy = "Run open(2), then uname(2).";\n')

    def test_paths_of_the_host(self) -> None:
        for path in ["/proc/modules", "/sys/module", "/etc/modprobe.d", "/lib/modules", "/usr/lib", "/var/lib", "/boot", "/dev/kmsg"]:
            with self.subTest(path):
                self.assert_refused("report/x.cpp", f'\nauto p = "{path}";\n', "src/report/x.cpp:2:", path)
                self.assert_clean("collect/x.cpp", f'auto p = "{path}";\n')
                self.assert_clean("plan/x.cpp", f'auto p = "{path}";\n')
                self.assert_clean("system/files/dir_root.cpp", f'auto p = "{path}";\n')
        self.assert_refused("system/live.cpp", 'auto p = "/proc/keys";\n', "/proc/keys")
        self.assert_refused("format/x.cpp", 'auto p = R"(/etc/modules)";\n', "/etc/modules")

    def test_checks_name_their_evidence(self) -> None:
        for folder in ("checks", "analyze"):
            self.assert_clean(f"{folder}/x.cpp", 'auto source = "/etc/modprobe.d"; auto other = "/sys/module";\n')

    def test_a_path_inside_a_sentence_is_text(self) -> None:
        self.assert_clean("checks/x.cpp", 'auto remedy = "Write the line into "\n  "/etc/modprobe.d/x.conf.";\n')
        self.assert_clean("report/x.cpp", "// \"/etc\" is not read here\nchar c = '\"'; auto p = \"/system\";\n")


if __name__ == "__main__":
    unittest.main()
