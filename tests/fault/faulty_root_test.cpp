// SPDX-License-Identifier: GPL-2.0-or-later
//
// Each path that an audit reads is made unreadable in turn. The audit must not crash, and no check
// may pass that would not pass with the path readable: a fault never improves a verdict.
#include "support/faulty_root.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "analyze/audit.hpp"
#include "analyze/auditd/event_origins.hpp"
#include "collect/collect.hpp"
#include "collect/modules/loaded_modules.hpp"
#include "support/efi_lists.hpp"
#include "support/known_cves_builder.hpp"
#include "support/machine_root.hpp"

namespace kmodsec::test {
namespace {

using Statuses = std::map<std::string, Status>;

CollectScope audit_scope() {
  CollectScope scope = whole_scope();
  scope.files = FileScope::loaded;
  scope.now = machine_root_time;
  return scope;
}

Statuses audit_of(const Root& root, std::size_t& unseen) {
  EventOrigins origins;
  auto facts = collect(root, audit_scope(), &origins);
  if (!facts) {
    unseen = 1;
    return {};
  }
  facts->known_cves = known_cves("2024-1000\tdummy\t\t0>6.1.1,6.2\twild\tuser\n");
  facts->known_cves->date = machine_root_time;
  const AuditReport report = audit(*facts);
  unseen = report.unseen.size();
  Statuses statuses;
  for (const CheckResult& result : report.results)
    statuses[std::string(result.check->id)] = result.verdict.status;
  return statuses;
}

/// What no file tells, but the running kernel alone.
const std::set<std::string> only_live = {"AUDITD-001", "AUDITD-002", "AUDITD-004", "AUDITD-005"};

TEST(FaultyRoot, TheHealthyMachineIsClean) {
  const MemoryRoot machine = machine_root();
  std::size_t unseen = 0;
  for (const auto& [id, status] : audit_of(machine, unseen)) {
    if (id == "FILE-011") continue;  // its indexes are the text alone
    const bool is_clean = status == Status::pass || status == Status::not_applicable;
    EXPECT_NE(is_clean, only_live.contains(id)) << id;
  }
  EXPECT_EQ(unseen, 1U);
}

struct Kind {
  const char* name;
  ErrorKind kind;
};

class Fault : public testing::TestWithParam<Kind> {};

/// Takes away each path that an audit of the machine asks for.
void expect_no_fault_to_improve(const Root& machine, ErrorKind kind) {
  FaultyRoot observer(machine);
  std::size_t unseen = 0;
  const Statuses truth = audit_of(observer, unseen);
  ASSERT_GT(observer.asked().size(), 30U);
  for (const std::string& path : observer.asked()) {
    FaultyRoot faulty(machine);
    faulty.fail_on(path, kind);
    for (const auto& [id, status] : audit_of(faulty, unseen)) {
      if (status == Status::pass) {
        EXPECT_EQ(truth.at(id), Status::pass) << id << " passes without " << path;
      }
    }
  }
}

/// The owner of the machine has revoked the key that signs its modules.
MemoryRoot machine_with_a_revoked_key() {
  MemoryRoot machine = machine_root();
  machine.add_file("/sys/firmware/efi/mok-variables/MokListXRT",
                   efi_list(efi_x509, {machine_root_certificate()}));
  machine.add_file("/sys/firmware/efi/efivars/dbx-d719b2cb-3d3a-4596-a3bc-dad00e67656f",
                   std::string(4, '\0') + efi_list(efi_sha256, {std::string(32, 'd')}));
  return machine;
}

/// A deny that does not hold, in a policy that asks for it, and one of what is loaded.
MemoryRoot machine_with_an_open_deny() {
  MemoryRoot machine = machine_root();
  machine.add_file("/etc/kmodsec/policy.toml",
                   "[deny]\nmodules = [\"loop\"]\n[[exception]]\nmodule = \"dummy\"\n"
                   "until = 2020-01-01T00:00:00Z\nreason = \"a test\"\n");
  machine.add_file("/etc/modprobe.d/loop.conf", "blacklist loop\n");
  machine.add_file("/etc/modprobe.d/zdummy.conf", "install dummy /bin/false\n");
  machine.add_file("/etc/modprobe.d/ignored", "install loop /bin/false\n");
  return machine;
}

TEST_P(Fault, NeverImprovesARevokedKey) {
  const MemoryRoot machine = machine_with_a_revoked_key();
  std::size_t unseen = 0;
  ASSERT_EQ(audit_of(machine, unseen).at("SIG-005"), Status::fail);
  expect_no_fault_to_improve(machine, GetParam().kind);
}

TEST_P(Fault, NeverImprovesAnOpenDeny) {
  const MemoryRoot machine = machine_with_an_open_deny();
  std::size_t unseen = 0;
  const Statuses truth = audit_of(machine, unseen);
  for (const std::string id : {"POLICY-003", "CONF-012", "CONF-013"})
    ASSERT_EQ(truth.at(id), Status::fail) << id;
  expect_no_fault_to_improve(machine, GetParam().kind);
}

TEST_P(Fault, NeverImprovesAVerdict) {
  MemoryRoot machine = machine_root();
  machine.add_file("/proc/sys/kernel/tainted", "12288\n");
  machine.add_file("/proc/modules",
                   "dummy 16384 0 - Live 0xffffffffc0a00000 (E)\nghost 1 0 - Live 0x1\n");
  machine.add_file("/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
  machine.add_file("/sys/module/module/parameters/sig_enforce", "N\n");
  machine.add_file("/lib/modules/6.1.0-9-test/kernel/drivers/net/dummy.ko", "damaged", 0666);
  expect_no_fault_to_improve(machine, GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Fault,
                         testing::Values(Kind{"Denied", ErrorKind::denied},
                                         Kind{"Io", ErrorKind::io},
                                         Kind{"TooLarge", ErrorKind::too_large}),
                         [](const auto& test) { return std::string(test.param.name); });

/// Files whose absence has a meaning of its own are left out of "a gap is always shown".
TEST(FaultyRoot, AGapInWhatMattersIsTold) {
  const MemoryRoot machine = machine_root();
  for (const std::string path :
       {"/proc/modules", "/proc/sys/kernel/osrelease", "/proc/sys/kernel/tainted",
        "/proc/sys/kernel/modules_disabled", "/proc/sys/kernel/modprobe", "/proc/cmdline",
        "/dev/kmsg", "/sys/kernel/security/lockdown", "/sys/module/module/parameters/sig_enforce",
        "/sys/firmware/efi", "/lib/modules/6.1.0-9-test", "/lib/modules", "/etc/modprobe.d",
        "/var/lib/dpkg/status", "/lib/modules/6.1.0-9-test/kernel/drivers/net/dummy.ko",
        "/usr/bin/kmod"}) {
    FaultyRoot faulty(machine);
    faulty.fail_on(path, ErrorKind::denied);
    std::size_t unseen = 0;
    audit_of(faulty, unseen);
    EXPECT_GT(unseen, 0U) << path;
  }
}

/// Of two files with the name of a loaded module that no index names, either may be its file.
TEST(FaultyRoot, AFolderThatMayHaveTheFileOfALoadedModuleIsAGap) {
  MemoryRoot machine = machine_root();
  machine.add_file("/lib/modules/6.1.0-9-test/modules.dep", "");
  machine.add_file("/lib/modules/6.1.0-9-test/extra/dummy.ko", "no module");
  FaultyRoot faulty(machine);
  faulty.fail_on("/lib/modules/6.1.0-9-test/extra", ErrorKind::denied);
  const auto facts = collect(faulty, {.files = FileScope::loaded});
  ASSERT_TRUE(facts);
  ASSERT_EQ(facts->trees.size(), 1U);
  EXPECT_FALSE(facts->trees.front().unseen.empty());
}

/// Where /proc/modules is empty, /sys/module alone tells whether that is true.
TEST(FaultyRoot, NoModulesIsNoAnswerWhileSysfsCannotBeListed) {
  MemoryRoot machine = machine_root();
  machine.add_file("/proc/modules", "");
  FaultyRoot faulty(machine);
  faulty.fail_on("/sys/module", ErrorKind::denied);
  std::size_t unseen = 0;
  audit_of(faulty, unseen);
  EXPECT_GT(unseen, 0U);
  std::vector<Unseen> gaps;
  EXPECT_FALSE(collect_loaded_modules(faulty, gaps));
}

}  // namespace
}  // namespace kmodsec::test
