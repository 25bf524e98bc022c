// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/paragraph.hpp"
#include "report/policy/module_change_report.hpp"

namespace kmodsec {
namespace {

std::string state_text(const LoadedModule& module, const Style& style) {
  std::string text = fmt::format(
      "  is loaded: {}, taint {}\n",
      module.refcount ? count_of(*module.refcount, "reference") : "uncounted references",
      module.taint.empty() ? "none" : printable(module.taint));
  for (const Parameter& parameter : module.parameters) {
    if (parameter.value)
      text += paragraph(
          fmt::format("  {}={}", printable(parameter.name), printable(*parameter.value)), 4, style);
  }
  return text;
}

/// The time as dmesg(1) shows it.
std::string log_text(const KernelLogLine& line, const Style& style) {
  constexpr std::uint64_t second = 1'000'000;
  return paragraph(fmt::format("  [{:5}.{:06}] {}", line.microseconds / second,
                               line.microseconds % second, printable(line.text)),
                   4, style);
}

const LoadedModule* find_loaded(const ModuleChange& change, const std::string& name) {
  const auto module = std::ranges::find(change.loaded, name, &LoadedModule::name);
  return module == change.loaded.end() ? nullptr : &*module;
}

}  // namespace

std::string print_change_text(const ModuleChange& change, const Style& style) {
  std::string out;
  for (const std::string& name : change.done) {
    const LoadedModule* module = find_loaded(change, name);
    out += style.bold(printable(name)) + "\n";
    out += module != nullptr ? state_text(*module, style) : "  is not loaded any more\n";
  }
  if (!change.log.empty()) out += "The kernel said:\n";
  for (const KernelLogLine& line : change.log) out += log_text(line, style);
  return out + print_gaps(change.unseen, style);
}

}  // namespace kmodsec
