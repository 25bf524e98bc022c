// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cve_record.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include <nlohmann/json.hpp>

#include "base/source_path.hpp"
#include "base/text.hpp"
#include "format/json.hpp"

namespace kmodsec {
namespace {

using nlohmann::json;

constexpr std::size_t most_files = 20'000;

std::unexpected<Error> wrong(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

/// The members of an array or object; of anything else none.
const json& member(const json& parent, const char* name) {
  static const json nothing;
  if (!parent.is_object()) return nothing;
  const auto found = parent.find(name);
  return found == parent.end() ? nothing : *found;
}

std::string_view text_of(const json& value) {
  return value.is_string() ? std::string_view(value.get_ref<const std::string&>())
                           : std::string_view();
}

Result<std::vector<std::string>> files_of(const json& cna) {
  std::vector<std::string> files;
  for (const json& affected : member(cna, "affected")) {
    for (const json& file : member(affected, "programFiles")) {
      const std::string_view path = text_of(file);
      if (!is_source_path(path)) return wrong("names a file that is none of a source tree");
      if (files.size() == most_files) return wrong("names too many files");
      files.emplace_back(path);
    }
  }
  std::ranges::sort(files);
  files.erase(std::ranges::unique(files).begin(), files.end());
  if (files.empty()) return wrong("names no file");
  return files;
}

/// "CVSS:3.1/AV:N/AC:L/…" as its eight letters; empty when it is another vector.
std::string score_of(std::string_view vector) {
  constexpr std::array<std::string_view, 9> metrics = {"CVSS", "AV", "AC", "PR", "UI",
                                                       "S",    "C",  "I",  "A"};
  const std::vector<std::string_view> parts = split(vector, '/');
  if (parts.size() < metrics.size() || parts[0] != "CVSS:3.1") return {};
  std::string score;
  for (std::size_t i = 1; i < metrics.size(); ++i) {
    const bool fits = parts[i].size() == metrics[i].size() + 2 &&
                      parts[i].starts_with(metrics[i]) && parts[i][metrics[i].size()] == ':' &&
                      std::string_view("ACHLNPRU").contains(parts[i].back());
    if (!fits) return {};
    score += parts[i].back();
  }
  return score;
}

bool names_user_namespaces(std::string_view reason) {
  constexpr std::array<std::string_view, 6> names = {"user namespace", "userns",  "user_ns",
                                                     "ns_capable",     "newuser", "unshare"};
  std::string lower(reason);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
    return static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
  });
  return std::ranges::any_of(names, [&](auto name) { return lower.contains(name); });
}

bool reasons_name_user_namespaces(const json& metric) {
  bool found = false;
  for (const json& scenario : member(metric, "scenarios")) {
    for_each_line(text_of(member(scenario, "value")), [&](std::string_view line, std::size_t) {
      found = found || (line.starts_with("PR:") && names_user_namespaces(line));
    });
  }
  return found;
}

}  // namespace

Result<CveRecord> parse_cve_record(std::string_view text) {
  const json document = parse_json(text);
  if (document.is_discarded()) return wrong("no JSON");
  const json& cna = member(member(document, "containers"), "cna");
  auto files = files_of(cna);
  if (!files) return std::unexpected(files.error());
  CveRecord record{.files = std::move(*files)};
  for (const json& metric : member(cna, "metrics")) {
    if (!record.score.empty()) break;
    record.score = score_of(text_of(member(member(metric, "cvssV3_1"), "vectorString")));
    record.speaks_of_userns = reasons_name_user_namespaces(metric);
  }
  return record;
}

}  // namespace kmodsec
