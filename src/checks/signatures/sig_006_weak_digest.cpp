// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "analyze/signatures/judge_signatures.hpp"

namespace kmodsec {
namespace {

bool is_broken(std::string_view digest) {
  return digest == "md4" || digest == "md5" || digest == "sha1";
}

/// One such signer is enough: a kernel needs no more than one that it trusts.
bool is_weak(const Signature& signature) {
  return is_broken(signature.hash_algorithm) || std::ranges::any_of(signature.digests, is_broken);
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_signatures(
      facts, derived,
      [](const LoadedWithFile& module) {
        return module.file->signature && is_weak(*module.file->signature);
      },
      "is signed over a digest for which collisions can be made");
}

}  // namespace

extern const Check sig_006_weak_digest{
    .id = "SIG-006",
    .title = "No loaded module is signed over a broken digest",
    .fault = "A loaded module is signed over a broken digest",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "The digest algorithm of the signature of each loaded module. It fails for MD4, MD5 and "
        "SHA-1.",
    .rationale =
        "A signature is no stronger than its digest. With MD5 and SHA-1 two modules can be "
        "made that share a signature, one to be reviewed and one to be loaded.",
    .remedy =
        "Sign the module again with SHA-256 or stronger (sign-file sha256 ..., "
        "CONFIG_MODULE_SIG_HASH).",
    .references = {"linux:scripts/sign-file.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
