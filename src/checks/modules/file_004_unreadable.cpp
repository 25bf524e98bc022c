// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/judge_files.hpp"

namespace kmodsec {
namespace {

bool is_damage(const Error& error) {
  return error.kind == ErrorKind::malformed || error.kind == ErrorKind::too_large;
}

std::optional<Finding> find_damage(const std::string& module, const ModuleFile& file) {
  if (file.content || !is_damage(file.content.error())) return std::nullopt;
  const std::string& reason = file.content.error().reason;
  return Finding{module, "its file is not a valid module: " + reason, {{file.path, {}, reason}}};
}

std::optional<Error> content_was_seen(const ModuleFile& file) {
  if (file.content || is_damage(file.content.error())) return std::nullopt;
  return file.content.error();
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_module_files(facts, derived, find_damage, content_was_seen);
}

}  // namespace

extern const Check file_004_unreadable{
    .id = "FILE-004",
    .title = "Every module file is a valid module",
    .fault = "A module file is not a valid module",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "The file of each loaded module is unpacked and read, and with audit --all or where no "
        "kernel runs that of each installed one. It fails for each that is damaged, or is not a "
        "module.",
    .rationale =
        "A file that is cut short or damaged cannot be what was loaded, and cannot be loaded. A "
        "disk "
        "error does that, and so does a careless replacement.",
    .remedy =
        "Reinstall the package that owns the file and compare. If the content keeps "
        "changing, check the disk.",
    .command = "kmodsec show {}",
    .references = {"man:elf(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
