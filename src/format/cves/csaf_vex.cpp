// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/csaf_vex.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "format/cves/tracker_json.hpp"

namespace kmodsec {
namespace {

using nlohmann::json;

constexpr std::string_view package_mark = ":kernel-0:";
constexpr std::string_view product_end = ":kernel";

/// "…:kernel-0:5.14.0-427.13.1.el9_4.x86_64" → "5.14.0-427.13.1.el9_4"; nothing for what names no
/// version of a kernel.
std::optional<std::string_view> version_of(std::string_view product) {
  const std::size_t at = product.rfind(package_mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view version = product.substr(at + package_mark.size());
  const std::size_t dot = version.rfind('.');
  if (dot == std::string_view::npos || !version.contains(".el")) return std::nullopt;
  return version.substr(0, dot);
}

/// "red_hat_enterprise_linux_9:kernel" → "9".
std::optional<std::string_view> release_of(std::string_view product) {
  constexpr std::string_view start = "red_hat_enterprise_linux_";
  if (!product.starts_with(start) || !product.ends_with(product_end)) return std::nullopt;
  product.remove_prefix(start.size());
  product.remove_suffix(product_end.size());
  const bool is_number =
      !product.empty() && std::ranges::all_of(product, [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::optional(product) : std::nullopt;
}

void read_fixed(std::string_view id, const json& products,
                std::vector<TrackerStatement>& statements) {
  for (const json& product : products) {
    const auto version = version_of(text_of(product));
    if (!version) continue;
    statements.push_back({.id = std::string(id),
                          .package = "kernel",
                          .stream = utf8_text(version->substr(version->rfind(".el") + 1)),
                          .status = TrackerStatus::fixed,
                          .fixed_in = utf8_text(*version),
                          .versions = {utf8_text(*version)}});
  }
}

void read_unversioned(std::string_view id, const json& products, TrackerStatus status,
                      std::vector<TrackerStatement>& statements) {
  for (const json& product : products) {
    const auto release = release_of(text_of(product));
    if (!release) continue;
    statements.push_back({.id = std::string(id),
                          .package = "kernel",
                          .stream = "el" + std::string(*release),
                          .status = status,
                          .fixed_in = {},
                          .versions = {}});
  }
}

}  // namespace

bool is_csaf_vex(const json& document) {
  return text_of(member(member(document, "document"), "category")) == "csaf_vex" &&
         member(document, "vulnerabilities").is_array();
}

void read_csaf_vex(const json& document, std::vector<TrackerStatement>& statements) {
  for (const json& vulnerability : member(document, "vulnerabilities")) {
    const std::string_view id = id_of(text_of(member(vulnerability, "cve")));
    if (id.empty()) continue;
    const json& status = member(vulnerability, "product_status");
    read_fixed(id, member(status, "fixed"), statements);
    read_unversioned(id, member(status, "known_not_affected"), TrackerStatus::not_affected,
                     statements);
    read_unversioned(id, member(status, "known_affected"), TrackerStatus::affected, statements);
  }
}

}  // namespace kmodsec
