// SPDX-License-Identifier: GPL-2.0-or-later
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/paragraph.hpp"
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

std::string section(std::string_view title, const std::vector<FreezeConcern>& concerns,
                    const Style& style) {
  if (concerns.empty()) return "";
  std::string text = "\n" + style.bold(title) + "\n";
  for (const FreezeConcern& concern : concerns) {
    const std::string module = concern.module.empty() ? "" : printable(concern.module) + ": ";
    text += paragraph("  " + module + printable(concern.why), 4, style);
  }
  return text;
}

std::string verdict(const Readiness& readiness, const Style& style) {
  const std::string_view meaning = meaning_of(readiness.level);
  if (readiness.is_frozen)
    return style.good("Frozen") + fmt::format(": {}, until the next boot.", meaning);
  if (!readiness.missing.empty())
    return style.bad("Not ready") + fmt::format(" for '{}'.", to_string(readiness.level));
  if (!readiness.unseen.empty())
    return style.warning("Unknown") + ": not everything could be looked at.";
  return style.good("Ready") + fmt::format(": after the freeze {}, until the next boot.", meaning);
}

}  // namespace

std::string print_readiness_text(const Readiness& readiness, const Style& style) {
  std::string text = paragraph(verdict(readiness, style), 2, style);
  text += section("Missing", readiness.missing, style);
  text += section(readiness.is_frozen ? "What does not work any more, or stays open"
                                      : "What would not work any more, or stays open",
                  readiness.afterwards, style);
  return text + print_gaps(readiness.unseen, style);
}

}  // namespace kmodsec
