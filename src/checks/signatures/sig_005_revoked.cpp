// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/judge_signatures.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_signatures(facts, derived, has_status(SignatureStatus::revoked),
                                 "is signed by a key, or has a content, that was revoked",
                                 unseen_revocations(facts));
}

}  // namespace

extern const Check sig_005_revoked{
    .id = "SIG-005",
    .title = "The file of no loaded module is revoked",
    .fault = "The file of a loaded module is revoked",
    .severity = Severity::critical,
    .needs = Needs::module_support,
    .method =
        "The signer and the hash of the file of each loaded module are looked up in the kernel's "
        ".blacklist, dbx and MokListXRT. It fails for each that is listed.",
    .rationale =
        "The owner of the machine, its firmware or its distribution has put the key or the file on "
        "a list of what must not run. Kernels do not act on every such list: see the evidence.",
    .remedy =
        "Remove the module or update its package. A kernel without "
        "CONFIG_SYSTEM_REVOCATION_LIST ignores revoked certificates; revoke the hash of the "
        "file as well.",
    .command = "kmodsec show {}",
    .references = {"linux:certs/blacklist.c",
                   "linux:security/integrity/platform_certs/load_uefi.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
