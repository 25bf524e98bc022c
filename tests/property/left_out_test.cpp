// SPDX-License-Identifier: GPL-2.0-or-later
//
// What was not captured is not what is not there: each file and each folder is left out of a
// machine in turn, and nothing that is said of it gets better, unless the report names a gap that
// the whole machine does not have. The machine has one of each thing that decides about modules,
// and something wrong with most.
//
// A file of configuration that is taken out of a folder that is whole makes another machine, one
// without it: those are left out with their folders only.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "analyze/audit.hpp"
#include "analyze/auditd/event_origins.hpp"
#include "analyze/exposure_report.hpp"
#include "analyze/inventory.hpp"
#include "analyze/trust_report.hpp"
#include "collect/collect.hpp"
#include "support/efi_lists.hpp"
#include "support/known_cves_builder.hpp"
#include "support/machine_root.hpp"
#include "support/module_builder.hpp"

namespace kmodsec::test {
namespace {

const std::string modules = "/lib/modules/6.1.0-9-test";

/// What decides in which images and by which entries the machine boots is read by other rules, of
/// which their own tests tell.
const std::set<std::string> told_elsewhere = {"/boot"};

/// A machine of which /sys is there but for this did not start through EFI.
const std::set<std::string> another_machine = {"/sys/firmware/efi"};

void add_configuration(MemoryRoot& root) {
  for (const std::string folder : {"/etc", "/run", "/usr/local/lib", "/usr/lib"}) {
    root.add_file(folder + "/modprobe.d/" + std::to_string(folder.size()) + ".conf",
                  "install loop /tmp/run\noptions nosuch a=1\nsoftdep dummy pre: loop\n", 0666);
    root.add_file(folder + "/modules-load.d/" + std::to_string(folder.size()) + ".conf",
                  "loop\nno-such-module\n", 0666);
  }
  root.add_file("/etc/depmod.d/external.conf", "external * /opt/external\n");
  root.add_file("/opt/external/external.ko", module_with({"name=external"}), 0666);
  root.add_file("/etc/environment", "MODPROBE_OPTIONS=--force\n");
  root.add_file("/root/.profile", "export MODPROBE_OPTIONS=--force\n");
  root.add_file("/etc/kmodsec/policy.toml",
                "[deny]\nmodules = [\"loop\"]\n[lockdown]\nlevel = \"integrity\"\n");
  root.add_file("/etc/fstab", "/dev/sda1 / ext4 defaults 0 1\n");
}

void add_what_is_wrong(MemoryRoot& root) {
  root.add_file("/proc/sys/kernel/tainted", "12288\n");
  root.add_file("/proc/sys/kernel/kexec_load_disabled", "0\n");
  root.add_file("/proc/modules",
                "loop 40960 1 - Live 0xffffffffc0b00000\n"
                "dummy 16384 0 - Live 0xffffffffc0a00000 (E)\nghost 1 0 - Live 0x1\n");
  root.add_file("/sys/module/ghost/initstate", "live\n");
  root.add_file("/proc/self/net/protocols",
                "protocol  size sockets  memory press maxhdr slab module\n");
  root.add_file("/proc/crypto", "name : x\ndriver : x\nmodule : loop\nrefcnt : 2\n\n");
  root.add_file("/proc/sys/kernel/unprivileged_userns_clone", "1\n");
  root.add_file("/proc/sys/user/max_user_namespaces", "1000\n");
  root.add_file("/proc/sys/dev/tty/ldisc_autoload", "1\n");
  root.add_file("/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
  root.add_file("/sys/module/module/parameters/sig_enforce", "N\n");
  root.add_file("/etc/audit/rules.d/modules.rules", "-a never,exit -S init_module\n");
  root.add_file("/var/lib/dkms/mok.key", "a key", 0644);
  root.add_file("/sys/firmware/efi/mok-variables/MokListXRT",
                efi_list(efi_x509, {machine_root_certificate()}));
  root.add_file("/sys/firmware/efi/efivars/dbx-d719b2cb-3d3a-4596-a3bc-dad00e67656f",
                std::string(4, '\0') + efi_list(efi_x509, {machine_root_certificate()}));
  root.add_file(modules + "/kernel/fs/extra.ko", module_with({"name=extra", "alias=fs-extra"}),
                0666);
  root.add_file(modules + "/modules.builtin.modinfo",
                std::string("ext4.name=ext4\0ext4.alias=fs-ext4\0", 34));
  root.add_file("/lib/modules/5.10.0-1-test/kernel/old.ko", module_with({"name=old"}), 0666);
  root.add_file("/lib/modules/5.10.0-1-test/modules.dep", "kernel/old.ko:\n");
  root.add_file("/boot/loader/entries/5.10.0-1-test.conf",
                "version 5.10.0-1-test\nlinux /vmlinuz-5.10.0-1-test\noptions ro\n");
  root.add_file("/etc/systemd/system/load.service", "[Service]\nExecStart=modprobe loop\n", 0666);
  root.add_file("/etc/initramfs-tools/hooks/hook", "#!/bin/sh\n", 0777);
}

MemoryRoot machine_with_one_of_each() {
  MemoryRoot root = machine_root();
  add_configuration(root);
  add_what_is_wrong(root);
  return root;
}

/// A copy of the machine without what is at, and below, a path.
void copy_without(const Root& from, const std::string& left_out, const std::string& folder,
                  MemoryRoot& to) {
  for (const Entry& entry :
       from.list(folder.empty() ? "/" : folder).value_or(std::vector<Entry>{})) {
    const std::string path = folder + "/" + entry.name;
    if (path == left_out) continue;
    const auto status = from.link_status(path);
    ASSERT_TRUE(status);
    switch (status->type) {
      case FileType::directory:
        to.add_folder(path, status->mode, status->uid);
        copy_without(from, left_out, path, to);
        break;
      case FileType::link: to.add_link(path, from.read_link(path).value()); break;
      default:
        to.add_file(path, from.read(path, 1UL << 30).value_or(""), status->mode, status->uid);
    }
  }
}

void add_paths(const Root& root, const std::string& folder, std::vector<std::string>& paths) {
  for (const Entry& entry : root.list(folder).value_or(std::vector<Entry>{})) {
    paths.push_back(folder + "/" + entry.name);
    if (entry.type == FileType::directory) add_paths(root, folder + "/" + entry.name, paths);
  }
}

/// What the kernel shows, every folder that holds what was installed, and the indexes.
std::vector<std::string> what_can_be_left_out(const Root& root) {
  std::vector<std::string> paths = {
      "/etc",        "/usr",  "/usr/lib", "/usr/bin", "/usr/sbin",  "/lib",  "/lib64",
      "/bin",        "/run",  "/root",    "/var",     "/opt",       "/proc", "/sys",
      "/dev",        "/boot", "/var/lib", "/var/log", "/usr/local", modules, modules + "/kernel",
      "/lib/modules"};
  for (const std::string folder : {"/proc", "/sys", "/dev"}) add_paths(root, folder, paths);
  for (const Entry& entry : root.list(modules).value_or(std::vector<Entry>{}))
    if (entry.name.starts_with("modules.")) paths.push_back(modules + "/" + entry.name);
  std::erase_if(paths, [](const std::string& path) {
    return told_elsewhere.contains(path) || another_machine.contains(path);
  });
  return paths;
}

using Gaps = std::set<std::pair<std::string, std::string>>;

/// What a verb says: the higher a number, the worse for the machine.
struct Answer {
  std::map<std::string, int> badness;
  Gaps gaps;

  void note(const std::vector<Unseen>& unseen) {
    for (const Unseen& gap : unseen) gaps.emplace(gap.what, gap.why);
  }
};

Answer audited(const Facts& facts) {
  const AuditReport report = audit(facts);
  Answer answer;
  answer.note(report.unseen);
  for (const CheckResult& result : report.results) {
    const Status status = result.verdict.status;
    const bool is_good = status == Status::pass || status == Status::not_applicable;
    answer.badness[std::string(result.check->id)] = is_good ? 0 : 1;
  }
  return answer;
}

Answer doors_of(const Facts& facts) {
  const ExposureReport report =
      answer_doors(facts, {.modules = {"dummy", "loop", "extra", "ext4", "old"}, .requests = {}});
  Answer answer;
  answer.note(report.unseen);
  for (const ModuleLoadPaths& module : report.modules) {
    const std::string name = module.kernel + " " + module.name;
    answer.badness[name + " open"] = module.denied ? 0 : 1;
    answer.badness[name + " by"] =
        static_cast<int>(AttackerPosition::none) - static_cast<int>(module.position);
    answer.badness[name + " used by"] =
        static_cast<int>(AttackerPosition::none) - static_cast<int>(module.when_loaded.position);
    for (const LoadPathVerdict& path : module.load_paths)
      answer.badness[name + " " + std::string(to_string(path.load_path))] =
          path.outcome == LoadPathOutcome::loads ? 1 : 0;
  }
  return answer;
}

Answer verified(const Facts& facts) {
  const TrustReport report = verify_trees(facts);
  Answer answer;
  answer.note(report.unseen);
  for (const VerifiedModule& module : report.modules)
    answer.badness[module.file->path] = module.verdict.status == SignatureStatus::valid ? 1 : 2;
  return answer;
}

Answer listed(const Facts& facts, bool on_disk) {
  const Inventory inventory = make_inventory(facts, {.on_disk = on_disk});
  Answer answer;
  answer.note(inventory.unseen);
  for (const ModuleRow& row : inventory.rows)
    answer.badness[row.name + (row.file == nullptr ? "" : row.file->path)] = 1;
  return answer;
}

using Answers = std::map<std::string, Answer>;

Answers ask(const Root& root) {
  CollectScope scope = whole_scope();
  scope.jobs = 1;
  scope.now = machine_root_time;
  EventOrigins origins;
  auto facts = collect(root, scope, &origins);
  if (!facts) return {};
  facts->known_cves = known_cves("2024-1000\tdummy\t\t0>6.1.1,6.2\twild\tuser\n");
  facts->known_cves->date = machine_root_time;
  return {{"audit", audited(*facts)},
          {"doors", doors_of(*facts)},
          {"verify", verified(*facts)},
          {"list", listed(*facts, false)},
          {"list --on-disk", listed(*facts, true)}};
}

std::string what_got_better(const Answer& whole, const Answer& part) {
  std::string better;
  for (const auto& [what, badness] : whole.badness) {
    const auto now = part.badness.find(what);
    if ((now == part.badness.end() ? 0 : now->second) < badness) better += " " + what;
  }
  return better;
}

bool names_a_gap(const Answer& whole, const Answer& part) {
  return !std::ranges::includes(whole.gaps, part.gaps);
}

TEST(LeftOutProperty, NothingGetsBetterUnlessAGapIsNamed) {
  const MemoryRoot machine = machine_with_one_of_each();
  const Answers whole = ask(machine);
  std::size_t checked = 0;
  for (const std::string& path : what_can_be_left_out(machine)) {
    MemoryRoot rest;
    copy_without(machine, path, "", rest);
    for (const auto& [verb, answer] : ask(rest)) {
      const std::string better = what_got_better(whole.at(verb), answer);
      EXPECT_TRUE(better.empty() || names_a_gap(whole.at(verb), answer))
          << verb << " is better without " << path << ":" << better;
    }
    ++checked;
  }
  EXPECT_GT(checked, 100U);
}

/// A loaded module without a file is one of the machine's findings, and what only its file would
/// say is a gap.
bool is_of_the_module_without_a_file(const std::string& what) {
  return what == "signature of ghost" || what == "use of ghost";
}

/// Only so does the law above say anything.
TEST(LeftOutProperty, TheWholeMachineHasFindingsAndFewGaps) {
  const Answers whole = ask(machine_with_one_of_each());
  std::size_t bad = 0;
  for (const auto& [check, badness] : whole.at("audit").badness)
    bad += static_cast<std::size_t>(badness);
  EXPECT_GT(bad, 20U);
  for (const auto& [verb, answer] : whole) {
    for (const auto& [what, why] : answer.gaps)
      EXPECT_TRUE(what.empty() || what == "audit" || what.starts_with("/") ||
                  is_of_the_module_without_a_file(what))
          << verb << ": " << what << " " << why;
  }
}

}  // namespace
}  // namespace kmodsec::test
