// SPDX-License-Identifier: GPL-2.0-or-later
//
// Each path that the verbs read which look at every module is made unreadable in turn: an answer
// that is another one then says that something was not seen.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "analyze/auditd/event_origins.hpp"
#include "analyze/baseline/baseline_changes.hpp"
#include "analyze/inventory.hpp"
#include "analyze/trust_report.hpp"
#include "app/baseline/baseline_recording.hpp"
#include "collect/collect.hpp"
#include "model/names.hpp"
#include "support/faulty_root.hpp"
#include "support/machine_root.hpp"

namespace kmodsec::test {
namespace {

/// What a verb tells, and whether its exit code says that this is not all.
struct Answer {
  std::set<std::string> told;
  bool is_clean = true;
};

using Ask = std::function<Answer(const Root&)>;

/// A module behind a link, one that an index alone names, one in an external folder.
MemoryRoot machine_with_modules_elsewhere() {
  MemoryRoot machine = machine_root();
  machine.add_file("/opt/linked/deep/linked.ko", "a module");
  machine.add_link("/lib/modules/6.1.0-9-test/extra", "/opt/linked");
  machine.add_file("/srv/named.bin", "a module");
  machine.add_file("/lib/modules/6.1.0-9-test/modules.dep", "/srv/named.bin:\n");
  machine.add_file("/opt/external/external.ko", "a module");
  machine.add_file("/etc/depmod.d/external.conf", "external * /opt/external\n");
  return machine;
}

Result<Facts> facts_of(const Root& root) {
  CollectScope scope = whole_scope();
  scope.jobs = 1;
  EventOrigins origins;
  return collect(root, scope, &origins);
}

Answer verify_all(const Root& root) {
  const auto facts = facts_of(root);
  if (!facts) return {{}, false};
  const TrustReport report = verify_trees(*facts);
  Answer answer{{}, report.unseen.empty()};
  for (const VerifiedModule& module : report.modules) {
    answer.told.insert(module.file->path + " " + std::string(to_string(module.verdict.status)));
    answer.is_clean = answer.is_clean && module.verdict.status != SignatureStatus::unknown;
  }
  return answer;
}

Answer list_on_disk(const Root& root) {
  const auto facts = facts_of(root);
  if (!facts) return {{}, false};
  const Inventory inventory = make_inventory(*facts, {.on_disk = true});
  Answer answer{{}, inventory.unseen.empty()};
  for (const ModuleRow& row : inventory.rows) answer.told.insert(row.file->path);
  return answer;
}

Answer create_baseline(const Root& root) {
  const auto recording = record(root, Options{.quiet = true});
  if (!recording) return {{}, false};
  Answer answer{{}, recording->unseen.empty()};
  for (const BaselineEntry& entry : recording->entries)
    answer.told.insert(entry.file.path + " " + entry.sha256);
  return answer;
}

/// Against a baseline of the machine as it is when all can be read.
Ask check_baseline(const Root& machine) {
  const std::vector<BaselineEntry> known = record(machine, Options{.quiet = true})->entries;
  return [known](const Root& root) -> Answer {
    const auto recording = record(root, Options{.quiet = true}, known);
    if (!recording) return {{}, false};
    Answer answer{{}, recording->unseen.empty()};
    for (const BaselineChange& change : find_changes(known, recording->entries))
      answer.told.insert(change.entry().file.path);
    return answer;
  };
}

void expect_gaps_to_be_told(const Root& machine, const Ask& ask, std::size_t least_told) {
  FaultyRoot observer(machine);
  const Answer truth = ask(observer);
  EXPECT_GE(truth.told.size(), least_told);
  ASSERT_GT(observer.asked().size(), 10U);
  for (const ErrorKind kind : {ErrorKind::denied, ErrorKind::io, ErrorKind::too_large}) {
    for (const std::string& path : observer.asked()) {
      FaultyRoot faulty(machine);
      faulty.fail_on(path, kind);
      const Answer answer = ask(faulty);
      EXPECT_TRUE(!answer.is_clean || answer.told == truth.told) << path;
    }
  }
}

TEST(WholeTreeWithAFault, IsNotVerifiedAsIfItWereWhole) {
  expect_gaps_to_be_told(machine_with_modules_elsewhere(), verify_all, 5);
}

TEST(WholeTreeWithAFault, IsNotListedAsIfItWereWhole) {
  expect_gaps_to_be_told(machine_with_modules_elsewhere(), list_on_disk, 5);
}

TEST(WholeTreeWithAFault, IsNotRecordedAsIfItWereWhole) {
  expect_gaps_to_be_told(machine_with_modules_elsewhere(), create_baseline, 8);
}

TEST(WholeTreeWithAFault, IsNotHeldAgainstABaselineAsIfItWereWhole) {
  const MemoryRoot machine = machine_with_modules_elsewhere();
  expect_gaps_to_be_told(machine, check_baseline(machine), 0);
}

}  // namespace
}  // namespace kmodsec::test
