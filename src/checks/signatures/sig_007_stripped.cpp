// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/judge_signatures.hpp"
#include "model/kernel/kernel_options.hpp"

namespace kmodsec {
namespace {

bool signs_everything(const Derived& derived) {
  return derived.running_tree != nullptr &&
         is_built_in(derived.running_tree->config, "CONFIG_MODULE_SIG_ALL");
}

bool came_with_the_kernel(const ModuleFile& file) {
  return file.content && info_value(file.content->info, "intree") == "Y";
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (derived.running_tree != nullptr && !derived.running_tree->config)
    return unknown(derived.running_tree->config.error());
  if (!signs_everything(derived))
    return not_applicable("this kernel's build does not sign all modules");
  return judge_loaded_signatures(
      facts, derived,
      [](const LoadedWithFile& module) {
        return module.signature.status == SignatureStatus::unsigned_ &&
               came_with_the_kernel(*module.file);
      },
      "says that it came with the kernel, whose build signs every module, but has no signature");
}

}  // namespace

extern const Check sig_007_stripped{
    .id = "SIG-007",
    .title = "No module of a kernel that signs all its modules has lost its signature",
    .fault = "A module has lost its signature, although its kernel signs all its modules",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "CONFIG_MODULE_SIG_ALL, and the fields of the file of each loaded module. It fails for "
        "each that says intree and has no signature.",
    .rationale =
        "The build of this kernel signs each of its modules (CONFIG_MODULE_SIG_ALL). One that "
        "claims to belong to it and has no signature was stripped, rebuilt or forged: strip(1) "
        "silently removes the signature.",
    .remedy =
        "Reinstall the kernel's package. If your own build strips modules, sign them after that.",
    .references = {"linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
