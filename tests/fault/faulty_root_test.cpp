// SPDX-License-Identifier: GPL-2.0-or-later
//
// Each path that an audit reads is made unreadable in turn. The audit must not crash, and no check
// may pass that would not pass with the path readable: a fault never improves a verdict.
#include "support/faulty_root.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "analyze/audit.hpp"
#include "collect/collect.hpp"
#include "support/machine_root.hpp"

namespace kmodsec::test {
namespace {

using Statuses = std::map<std::string, Status>;

CollectScope audit_scope() {
  CollectScope scope = whole_scope();
  scope.files = FileScope::loaded;
  return scope;
}

Statuses audit_of(const Root& root, std::size_t& unseen) {
  const auto facts = collect(root, audit_scope());
  if (!facts) {
    unseen = 1;
    return {};
  }
  const AuditReport report = audit(*facts);
  unseen = report.unseen.size();
  Statuses statuses;
  for (const CheckResult& result : report.results)
    statuses[std::string(result.check->id)] = result.verdict.status;
  return statuses;
}

TEST(FaultyRoot, TheHealthyMachineIsClean) {
  const MemoryRoot machine = machine_root();
  std::size_t unseen = 0;
  for (const auto& [id, status] : audit_of(machine, unseen))
    EXPECT_TRUE(status == Status::pass || status == Status::not_applicable) << id;
  EXPECT_EQ(unseen, 0U);
}

struct Kind {
  const char* name;
  ErrorKind kind;
};

class Fault : public testing::TestWithParam<Kind> {};

TEST_P(Fault, NeverImprovesAVerdict) {
  MemoryRoot machine = machine_root();
  machine.add_file("/proc/sys/kernel/tainted", "12288\n");
  machine.add_file("/proc/modules",
                   "dummy 16384 0 - Live 0xffffffffc0a00000 (E)\nghost 1 0 - Live 0x1\n");
  machine.add_file("/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
  machine.add_file("/sys/module/module/parameters/sig_enforce", "N\n");
  machine.add_file("/lib/modules/6.1.0-9-test/kernel/drivers/net/dummy.ko", "damaged", 0666);
  FaultyRoot observer(machine);
  std::size_t unseen = 0;
  const Statuses truth = audit_of(observer, unseen);
  ASSERT_GT(observer.asked().size(), 30U);

  for (const std::string& path : observer.asked()) {
    FaultyRoot faulty(machine);
    faulty.fail_on(path, GetParam().kind);
    for (const auto& [id, status] : audit_of(faulty, unseen)) {
      if (status == Status::pass) {
        EXPECT_EQ(truth.at(id), Status::pass) << id << " passes without " << path;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Fault,
                         testing::Values(Kind{"Denied", ErrorKind::denied},
                                         Kind{"Io", ErrorKind::io},
                                         Kind{"TooLarge", ErrorKind::too_large}),
                         [](const auto& test) { return std::string(test.param.name); });

/// Files whose absence has a meaning of its own are left out of "a gap is always told".
TEST(FaultyRoot, AGapInWhatMattersIsTold) {
  const MemoryRoot machine = machine_root();
  for (const std::string path :
       {"/proc/modules", "/proc/sys/kernel/tainted", "/proc/sys/kernel/modules_disabled",
        "/proc/sys/kernel/modprobe", "/proc/cmdline", "/dev/kmsg", "/sys/kernel/security/lockdown",
        "/sys/module/module/parameters/sig_enforce", "/sys/firmware/efi",
        "/lib/modules/6.1.0-9-test", "/lib/modules", "/etc/modprobe.d", "/var/lib/dpkg/status",
        "/lib/modules/6.1.0-9-test/kernel/drivers/net/dummy.ko", "/usr/bin/kmod"}) {
    FaultyRoot faulty(machine);
    faulty.fail_on(path, ErrorKind::denied);
    std::size_t unseen = 0;
    audit_of(faulty, unseen);
    EXPECT_GT(unseen, 0U) << path;
  }
}

}  // namespace
}  // namespace kmodsec::test
