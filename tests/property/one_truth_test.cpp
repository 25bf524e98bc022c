// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whoever asks several verbs about a module gets one answer: who uses it, whether it can get in,
// how many vulnerabilities it has, whether its file is there, and what its signature is worth. The
// documents that the verbs print are compared, of a machine that runs, of a tree of files, and of
// snapshots of both.
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analyze/audit.hpp"
#include "analyze/cves/cves_report.hpp"
#include "analyze/exposure_report.hpp"
#include "analyze/inventory.hpp"
#include "analyze/loading/unload_preflight.hpp"
#include "analyze/module_details.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "analyze/trust_report.hpp"
#include "format/snapshot.hpp"
#include "property/faulty_files.hpp"
#include "report/audit_report.hpp"
#include "report/cves/cves_report.hpp"
#include "report/exposure_report.hpp"
#include "report/inventory_report.hpp"
#include "report/policy/module_change_report.hpp"
#include "report/trust_report.hpp"
#include "support/random_facts.hpp"
#include "support/reports.hpp"

namespace kmodsec::test {
namespace {

using Json = nlohmann::json;

/// A machine with tables that name some of its modules. The tables point into `names`.
struct Machine {
  Facts facts;
  KnownCves tables;
  std::deque<std::string> names;
};

std::set<std::string> modules_of_trees(const Facts& facts) {
  const std::vector<std::string> known = known_modules(facts);
  std::set<std::string> names(known.begin(), known.end());
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.files) continue;
    for (const ModuleFile& file : *tree.files) names.insert(file.name);
  }
  names.erase("");
  return names;
}

/// By their versions one is fixed, one open and one untold in a 6.1.100, of three modules each.
void add_tables(RandomFacts& random, Machine& machine) {
  for (const std::string& name : modules_of_trees(machine.facts))
    if (name.find(',') == std::string::npos) machine.names.push_back(name);
  machine.tables.date = machine.facts.time;
  for (const std::string& name : machine.names) {
    for (const char* versions : {"0>6.1.90", "0>6.1.150", ""}) {
      if (random.chance(3)) continue;
      const Exploit exploit = random.one_of({Exploit::none, Exploit::published});
      machine.tables.cves.push_back({.id = "2024-1000",
                                     .modules = name,
                                     .flags = {},
                                     .versions = versions,
                                     .exploit = exploit,
                                     .trigger = random.one_of<std::string_view>({"", "user"}),
                                     .score = {},
                                     .links = {},
                                     .title = {}});
    }
  }
  machine.tables.branches = {{"6.1", 183}};
}

/// modprobe goes by the text where there is no binary index; a version tells something.
void settle(RandomFacts& random, Facts& facts) {
  for (ModuleTree& tree : facts.trees) {
    const Error absent{ErrorKind::not_found, "modules.dep.bin", "not found"};
    if (random.chance(3)) continue;
    tree.binary_index = std::unexpected(absent);
    tree.binary_aliases = std::unexpected(absent);
  }
  if (facts.trees.empty() || random.chance(4)) return;
  const bool runs = facts.kernel.release == facts.trees.front().release;
  facts.trees.front().release = "6.1.100";
  if (runs) facts.kernel.release = "6.1.100";
}

/// Of a tree of files nothing is loaded, and the kernel tells nothing.
Facts not_running(Facts facts) {
  facts.live = false;
  facts.kernel = {};
  facts.loaded = std::unexpected(Error{ErrorKind::unsupported, "/proc/modules", "no kernel runs"});
  facts.users = std::unexpected(Error{ErrorKind::unsupported, "/sys/module", "no kernel runs"});
  return facts;
}

Facts from_snapshot(const Facts& facts) { return parse_snapshot(snapshot_of(facts)).value(); }

/// The documents of the verbs about one machine.
class Documents {
 public:
  explicit Documents(const Facts& facts) : facts_(facts), names_(modules_of_trees(facts)) {
    list_ = Json::parse(print_list_json(make_inventory(facts, {})));
    on_disk_ = Json::parse(print_list_json(make_inventory(facts, {.on_disk = true})));
    audit_ = Json::parse(print_audit_json(audit(facts)));
    loaded_ = Json::parse(print_trust_json(verify_loaded(facts)));
  }

  void expect_one_truth() const {
    for (const std::string& name : names_) {
      SCOPED_TRACE(name);
      const auto details = find_module(facts_, name);
      if (details) expect_same_of(*details);
    }
    expect_missing_files_found();
  }

 private:
  using Row = const Json*;

  static Row find(const Json& document, const char* key, const Json& value, const char* rows) {
    for (const Json& row : document.at(rows))
      if (row.at(key) == value) return &row;
    return nullptr;
  }

  /// Files of two kernels may be given one path by chance.
  static Row find_only(const Json& document, const Json& path) {
    Row found = nullptr;
    for (const Json& row : document.at("modules")) {
      if (row.at("path") != path) continue;
      if (found != nullptr) return nullptr;
      found = &row;
    }
    return found;
  }

  void expect_same_of(const ModuleDetails& found) const {
    std::vector<ModuleDetails> modules = {found};
    add_kernel_answers(facts_, modules);
    const Json verified = Json::parse(print_trust_json(verify_named(facts_, modules)));
    ModuleSelection selection{&facts_, modules, unknown_answers(modules)};
    const Json document = Json::parse(print_show_json(selection));
    const Json& show = document.at("modules").at(0);
    expect_trust_and_file(show, verified.at("modules").at(0));
    if (const Row row = find(list_, "name", show.at("name"), "modules"))
      expect_use_and_file(show, *row);
    if (const Row row = find(loaded_, "name", show.at("name"), "modules"))
      expect_trust_and_file(show, *row);
    if (show.at("path").is_string()) {
      if (const Row row = find_only(on_disk_, show.at("path"))) expect_use_and_file(show, *row);
    }
    expect_kernel_answers(found.name, show);
    expect_unload(found.name, show);
    expect_unknown_told(show, document.at("unseen"));
  }

  static void expect_trust_and_file(const Json& show, const Json& verify) {
    EXPECT_EQ(show.at("signature").at("status"), verify.at("status"));
    EXPECT_EQ(show.at("signature").at("reason"), verify.at("reason"));
    EXPECT_EQ(show.at("file_status"), verify.at("file_status"));
    EXPECT_EQ(show.at("path"), verify.at("path"));
  }

  static void expect_use_and_file(const Json& show, const Json& list) {
    for (const char* key : {"use", "unused", "used_by", "users", "loaded", "file_status", "path"})
      EXPECT_EQ(show.at(key), list.at(key)) << key;
    EXPECT_EQ(show.at("signature").at("status"), list.at("signature").at("status"));
    EXPECT_EQ(show.at("signature").at("reason"), list.at("signature").at("reason"));
  }

  /// Of each kernel there is an answer; that of the one that `show` speaks of has to be the same.
  static Row of_kernel(const Json& document, const Json& kernel) {
    return find(document, "kernel", kernel, "modules");
  }

  void expect_kernel_answers(const std::string& name, const Json& show) const {
    const Json doors =
        Json::parse(print_doors_json(answer_doors(facts_, {.modules = {name}, .requests = {}})));
    const Json cves = Json::parse(print_cves_json(answer_cves(facts_, {.modules = {name}})));
    for (const Json& one : doors.at("modules")) {
      const Row other = of_kernel(cves, one.at("kernel"));
      if (other != nullptr) expect_same_state(one, *other);
    }
    const Row door = of_kernel(doors, show.at("kernel"));
    const Row hole = of_kernel(cves, show.at("kernel"));
    ASSERT_EQ(door == nullptr, show.at("load_paths").is_null());
    if (door == nullptr) return;
    expect_same_state(show.at("load_paths"), *door);
    EXPECT_EQ(show.at("file_status"), door->at("file_status"));
    EXPECT_EQ(show.at("vulnerabilities"), door->at("vulnerabilities"));
    if (show.at("loaded") == true) {
      EXPECT_EQ(door->at("loaded"), true);
    }
    if (hole != nullptr) expect_same_vulnerabilities(show, *hole);
  }

  static void expect_same_state(const Json& one, const Json& other) {
    for (const char* key : {"presence", "loaded", "denied", "unknown", "load_state"})
      EXPECT_EQ(one.at(key), other.at(key)) << key;
  }

  static void expect_same_vulnerabilities(const Json& show, const Json& cves) {
    if (show.at("use").is_string()) {
      EXPECT_EQ(show.at("use"), cves.at("use"));
      EXPECT_EQ(show.at("unused"), cves.at("unused"));
    }
    if (show.at("vulnerabilities").is_null()) {
      EXPECT_TRUE(cves.at("cves").empty());
      return;
    }
    EXPECT_EQ(show.at("vulnerabilities"), cves.at("vulnerabilities"));
    std::map<std::string, int> counts;
    for (const Json& hole : cves.at("cves")) ++counts[hole.at("status")];
    EXPECT_EQ(cves.at("vulnerabilities").at("affected"), counts["affected"]);
    EXPECT_EQ(cves.at("vulnerabilities").at("under_investigation"), counts["under_investigation"]);
  }

  void expect_unload(const std::string& name, const Json& show) const {
    const UnloadReport report{&facts_, preflight_unload(facts_, {name}), std::nullopt};
    const Json step = Json::parse(print_unload_json(report)).at("steps").at(0);
    if (lacks_module_support(facts_)) return;  // It says that nothing can be unloaded, and no more.
    EXPECT_EQ(step.at("use"), show.at("use"));
    if (step.at("goes") == true) {
      EXPECT_NE(show.at("unused"), false);
    }
  }

  /// What is printed as unknown is a gap too, which makes the exit code 3.
  static void expect_unknown_told(const Json& show, const Json& unseen) {
    const bool says_unknown =
        (show.at("signature").at("status") == "unknown" && show.at("builtin") == false) ||
        (show.at("loaded") == true && show.at("unused").is_null()) ||
        (show.at("load_paths").is_object() &&
         show.at("load_paths").at("load_state") == "unknown") ||
        (show.at("vulnerabilities").is_object() &&
         show.at("vulnerabilities").at("under_investigation") > 0);
    EXPECT_TRUE(!says_unknown || !unseen.empty());
  }

  void expect_missing_files_found() const {
    const Row check = find(audit_, "id", "FILE-001", "checks");
    ASSERT_NE(check, nullptr);
    if (check->at("status") != "pass" && check->at("status") != "fail") return;
    std::set<std::string> found, missing;
    for (const Json& finding : check->at("findings")) found.insert(finding.at("subject"));
    for (const Json& module : list_.at("modules")) {
      if (module.at("file_status") == "gone" || module.at("file_status") == "none")
        missing.insert(module.at("name"));
    }
    EXPECT_EQ(found, missing);
  }

  const Facts& facts_;
  std::set<std::string> names_;
  Json list_, on_disk_, audit_, loaded_;
};

void expect_one_truth(Facts facts, const Machine& machine) {
  facts.known_cves = machine.tables;
  Documents(facts).expect_one_truth();
}

TEST(OneTruthProperty, NoTwoVerbsContradictEachOther) {
  RandomFacts random(7);
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    Machine machine;
    machine.facts = random.facts();
    settle(random, machine.facts);
    add_tables(random, machine);
    expect_one_truth(machine.facts, machine);
    expect_one_truth(from_snapshot(machine.facts), machine);
    const Facts tree = not_running(machine.facts);
    expect_one_truth(tree, machine);
    expect_one_truth(from_snapshot(tree), machine);
    if (testing::Test::HasFailure()) return;
  }
}

/// What a snapshot cannot know is unknown, and nothing else differs.
TEST(OneTruthProperty, ASnapshotAnswersAsTheMachineDid) {
  RandomFacts random(8);
  for (int round = 0; round < 60; ++round) {
    Machine machine;
    machine.facts = random.facts();
    settle(random, machine.facts);
    add_tables(random, machine);
    Facts again = from_snapshot(machine.facts);
    machine.facts.known_cves = machine.tables;
    again.known_cves = machine.tables;
    const std::set<std::string> names = modules_of_trees(machine.facts);
    const std::vector<std::string> asked(names.begin(), names.end());
    ASSERT_EQ(print_doors_json(answer_doors(again, {.modules = asked, .requests = {}})),
              print_doors_json(answer_doors(machine.facts, {.modules = asked, .requests = {}})));
    ASSERT_EQ(print_cves_json(answer_cves(again, {.modules = asked})),
              print_cves_json(answer_cves(machine.facts, {.modules = asked})));
  }
}

TEST(OneTruthProperty, FaultyFilesAreTheSameToAllVerbs) {
  RandomFacts random(9);
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(round);
    Machine machine;
    machine.facts = host_with_faulty_files(random);
    add_tables(random, machine);
    expect_one_truth(machine.facts, machine);
    expect_one_truth(from_snapshot(machine.facts), machine);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace kmodsec::test
