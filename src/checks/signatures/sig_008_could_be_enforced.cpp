// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "analyze/kernel/posture_evidence.hpp"
#include "analyze/signatures/judge_signatures.hpp"

namespace kmodsec {
namespace {

bool are_enforced(const KernelState& kernel) {
  return kernel.sig_enforce.value_or(false) ||
         kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
}

bool is_valid(const LoadedWithFile& module) {
  return module.file != nullptr && module.signature.status == SignatureStatus::valid;
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (are_enforced(facts.kernel)) return judge({});
  if (!facts.kernel.sig_enforce) return unknown(facts.kernel.sig_enforce.error());
  if (!facts.kernel.lockdown) return unknown(facts.kernel.lockdown.error());
  if (!facts.loaded) return unknown(facts.loaded.error());
  if (!facts.unseen_loaded.empty()) return judge({}, facts.unseen_loaded);
  if (facts.loaded->empty()) return not_applicable("no module is loaded");
  if (auto unseen = unseen_signatures(facts, derived); !unseen.empty())
    return judge({}, std::move(unseen));
  if (!std::ranges::all_of(derived.modules, is_valid))
    return not_applicable("some loaded modules have no valid signature: see the other checks");
  return judge(
      {{"kernel",
        "every loaded module would pass, and the kernel still accepts modules that would not",
        {evidence_of_no_enforcement(facts.kernel)}}});
}

}  // namespace

extern const Check sig_008_could_be_enforced{
    .id = "SIG-008",
    .title = "Signatures are enforced where every loaded module has a good one",
    .fault = "Signatures are not enforced, although every loaded module has a good one",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "module.sig_enforce, lockdown, and the signatures of all loaded modules. It fails where "
        "all are valid and neither is on.",
    .rationale =
        "Where all modules in use are signed by trusted keys, enforcement costs nothing: it "
        "refuses only what should not be there.",
    .remedy =
        "Write 1 to /sys/module/module/parameters/sig_enforce, which holds until the next "
        "boot; put module.sig_enforce=1 on the kernel command line to keep it.",
    .references = {"linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
