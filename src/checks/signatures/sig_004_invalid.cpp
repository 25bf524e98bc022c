// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/judge_signatures.hpp"

namespace kmodsec {
namespace {

/// A file that is cut short has none: FILE-004 names it.
bool has_signature(const ModuleFile& file) {
  return !file.signature || file.signature->form != SignatureForm::absent;
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_signatures(
      facts, derived,
      [](const LoadedWithFile& module) {
        return module.signature.status == SignatureStatus::invalid ||
               (module.signature.status == SignatureStatus::malformed &&
                has_signature(*module.file));
      },
      "carries a signature that does not fit its content");
}

}  // namespace

extern const Check sig_004_invalid{
    .id = "SIG-004",
    .title = "The content of no loaded module's file was changed after it was signed",
    .fault = "The content of a loaded module's file was changed after it was signed",
    .severity = Severity::critical,
    .needs = Needs::module_support,
    .method =
        "The signature in the file of each loaded module is verified with the keys of this kernel. "
        "It fails for each that does not fit, or is malformed.",
    .rationale =
        "The file names a key that this kernel trusts, but that key did not sign these bytes: they "
        "were changed, or somebody signed them in its name. The kernel refuses such a file even "
        "where it does not enforce signatures, so the file as it is now has not been loaded.",
    .remedy =
        "Keep a copy of the file as evidence, reinstall its package, and find out who could "
        "write there.",
    .command = "kmodsec show {}",
    .references = {"linux:kernel/module/signing.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
