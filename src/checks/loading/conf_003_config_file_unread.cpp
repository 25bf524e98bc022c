// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

/// What editors, package managers and people call a file that is not to be read.
constexpr std::array<std::string_view, 9> endings_of_copies = {
    "~", ".bak", ".orig", ".old", ".save", ".swp", ".disabled", ".rpmsave", ".rpmnew"};

bool is_copy(std::string_view path) {
  return path.find(".dpkg-") != std::string_view::npos ||
         path.find(".ucf-") != std::string_view::npos ||
         std::ranges::any_of(endings_of_copies,
                             [&](std::string_view ending) { return path.ends_with(ending); });
}

Finding finding_of(const UnreadFile& file) {
  return {file.path,
          fmt::format("is not read, as its name does not end in .conf; lines in it: {}",
                      file.lines.size()),
          {evidence_of(file.lines.front())}};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const UnreadFile& file : facts.load->unread) {
    if (file.shadowed_by.empty() && !file.lines.empty() && !is_copy(file.path))
      findings.push_back(finding_of(file));
  }
  sort_by_subject(findings);
  return judge(std::move(findings), unseen_configuration(facts));
}

}  // namespace

extern const Check conf_003_config_file_unread{
    .id = "CONF-003",
    .title = "Every file of modprobe.d is read",
    .fault = "A file of modprobe.d is not read",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .rationale =
        "modprobe reads only files whose names end in .conf, and passes over the others "
        "without a word. Whoever wrote a deny into /etc/modprobe.d/usb believes that it "
        "counts. Copies that editors and package managers leave behind (.bak, .orig, "
        ".dpkg-old and the like) are not named here.",
    .remedy = "Rename the file so that it ends in .conf, or remove it.",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
