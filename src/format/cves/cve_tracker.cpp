// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/cve_tracker.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "format/cves/csaf_vex.hpp"
#include "format/cves/known_cves.hpp"
#include "format/cves/tracker_json.hpp"
#include "format/files/json.hpp"

namespace kmodsec {
namespace {

using nlohmann::json;

constexpr std::string_view cve_prefix = "CVE-";
constexpr std::size_t most_statements = 2'000'000;

std::unexpected<Error> wrong_tracker(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

bool is_kernel_package(std::string_view name) {
  return name == "linux" || name.starts_with("linux-") || name == "kernel";
}

/// Debian's file is of all its packages, and most of it is prose: only what is read is kept.
json parse_needed(std::string_view text) {
  if (!is_shallow_json(text)) return json(json::value_t::discarded);
  return parse_needed_json(text, [](std::size_t depth, std::string_view key) {
    constexpr std::array<std::string_view, 6> keys = {"id",       "aliases",  "upstream",
                                                      "affected", "document", "vulnerabilities"};
    if (key == "description" || key == "notes" || key == "references") return false;
    return depth > 1 || is_kernel_package(key) || std::ranges::count(keys, key) > 0 ||
           key == "withdrawn";
  });
}

std::vector<std::string> texts_of(const json& values) {
  std::vector<std::string> texts;
  for (const json& value : values)
    if (const std::string_view text = text_of(value); !text.empty()) texts.emplace_back(text);
  return texts;
}

/// "bookworm": {"status": "resolved", "fixed_version": "6.1.76-1", "repositories": {…}}.
void read_debian_release(std::string_view id, std::string_view package, std::string_view name,
                         const json& release, std::vector<TrackerStatement>& statements) {
  TrackerStatement statement{.id = std::string(id),
                             .package = utf8_text(package),
                             .stream = utf8_text(name),
                             .fixed_in = {},
                             .versions = texts_of(member(release, "repositories"))};
  const std::string_view status = text_of(member(release, "status"));
  const std::string_view fixed = text_of(member(release, "fixed_version"));
  if (status == "open")
    statement.status = TrackerStatus::affected;
  else if (status == "resolved" && fixed == "0")
    statement.status = TrackerStatus::not_affected;
  else if (status == "resolved" && !fixed.empty())
    statement.status = TrackerStatus::fixed;
  else
    return;
  if (statement.status == TrackerStatus::fixed) statement.fixed_in = utf8_text(fixed);
  statements.push_back(std::move(statement));
}

void read_debian(const json& packages, std::vector<TrackerStatement>& statements) {
  for (const auto& [package, cves] : packages.items()) {
    if (!is_kernel_package(package) || !cves.is_object()) continue;
    for (const auto& [cve, record] : cves.items()) {
      const std::string_view id = id_of(cve);
      const json& releases = member(record, "releases");
      if (id.empty() || !releases.is_object()) continue;
      for (const auto& [name, release] : releases.items())
        read_debian_release(id, package, name, release, statements);
    }
  }
}

/// The first of the names of a record that is a CVE's: "UBUNTU-CVE-2024-1086" is one, too.
std::string_view osv_id(const json& record) {
  std::vector<std::string_view> names = {text_of(member(record, "id"))};
  for (const char* const list : {"upstream", "aliases"})
    for (const json& name : member(record, list)) names.push_back(text_of(name));
  for (const std::string_view name : names) {
    const std::size_t at = name.find(cve_prefix);
    if (at == std::string_view::npos) continue;
    if (const std::string_view id = id_of(name.substr(at)); !id.empty()) return id;
  }
  return {};
}

void read_osv(const json& record, std::vector<TrackerStatement>& statements) {
  const std::string_view id = osv_id(record);
  if (id.empty() || !member(record, "withdrawn").is_null()) return;
  for (const json& affected : member(record, "affected")) {
    const json& package = member(affected, "package");
    const std::string_view name = text_of(member(package, "name"));
    if (!is_kernel_package(name)) continue;
    TrackerStatement statement{.id = std::string(id),
                               .package = utf8_text(name),
                               .stream = utf8_text(text_of(member(package, "ecosystem"))),
                               .fixed_in = {},
                               .versions = texts_of(member(affected, "versions")),
                               .lists_affected = true};
    for (const json& range : member(affected, "ranges"))
      for (const json& event : member(range, "events"))
        if (const std::string_view fixed = text_of(member(event, "fixed")); !fixed.empty())
          statement.fixed_in = utf8_text(fixed);
    if (!statement.fixed_in.empty()) statement.status = TrackerStatus::fixed;
    statements.push_back(std::move(statement));
  }
}

bool is_osv(const json& document) {
  return document.is_object() && member(document, "affected").is_array();
}

bool is_debian(const json& document) {
  return document.is_object() && std::ranges::any_of(document.items(), [](const auto& item) {
           return is_kernel_package(item.key()) && item.value().is_object();
         });
}

}  // namespace

Result<std::vector<TrackerStatement>> parse_cve_tracker(std::string_view text) {
  if (text.size() > cve_tracker_limit)
    return failure(ErrorKind::too_large, "", "larger than the file of a tracker may be");
  const json document = parse_needed(text);
  if (document.is_discarded()) return wrong_tracker("no JSON");
  std::vector<TrackerStatement> statements;
  if (document.is_array() && !document.empty() && std::ranges::all_of(document, is_osv))
    std::ranges::for_each(document, [&](const json& record) { read_osv(record, statements); });
  else if (is_osv(document))
    read_osv(document, statements);
  else if (is_csaf_vex(document))
    read_csaf_vex(document, statements);
  else if (is_debian(document))
    read_debian(document, statements);
  else
    return wrong_tracker("neither Debian's tracker, nor OSV, nor CSAF VEX");
  if (statements.size() > most_statements)
    return failure(ErrorKind::too_large, "", "more statements than a tracker may have");
  std::ranges::stable_sort(statements, {}, &TrackerStatement::id);
  return statements;
}

}  // namespace kmodsec
