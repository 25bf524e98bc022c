// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <utility>

#include "analyze/lean_export.hpp"
#include "analyze/usage/host_shares.hpp"
#include "analyze/usage/keep_set.hpp"
#include "app/machine.hpp"
#include "app/usage/learn.hpp"
#include "app/usage/other_hosts.hpp"
#include "app/usage/record_place.hpp"
#include "model/check.hpp"
#include "report/usage/keep_set_report.hpp"
#include "report/usage/lean_export_report.hpp"

namespace kmodsec {
namespace {

CollectScope scope_of_proposal() {
  return {.files = FileScope::loaded,
          .parts = {Part::indexes, Part::users, Part::posture, Part::masked, Part::load_config,
                    Part::initramfs_images, Part::other_kernels, Part::changes, Part::usage}};
}

std::span<const KeepClass> classes_of(const Facts& facts) {
  return facts.policy ? std::span<const KeepClass>(facts.policy->keep_classes)
                      : std::span<const KeepClass>();
}

/// An empty record proposes to close what nobody has looked for.
void note_record(const Facts& facts, bool has_others, std::vector<Unseen>& unseen) {
  note_unseen(facts.usage, unseen);
  if (facts.usage && facts.usage->is_empty() && !has_others)
    unseen.push_back(
        {"what this host uses", "nothing was recorded yet: see 'kmodsec learn record'"});
}

/// The keep set of this host, or of a union with the others.
Result<KeepSetReport> propose(const LearnOptions& options, const Facts& facts) {
  KeepSetReport report{.facts = &facts, .set = {}, .hosts = {}, .unseen = {}};
  std::vector<UsageRecord> records;
  if (facts.usage) records.push_back(*facts.usage);
  auto others = read_other_hosts(options, scope_of_proposal(), facts.time);
  if (!others) return std::unexpected(others.error());
  KeepSet own;
  if (!others->hosts.empty())
    own = keep_set(facts, records, classes_of(facts), KeepSetDetail::names);
  for (const OtherHost& host : others->hosts) records.push_back(host.record);
  report.set = keep_set(facts, records, classes_of(facts));
  report.hosts = host_shares(others->hosts, own, report.set);
  report.unseen = report.set.unseen;
  std::ranges::copy(others->unseen, std::back_inserter(report.unseen));
  note_record(facts, !others->hosts.empty(), report.unseen);
  return report;
}

/// With the record that --store names.
Result<Facts> read_facts(const LearnOptions& options) {
  auto facts = read_machine(options, scope_of_proposal());
  if (!facts || options.store.empty()) return facts;
  facts->usage = read_record(options);
  if (!facts->usage) return std::unexpected(facts->usage.error());
  return facts;
}

using ExportPrinter = std::string (*)(const LeanExport&);

/// Nothing for text and JSON, which say more than what is closed.
ExportPrinter export_printer(std::string_view format) {
  constexpr std::pair<std::string_view, ExportPrinter> printers[] = {
      {"modprobe.d", print_lean_modprobe},
      {"ansible", print_lean_ansible},
      {"nix", print_lean_nix},
      {"ignition", print_lean_ignition},
      {"dracut", print_lean_dracut},
      {"names", print_lean_names}};
  for (const auto& [name, printer] : printers) {
    if (name == format) return printer;
  }
  return nullptr;
}

std::string print(const LearnOptions& options, const Style& style, KeepSetReport& report) {
  if (const auto printer = export_printer(options.format))
    return printer(lean_export(report.set, *report.facts, report.unseen));
  return options.format == "json" ? print_keep_set_json(report)
                                  : print_keep_set_text(report, style, options.verbose);
}

}  // namespace

Result<Answer> learn_propose(const LearnOptions& options, const Style& style) {
  const auto facts = read_facts(options);
  if (!facts) return std::unexpected(facts.error());
  auto report = propose(options, *facts);
  if (!report) return std::unexpected(report.error());
  std::string text = print(options, style, *report);
  sort_unique(report->unseen);
  const bool has_wrong_names = !report->set.unknown.empty();
  return Answer{std::move(text), outcome_of(report->unseen, has_wrong_names), report->unseen};
}

}  // namespace kmodsec
