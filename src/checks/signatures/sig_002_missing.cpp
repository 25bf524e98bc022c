// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/judge_signatures.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_signatures(facts, derived, has_status(SignatureStatus::unsigned_),
                                 "its file has no signature");
}

}  // namespace

extern const Check sig_002_missing{
    .id = "SIG-002",
    .title = "The file of every loaded module is signed",
    .fault = "The file of a loaded module is not signed",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method = "The file of each loaded module. It fails for each without a signature.",
    .rationale =
        "What is loaded at the next boot comes from this file. Without a signature nobody can "
        "tell whether it is what its author built, and a kernel that enforces signatures will "
        "refuse it.",
    .remedy =
        "Reinstall the package of the module. Sign what you build yourself with a key of your "
        "own, enrolled as machine owner key.",
    .command = "kmodsec show {}",
    .references = {"linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
