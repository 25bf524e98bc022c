// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "model/check.hpp"
#include "model/kernel/taint.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.kernel.taint) return unknown(facts.kernel.taint.error());
  if (!facts.loaded) return unknown(facts.loaded.error());
  std::uint64_t carried = 0;
  for (const LoadedModule& module : *facts.loaded) carried |= taint_mask(module.taint);

  std::vector<Finding> findings;
  for (const TaintFlag& flag : decode_taint(*facts.kernel.taint & ~carried)) {
    if (flag.setter == TaintSetter::carrier)
      findings.push_back(
          {fmt::format("taint {}", flag.letter),
           fmt::format("{}, and no loaded module carries the letter: it was unloaded, failed to "
                       "start, or hides",
                       flag.meaning),
           {{"/proc/sys/kernel/tainted", {}, fmt::format("{}", *facts.kernel.taint)}}});
  }
  return judge(std::move(findings), facts.unseen_loaded);
}

}  // namespace

extern const Check taint_002_unexplained{
    .id = "TAINT-002",
    .title = "Every taint by a module is explained by a loaded module",
    .fault = "No loaded module explains a taint by a module",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The letters of the kernel's taint are compared with those of the loaded modules. It fails "
        "for each letter of a module that no loaded module carries.",
    .rationale =
        "A taint letter stays on the kernel when the module that caused it is gone. "
        "Rootkits take themselves off the list of modules, and mostly forget the kernel's "
        "own letter.",
    .remedy =
        "Look in the kernel log and in the audit log for the module that was loaded (a "
        "driver that was removed is the harmless case). If nothing explains it, treat the "
        "host as compromised and examine it from outside.",
    .references = {"linux:Documentation/admin-guide/tainted-kernels.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
