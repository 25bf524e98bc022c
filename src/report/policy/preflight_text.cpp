// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/names.hpp"
#include "report/deciding_line.hpp"
#include "report/paragraph.hpp"
#include "report/policy/module_change_report.hpp"

namespace kmodsec {
namespace {

constexpr LabelColumn labels{.indent = 2, .width = 14};

std::string row(std::string_view label, const std::string& value, const Style& style) {
  return labelled(label, value, labels, style);
}

/// Colour says what the word says: this is no signature that the kernel trusts.
std::string signature_text(const SignatureVerdict& verdict, const Style& style) {
  const std::string word(to_string(verdict.status));
  const std::string painted =
      verdict.status == SignatureStatus::valid ? style.good(word) : style.warning(word);
  if (!verdict.keyring.empty()) return painted + " (key in " + printable(verdict.keyring) + ")";
  return verdict.reason.empty() ? painted : painted + " (" + printable(verdict.reason) + ")";
}

std::string verdict_text(const LoadPreflight& preflight, const Style& style) {
  switch (preflight.outcome) {
    case LoadOutcome::loads: return style.good("would load");
    case LoadOutcome::loaded: return "is loaded already";
    case LoadOutcome::builtin: return "is built into the kernel";
    case LoadOutcome::absent:
    case LoadOutcome::refused: break;
  }
  return style.bad("would not load");
}

std::string title_of(const LoadPreflight& preflight) {
  return preflight.module.empty() ? preflight.request : preflight.module;
}

std::string parameter_text(const CheckedParameter& parameter, const Style& style) {
  std::string text = printable(parameter.module + " " + parameter.text);
  if (!parameter.known) text += " " + style.warning("(not checked)");
  if (!parameter.known.value_or(true))
    text += " " + style.bad("(no such parameter)");
  else if (!parameter.fault.empty())
    text += " " + style.bad("(no such value)");
  return parameter.line ? text + "  " + style.faint(printable(line_text(*parameter.line))) : text;
}

std::string unload_verdict(const UnloadStep& step, const Style& style) {
  if (step.reason.empty()) return style.good("would go");
  return style.bad("would stay") + ": " + printable(step.reason);
}

}  // namespace

std::string print_preflight_text(const LoadPreflight& preflight, const Style& style) {
  const std::string why = preflight.reason.empty() ? "" : ": " + printable(preflight.reason);
  std::string out = paragraph(
      style.bold(printable(title_of(preflight))) + " " + verdict_text(preflight, style) + why, 4,
      style);
  if (preflight.decided_by)
    out += row("decided by", style.faint(printable(line_text(*preflight.decided_by))), style);
  for (const LoadStep& step : preflight.steps) {
    out += row("insert", printable(step.path), style);
    out += row("", "signature " + signature_text(step.signature, style), style);
  }
  for (const CheckedParameter& parameter : preflight.parameters)
    out += row("parameter", parameter_text(parameter, style), style);
  if (!preflight.steps.empty())
    out += row("signatures",
               preflight.enforcement
                   ? "enforced by " + style.faint(printable(line_text(*preflight.enforcement)))
                   : "not enforced",
               style);
  return out + print_gaps(preflight.unseen, style);
}

std::string print_preflight_text(const UnloadPreflight& preflight, const Style& style) {
  std::string out;
  for (const UnloadStep& step : preflight.steps) {
    out +=
        paragraph(style.bold(printable(step.module)) + " " + unload_verdict(step, style), 4, style);
    if (step.decided_by)
      out += row("decided by", style.faint(printable(line_text(*step.decided_by))), style);
  }
  return out + print_gaps(preflight.unseen, style);
}

}  // namespace kmodsec
