// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"
#include "analyze/modules/module_files.hpp"

namespace kmodsec {
namespace {

std::optional<Finding> find_missing(const LoadedWithFile& module) {
  const FilePresence status = module.file_state.status;
  if (status != FilePresence::none && status != FilePresence::gone) return std::nullopt;
  return Finding{module.loaded->name,
                 "is loaded, but " + words_of(module.file_state),
                 {{"/proc/modules", {}, module.loaded->name}}};
}

std::optional<Error> why_unknown(const ModuleFile& file) {
  const ModuleFileState state = state_of_file(file);
  if (state.status != FilePresence::unknown) return std::nullopt;
  return Error{ErrorKind::not_found, file.path, state.why};
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_files(facts, derived, find_missing, why_unknown);
}

}  // namespace

extern const Check file_001_missing{
    .id = "FILE-001",
    .title = "Every loaded module has its file in the module folder",
    .fault = "A loaded module has no file in the module folder",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The list of loaded modules is compared with the module folder of the running kernel. It "
        "fails for each module without a file.",
    .rationale =
        "A module that was loaded from elsewhere (insmod from a temporary folder, a file deleted "
        "since, only the initramfs) cannot be checked, and will not come back after a reboot by "
        "the usual way.",
    .remedy =
        "Find its source: the audit log, the initramfs (lsinitramfs), shell histories. After an "
        "upgrade that removed the running kernel's files, a reboot explains all of them.",
    .command = "kmodsec show {}",
    .references = {"man:modprobe(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
