// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/baseline_journal.hpp"

#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "collect/kernel/host_tools.hpp"
#include "model/names.hpp"
#include "report/baseline/baseline_report.hpp"
#include "system/host/journal.hpp"

namespace kmodsec {
namespace {

/// In the order of `ChangeKind`.
constexpr std::array<std::string_view, 3> suspicious_ids = {"95d21c077845ffd1988f603221eba5eb",
                                                            "fa9f455a7a1d981a32865e02316cb9d9",
                                                            "57155f1377c53f00ed25308d545c0809"};
constexpr std::array<std::string_view, 3> explained_ids = {"decd0d61dd10c62c8a8a524c2be01905",
                                                           "dc5d17309d2380ac70fb99ecbeafd074",
                                                           "836ff68cd6df2c281fe0b94897f960c3"};
constexpr std::string_view checked_id = "bcf1de190116e658c2289ec516116d51";

constexpr int information = 6;

int priority_of(const BaselineChange& change) {
  if (!change.is_suspicious()) return information;
  switch (change.severity) {
    case Severity::critical: return 2;
    case Severity::high: return 3;
    case Severity::medium: return 4;
    case Severity::low: break;
  }
  return 5;
}

JournalEntry entry_of(const BaselineChange& change) {
  const auto& ids = change.is_suspicious() ? suspicious_ids : explained_ids;
  const BaselineEntry& entry = change.entry();
  const std::string severity(change.is_suspicious() ? to_string(change.severity) : "");
  return {.priority = priority_of(change),
          .message = change_line(change),
          .message_id = std::string(ids.at(static_cast<std::size_t>(change.kind))),
          .fields = {{"KMODSEC_PATH", entry.file.path},
                     {"KMODSEC_KIND", std::string(to_string(entry.file.kind))},
                     {"KMODSEC_KERNEL", entry.file.kernel},
                     {"KMODSEC_SEVERITY", severity},
                     {"KMODSEC_CONCERN", change.concern},
                     {"KMODSEC_EXPLANATION", change.explanation},
                     {"KMODSEC_SHA256", entry.sha256}}};
}

JournalEntry entry_of(const BaselineReport& report) {
  const std::size_t suspicious = report.suspicious();
  return {.priority = suspicious > 0 ? 3 : information,
          .message =
              fmt::format("{} files against the baseline: {} changes, {} suspicious, {} not seen",
                          report.files, report.changes.size(), suspicious, report.unseen.size()),
          .message_id = std::string(checked_id),
          .fields = {{"KMODSEC_CHANGES", std::to_string(report.changes.size())},
                     {"KMODSEC_SUSPICIOUS", std::to_string(suspicious)},
                     {"KMODSEC_GENERATION", std::to_string(report.baseline.generation)},
                     {"KMODSEC_DIGEST", report.baseline.digest},
                     {"KMODSEC_SIGNATURE", std::string(signature_word(report.trust))}}};
}

}  // namespace

void tell_journal(const BaselineReport& report) {
  const std::string socket(journal_socket);
  for (const BaselineChange& change : report.changes) write_journal(socket, entry_of(change));
  write_journal(socket, entry_of(report));
}

}  // namespace kmodsec
