// SPDX-License-Identifier: GPL-2.0-or-later
// Our reading of audit rules against the auditctl of this machine, line by line: whether it takes a
// line, and the bytes that it hands to the kernel.
#include <pwd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/text.hpp"
#include "format/auditd/auditctl_line.hpp"
#include "format/auditd/auditctl_words.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 120> pieces = {"-a always,exit",
                                                      "-a exit,always",
                                                      "-a never,exit",
                                                      "-A always,exit",
                                                      "-a always,task",
                                                      "-a never,exclude",
                                                      "-a always,exclude",
                                                      "-a always,user",
                                                      "-a always,filesystem",
                                                      "-a always",
                                                      "-a entry,always",
                                                      "-a possible,exit",
                                                      "-a exit,possible",
                                                      "-a always,exit,task",
                                                      "-aalways,exit",
                                                      "-a exit,exit",
                                                      "-a always,io_uring",
                                                      "-d always,exit",
                                                      "-d never,exclude",
                                                      "-F arch=b64",
                                                      "-F arch=b32",
                                                      "-Farch=b64",
                                                      "-F arch=x86_64",
                                                      "-F arch!=b32",
                                                      "-F arch=i386",
                                                      "-F arch=aarch64",
                                                      "-F arch=0xc000003e",
                                                      "-F arch=c000003e",
                                                      "-F arch>b64",
                                                      "-F arch=b65",
                                                      "-S init_module",
                                                      "-Sfinit_module",
                                                      "-S init_module,finit_module,delete_module",
                                                      "-S all",
                                                      "-S foo",
                                                      "-S 175",
                                                      "-S 0xaf",
                                                      "-S init_module,foo",
                                                      "-S ,",
                                                      "-S 99999",
                                                      "-S init_module -S delete_module",
                                                      "-F auid>=1000",
                                                      "-F auid!=unset",
                                                      "-F auid!=-1",
                                                      "-F auid!=4294967295",
                                                      "-F \"auid>=0\"",
                                                      "-F auid>=root",
                                                      "-F uid=nosuchuser",
                                                      "-F gid=root",
                                                      "-F gid=-1",
                                                      "-F euid=0",
                                                      "-F obj_uid=0",
                                                      "-F exit=-EACCES",
                                                      "-F exit=EPERM",
                                                      "-F exit=-13",
                                                      "-F exit=-EFOO",
                                                      "-F success=0",
                                                      "-F success=yes",
                                                      "-F success!=1",
                                                      "-F msgtype=CWD",
                                                      "-F msgtype=1300",
                                                      "-F msgtype=FOO",
                                                      "-F msgtype=SYSCALL",
                                                      "-F path=/etc/passwd",
                                                      "-F dir=/etc",
                                                      "-F path=/etc/shadow",
                                                      "-F perm=wa",
                                                      "-F perm=rwxaa",
                                                      "-F perm=z",
                                                      "-F perm>w",
                                                      "-F exe=/usr/bin/kmod",
                                                      "-F exe>/x",
                                                      "-F filetype=file",
                                                      "-F filetype=foo",
                                                      "-F fstype=tracefs",
                                                      "-F fstype=0x6",
                                                      "-F fstype=foo",
                                                      "-F a0=3",
                                                      "-F a1&=0x40",
                                                      "-F a2=-1",
                                                      "-F a0=x",
                                                      "-F sessionid=unset",
                                                      "-F sessionid=x",
                                                      "-F saddr_fam=2",
                                                      "-F saddr_fam=9999",
                                                      "-F inode=5",
                                                      "-F inode>5",
                                                      "-F devmajor=8",
                                                      "-F ppid=1",
                                                      "-F pid=x",
                                                      "-F pers=8",
                                                      "-F subj_type=a_t",
                                                      "-F obj_type=b_t",
                                                      "-F foo=1",
                                                      "-F auid",
                                                      "-F =1",
                                                      "-F auid=",
                                                      "-F key=modules",
                                                      "-k modules",
                                                      "-kmodules",
                                                      "-k",
                                                      "-C auid!=obj_uid",
                                                      "-C uid=euid",
                                                      "-C gid!=uid",
                                                      "-C euid!=auid",
                                                      "-C auid>uid",
                                                      "-w /etc/passwd",
                                                      "-w /etc/",
                                                      "-w etc",
                                                      "-w /no/such/*",
                                                      "-p wa",
                                                      "-px",
                                                      "-p rwxaa",
                                                      "-p k",
                                                      "-W /etc/passwd",
                                                      "-e 2",
                                                      "-b 8192",
                                                      "word",
                                                      "--backlog_wait_time 60000",
                                                      "-i"};

constexpr std::array<std::string_view, 52> whole_lines = {"-D",
                                                          "-D -k modules",
                                                          "-D x",
                                                          "-D -k",
                                                          "-D -S x",
                                                          "-k modules -D",
                                                          "-D -k a b",
                                                          "-e 3",
                                                          "-e",
                                                          "-e 1 -b 64",
                                                          "-b x",
                                                          "-f 1",
                                                          "-f 5",
                                                          "-r 100",
                                                          "-r a",
                                                          "--loginuid-immutable",
                                                          "--backlog 5",
                                                          "--backlog_wait_time=7",
                                                          "--reset",
                                                          "--reset-lost",
                                                          "--foo",
                                                          "-t",
                                                          "-s",
                                                          "-s -i",
                                                          "-s x",
                                                          "-l",
                                                          "-l -k x",
                                                          "-l x",
                                                          "-v",
                                                          "-h",
                                                          "-R /x",
                                                          "-m hello",
                                                          "-m a b",
                                                          "-q /a,/b",
                                                          "-q /a",
                                                          "-i",
                                                          "-c",
                                                          "-i -e 1",
                                                          "-ic",
                                                          "x -D",
                                                          "-- -D",
                                                          "\t-D",
                                                          " -b 8192",
                                                          "# comment",
                                                          "   # comment",
                                                          "- s",
                                                          "-w /a\\ b -p w",
                                                          "-w /a\\\\b",
                                                          "-F arch=b64 -t",
                                                          "-a always,exit -S init_module -- -k x",
                                                          "-a always,exit\t-S init_module",
                                                          "-S init_module -a always,exit"};

std::string random_line(std::mt19937& random) {
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<int> percent(0, 99);
  std::string line;
  if (percent(random) < 85) line = pieces[piece(random) % 18];
  if (percent(random) < 60) line += " " + std::string(pieces[19 + piece(random) % 11]);
  if (percent(random) < 60) line += " " + std::string(pieces[30 + piece(random) % 11]);
  for (int i = percent(random) % 4; i > 0; --i) line += " " + std::string(pieces[piece(random)]);
  if (percent(random) < 40) line += " -k modules";
  return line;
}

std::vector<std::string> lines_to_try() {
  std::vector<std::string> lines{"-c"};
  lines.insert(lines.end(), whole_lines.begin(), whole_lines.end());
  for (const std::string_view piece : pieces) {
    lines.emplace_back(piece);
    lines.push_back("-a always,exit -S open " + std::string(piece));
    lines.push_back("-a always,exit " + std::string(piece) + " -S open");
    lines.push_back("-a always,exclude " + std::string(piece));
    lines.push_back("-w /etc/passwd " + std::string(piece));
  }
  for (const std::size_t length : {31, 32, 33, 255, 256, 257})
    lines.push_back("-a always,exit -S open -k " + std::string(length, 'k'));
  lines.push_back("-w /" + std::string(255, 'n'));
  lines.push_back("-w /" + std::string(256, 'n'));
  lines.push_back("-w /" + std::string(6100, 'n'));
  std::mt19937 random(21);
  while (lines.size() < 4000) lines.push_back(random_line(random));
  return lines;
}

/// What auditctl did, by the number of the line.
struct Deeds {
  std::set<std::size_t> refused;
  std::vector<std::string> rules;  ///< Those that it sent, in hex, in the order of their lines.
};

class Auditctl {
 public:
  Auditctl() {
    std::string name = fs::temp_directory_path() / "kmodsec-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  Auditctl(const Auditctl&) = delete;
  Auditctl& operator=(const Auditctl&) = delete;
  ~Auditctl() { fs::remove_all(folder_); }

  Deeds run(const std::vector<std::string>& lines) const {
    std::ofstream file(folder_ / "a.rules", std::ios::binary);
    for (const std::string& line : lines) file << line << "\n";
    file.close();
    const std::string command = fmt::format(
        "KMODSEC_AUDITCTL_JOURNAL={0}/journal LD_PRELOAD={1} auditctl -R {0}/a.rules >/dev/null "
        "2>&1",
        folder_.string(), KMODSEC_AUDITCTL_KERNEL);
    [[maybe_unused]] const int status = std::system(command.c_str());
    return deeds();
  }

 private:
  Deeds deeds() const {
    Deeds deeds;
    std::ifstream journal(folder_ / "journal");
    for (std::string line; std::getline(journal, line);) {
      constexpr std::string_view mistake = "says There was an error in line ";
      if (line.starts_with(mistake))
        deeds.refused.insert(std::stoul(line.substr(mistake.size())));
      else if (line.starts_with("add ") || line.starts_with("delete "))
        deeds.rules.push_back(line);
    }
    return deeds;
  }

  fs::path folder_;
};

AuditctlHost this_host() {
  utsname names{};
  ::uname(&names);
  AuditctlHost host{.machine = names.machine, .users = {{"root", 0}}, .groups = {{"root", 0}}};
  host.look = [](const std::string& path) {
    return fs::is_directory(path) ? WatchedPlace::folder : WatchedPlace::file;
  };
  return host;
}

std::string as_in_journal(const AuditctlRequest& request) {
  const bool adds = request.change == AuditctlRequest::Change::add;
  return (adds ? "add " : "delete ") + to_hex(request.rule.bytes());
}

TEST(AgainstAuditctl, EachLineIsTakenOrRefusedAlike) {
  if (::geteuid() != 0 || std::system("command -v auditctl >/dev/null") != 0)
    GTEST_SKIP() << "auditctl is not here, or this is not root, who must own its file";
  const std::vector<std::string> lines = lines_to_try();
  const Auditctl auditctl;
  const Deeds deeds = auditctl.run(lines);
  ASSERT_GT(deeds.rules.size(), 300U);
  const AuditctlHost host = this_host();
  std::size_t next = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::vector<std::string> words = auditctl_words(lines[i]);
    const AuditctlRequest request =
        words.empty() ? AuditctlRequest{} : read_auditctl_line(words, host);
    const bool is_refused = deeds.refused.contains(i + 1);
    ASSERT_EQ(request.refusal.has_value(), is_refused)
        << lines[i] << "\n  we say: " << (request.refusal ? request.refusal->reason : "fine");
    if (is_refused || request.change == AuditctlRequest::Change::none) continue;
    ASSERT_LT(next, deeds.rules.size()) << lines[i];
    ASSERT_TRUE(as_in_journal(request) == deeds.rules[next++]) << lines[i];
  }
  ASSERT_EQ(next, deeds.rules.size());
}

}  // namespace
}  // namespace kmodsec
