// SPDX-License-Identifier: GPL-2.0-or-later
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/policy/readiness_report.hpp"

namespace kmodsec {
namespace {

std::string_view meaning_of(FreezeLevel level) {
  switch (level) {
    case FreezeLevel::signatures: return "the kernel refuses modules without a trusted signature";
    case FreezeLevel::lockdown: return "the kernel is locked down (integrity)";
    case FreezeLevel::all: return "no module is loaded or unloaded any more";
  }
  return {};
}

std::string section(std::string_view title, const std::vector<FreezeConcern>& concerns) {
  if (concerns.empty()) return "";
  std::string text = fmt::format("\n{}\n", title);
  for (const FreezeConcern& concern : concerns) {
    const std::string module = concern.module.empty() ? "" : printable(concern.module) + ": ";
    text += "  " + module + printable(concern.why) + "\n";
  }
  return text;
}

std::string verdict(const Readiness& readiness, const Style& style) {
  const std::string_view meaning = meaning_of(readiness.level);
  if (readiness.is_frozen)
    return style.good("Frozen") + fmt::format(": {}, until the next boot.\n", meaning);
  if (!readiness.missing.empty())
    return style.bad("Not ready") + fmt::format(" for '{}'.\n", to_string(readiness.level));
  if (!readiness.unseen.empty())
    return style.warning("Unknown") + ": not everything could be looked at.\n";
  return style.good("Ready") +
         fmt::format(": after the freeze {}, until the next boot.\n", meaning);
}

}  // namespace

std::string print_readiness_text(const Readiness& readiness, const Style& style) {
  std::string text = verdict(readiness, style);
  text += section(style.bold("Missing"), readiness.missing);
  text += section(style.bold(readiness.is_frozen ? "What does not work any more, or stays open"
                                                 : "What would not work any more, or stays open"),
                  readiness.afterwards);
  for (const Unseen& gap : readiness.unseen)
    text += fmt::format("  could not be seen: {}: {}\n", printable(gap.what), printable(gap.why));
  return text;
}

}  // namespace kmodsec
