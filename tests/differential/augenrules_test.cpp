// SPDX-License-Identifier: GPL-2.0-or-later
// What we say that augenrules writes against the augenrules of this machine, byte for byte. It runs
// in a mount namespace of its own, where /etc/audit is a folder of the test.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "format/auditd/augenrules.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr int cases = 150;

constexpr std::array<std::string_view, 40> names = {"9-first.rules",
                                                    "10-base.rules",
                                                    "010-x.rules",
                                                    "audit.rules",
                                                    "30-cis.rules",
                                                    "99-final.rules",
                                                    "a.rules",
                                                    "A.rules",
                                                    "b.rules.bak",
                                                    ".hidden.rules",
                                                    "1.10.rules",
                                                    "1.9.rules",
                                                    "1.9~.rules",
                                                    "1.9-a.rules",
                                                    "x rules",
                                                    "two words.rules",
                                                    "kmodsec.rules",
                                                    "50-kmodsec.rules",
                                                    "50_kmodsec.rules",
                                                    "5.rules",
                                                    "05.rules",
                                                    "rules",
                                                    ".rules",
                                                    "x.rulesx",
                                                    "zz.rules",
                                                    "a.b.rules",
                                                    "a.b2.rules",
                                                    "a.b10.rules",
                                                    "10-a.conf",
                                                    "~a.rules",
                                                    "+a.rules",
                                                    "a1b2.rules",
                                                    "a1b10.rules",
                                                    "a01b2.rules",
                                                    "[ab].rules",
                                                    "*.rules",
                                                    "caf\xc3\xa9.rules",
                                                    "10.rules",
                                                    "010.rules",
                                                    "x.1a.rules"};

constexpr std::array<std::string_view, 36> pieces = {
    "-D\n",
    "-D \n",
    " -D\n",
    "-D -k modules\n",
    "-Ds\n",
    "s-D\n",
    "-b 8192\n",
    " -b 64\n",
    "-f 1\n",
    "\t-f 2\n",
    "-e 2\n",
    " -e 1\n",
    "-e 0\r\n",
    "# comment\n",
    "  # two\n",
    "s# three\n",
    "\n",
    "   \n",
    "\t\n",
    "\r\n",
    "-i\n",
    "-c\n",
    "-w /etc -p wa\n",
    "-w /a -k a",
    "-a always,exit -F arch=b64 -S init_module -k modules\n",
    "-a never,exit -S all\n",
    "-a always,exit -S finit_module\r\n",
    "--backlog_wait_time 60000\n",
    "-F x\n",
    "-E\n",
    "-B\n",
    "x",
    "-failure\n",
    "-D\t\n",
    "ss# four\n",
    "\f-e 2\n"};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Folders for all cases; the program goes over them in one namespace.
class Cases {
 public:
  Cases() {
    std::string name = fs::temp_directory_path() / "kmodsec-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    std::mt19937 random(7);
    for (int i = 0; i < cases; ++i) make(i, random);
  }
  Cases(const Cases&) = delete;
  Cases& operator=(const Cases&) = delete;
  ~Cases() { fs::remove_all(folder_); }

  fs::path of(int number) const { return folder_ / std::to_string(number); }

  bool run(const std::string& path) const {
    const std::string command = fmt::format(
        "cd {} && PATH={} unshare -m sh -c 'for case in *; do mount --bind $case /etc/audit || "
        "exit 1; "
        "(cd / && /sbin/augenrules) >/dev/null 2>&1; umount /etc/audit; done'",
        folder_.string(), path);
    return std::system(command.c_str()) == 0;
  }

 private:
  void make(int number, std::mt19937& random) const {
    const fs::path rules = of(number) / "rules.d";
    fs::create_directories(rules);
    std::uniform_int_distribution<std::size_t> any(0, 1000);
    const std::size_t files = number < 8 ? names.size() : any(random) % 7;
    for (std::size_t i = 0; i < files; ++i) {
      const std::string_view name = number < 8 ? names[i] : names[any(random) % names.size()];
      std::ofstream file(rules / name, std::ios::binary);
      for (std::size_t count = any(random) % 6; count > 0; --count)
        file << pieces[any(random) % pieces.size()];
    }
    if (any(random) % 5 == 0) fs::create_directories(rules / "folder.rules");
    if (any(random) % 5 == 0) fs::create_symlink("nowhere", rules / "4-gone.rules");
  }

  fs::path folder_;
};

std::string expected_for(const fs::path& folder, const AugenrulesDialect& dialect) {
  std::vector<std::string> entries;
  for (const auto& entry : fs::directory_iterator(folder / "rules.d"))
    entries.push_back(entry.path().filename());
  std::vector<AuditRulesText> texts;
  for (const std::string& name : augenrules_order(entries, dialect)) {
    const fs::path path = folder / "rules.d" / name;
    if (fs::is_regular_file(path)) texts.push_back({path, content_of(path)});
  }
  return generate_audit_rules("/etc/audit/rules.d", texts, dialect).text;
}

void compare(const std::string& path) {
  AugenrulesDialect dialect = augenrules_dialect(content_of("/sbin/augenrules"));
  const std::string question =
      "printf 's#\\n' | PATH=" + path + " awk '{ exit match($0, \"^\\\\s*#\") ? 1 : 0 }'";
  dialect.knows_blanks = std::system(question.c_str()) == 0;
  const Cases all;
  if (!all.run(path)) GTEST_SKIP() << "no mount namespace here";
  ASSERT_FALSE(content_of(all.of(0) / "audit.rules").empty());
  for (int i = 0; i < cases; ++i)
    ASSERT_EQ(content_of(all.of(i) / "audit.rules"), expected_for(all.of(i), dialect)) << i;
}

bool has_augenrules() {
  return ::access("/sbin/augenrules", X_OK) == 0 && fs::exists("/etc/audit");
}

TEST(AgainstAugenrules, TheSameFileIsWritten) {
  if (!has_augenrules()) GTEST_SKIP() << "augenrules is not here";
  compare("/usr/sbin:/usr/bin:/sbin:/bin");
}

TEST(AgainstAugenrules, TheSameFileIsWrittenWithTheAwkOfBusybox) {
  if (!has_augenrules() || ::access("/bin/busybox", X_OK) != 0)
    GTEST_SKIP() << "augenrules or busybox is not here";
  std::string folder = fs::temp_directory_path() / "kmodsec-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  fs::create_symlink("/bin/busybox", fs::path(folder) / "awk");
  compare(folder + ":/usr/sbin:/usr/bin:/sbin:/bin");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace kmodsec
