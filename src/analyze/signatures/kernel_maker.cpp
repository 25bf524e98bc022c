// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/kernel_maker.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 5> machines = {"x86_64", "aarch64", "ppc64le", "s390x",
                                                      "riscv64"};

constexpr std::array<std::string_view, 6> red_hat_keys = {
    "Fedora kernel signing key",        "Red Hat Enterprise Linux kernel signing key",
    "CentOS Stream kernel signing key", "CentOS kernel signing key",
    "AlmaLinux kernel signing key",     "Rocky kernel signing key"};

bool is_number(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, is_digit);
}

/// Takes a number off the front.
bool take_number(std::string_view& text) {
  const std::size_t before = text.size();
  while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  return text.size() < before;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// "6.1" of "6.1.192-2", and of "6.1.0-57-amd64".
std::string_view series_of(std::string_view version) {
  std::string_view rest = version;
  if (!take_number(rest) || !take(rest, ".") || !take_number(rest)) return {};
  return version.substr(0, version.size() - rest.size());
}

/// What Debian itself adds to a version: "~bpo12+1", "+b1", "+deb13u1", "~exp1". Other builders add
/// other words, as "+rpt1" of the Raspberry Pi.
bool is_debian_suffix(std::string_view text) {
  constexpr std::array<std::string_view, 4> words = {"bpo", "deb", "exp", "b"};
  while (!text.empty()) {
    if (!take(text, "+") && !take(text, "~")) return false;
    const auto* const word = std::ranges::find_if(
        words, [&](std::string_view known) { return text.starts_with(known); });
    if (word != words.end()) text.remove_prefix(word->size());
    if (!take_number(text)) return false;
    if (take(text, "u") && !take_number(text)) return false;
  }
  return true;
}

/// "6.1.192-2", of the package of the source.
bool is_debian_version(std::string_view version) {
  const std::string_view series = series_of(version);
  if (series.empty()) return false;
  version.remove_prefix(series.size());
  if (take(version, ".") && !take_number(version)) return false;
  return take(version, "-") && take_number(version) && is_debian_suffix(version);
}

bool is_date(std::string_view text) {
  return text.size() == 12 && text.starts_with("(") && text.ends_with(")") &&
         is_number(text.substr(1, 4)) && text[5] == '-' && is_number(text.substr(6, 2)) &&
         text[8] == '-' && is_number(text.substr(9, 2));
}

/// "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-14)". Read in the sources of 6.1 and 6.12.
bool is_debian(const BuildMarks& marks) {
  constexpr std::string_view first_proven = "6.1";
  const std::vector<std::string_view> words = split(marks.banner, ' ');
  if (words.size() < 4 || words[words.size() - 3] != "Debian") return false;
  const std::string_view version = words[words.size() - 2];
  const std::string_view series = series_of(version);
  return is_debian_version(version) && is_date(words.back()) &&
         series == series_of(marks.release) && !version_less(series, first_proven);
}

/// "fc44", "el9", "el9_4".
bool is_distribution_word(std::string_view word) {
  if (take(word, "fc")) return is_number(word);
  if (!take(word, "el") || !take_number(word)) return false;
  while (!word.empty()) {
    if (!take(word, "_") || !take_number(word)) return false;
  }
  return true;
}

/// "5.14.0-427.13.1.el9_4.x86_64": numbers, the distribution, perhaps numbers, the machine.
bool has_red_hat_form(std::string_view release) {
  const std::size_t dash = release.find('-');
  if (dash == std::string_view::npos || release.find_first_of("+-", dash + 1) != release.npos)
    return false;
  const auto version = split(release.substr(0, dash), '.');
  if (version.size() != 3 || !std::ranges::all_of(version, is_number)) return false;
  const auto words = split(release.substr(dash + 1), '.');
  if (words.size() < 3 || std::ranges::find(machines, words.back()) == machines.end()) return false;
  std::size_t at = 0;
  while (is_number(words[at])) ++at;
  if (at == 0 || !is_distribution_word(words[at])) return false;
  return std::all_of(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end() - 1,
                     is_number);
}

/// A name may have the organisation before it, as the kernel shows it.
bool has_red_hat_key(const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [](std::string_view name) {
    return std::ranges::any_of(red_hat_keys,
                               [&](std::string_view known) { return name.ends_with(known); });
  });
}

}  // namespace

KernelMaker maker_of(const BuildMarks& marks) {
  if (is_debian(marks)) return KernelMaker::debian;
  if (has_red_hat_form(marks.release) && has_red_hat_key(marks.built_in))
    return KernelMaker::red_hat;
  return KernelMaker::unknown;
}

}  // namespace kmodsec
