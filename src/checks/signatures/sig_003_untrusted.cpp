// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/judge_signatures.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_signatures(facts, derived, has_status(SignatureStatus::untrusted),
                                 "is signed by a key that this kernel does not trust");
}

}  // namespace

extern const Check sig_003_untrusted{
    .id = "SIG-003",
    .title = "The file of every loaded module is signed by a key that this kernel trusts",
    .fault = "The file of a loaded module is signed by a key that this kernel does not trust",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The signature in the file of each loaded module is verified with the keys of this kernel. "
        "It fails for each that is good, but by a key that is not trusted.",
    .rationale =
        "Anybody can sign a module with their own key, and give that key any name. Only keys in "
        "the keyrings that the kernel asks for modules count.",
    .remedy =
        "Find out who signed the file. If it is yours, enroll the certificate (mokutil "
        "--import); if it belongs to another build of the kernel, reboot into that one; "
        "otherwise remove it.",
    .command = "kmodsec verify {}",
    .references = {"linux:Documentation/admin-guide/module-signing.rst", "man:mokutil(1)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
