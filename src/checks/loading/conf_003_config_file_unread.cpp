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

std::string reason_of(const UnreadFile& file) {
  return file.reason.empty() ? "as its name does not end in .conf" : file.reason;
}

Finding finding_of(const UnreadFile& file) {
  const bool asks = file.lines.empty();
  const std::size_t count = asks ? file.requests.size() : file.lines.size();
  return {
      file.path,
      fmt::format("is not read, {}; {}: {}", reason_of(file),
                  asks ? "modules that it names" : "lines in it", count),
      {asks ? Evidence{file.path, {}, file.requests.front()} : evidence_of(file.lines.front())}};
}

bool would_say_something(const UnreadFile& file) {
  return !file.lines.empty() || !file.requests.empty();
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const UnreadFile& file : facts.load->unread) {
    if (file.shadowed_by.empty() && would_say_something(file) && !is_copy(file.path))
      findings.push_back(finding_of(file));
  }
  sort_by_subject(findings);
  return judge(std::move(findings), unseen_configuration(facts));
}

}  // namespace

extern const Check conf_003_config_file_unread{
    .id = "CONF-003",
    .title = "Every file of modprobe.d and modules-load.d is read",
    .fault = "A file of modprobe.d or modules-load.d is not read",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The folders modprobe.d and modules-load.d, and the old places of such files. It fails for "
        "each file with lines in it that no program reads.",
    .rationale =
        "modprobe, and what loads modules-load.d, read only files whose names end in .conf, and "
        "silently ignore the others, and folders in these folders. Whoever wrote a deny into "
        "/etc/modprobe.d/usb believes that it counts. /etc/modprobe.conf is read by busybox alone, "
        "and /etc/modules only by an init whose scripts read it, or where a link in modules-load.d "
        "leads to it. Copies that editors and package managers leave behind (.bak, .orig, "
        ".dpkg-old and the like) are not reported.",
    .remedy =
        "Move the file into the folder itself, under a name that ends in .conf, or remove it.",
    .references = {"man:modprobe.d(5)", "man:modules-load.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
