// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

bool is_damage(const Error& error) {
  return error.kind == ErrorKind::malformed || error.kind == ErrorKind::too_large;
}

std::optional<Finding> find_damage(const LoadedWithFile& module) {
  if (module.file == nullptr || module.file->content || !is_damage(module.file->content.error()))
    return std::nullopt;
  const Error& error = module.file->content.error();
  return Finding{module.loaded->name,
                 "its file is not a valid module: " + error.reason,
                 {{module.file->path, {}, error.reason}}};
}

std::optional<Error> content_was_seen(const ModuleFile& file) {
  if (file.content || is_damage(file.content.error())) return std::nullopt;
  return file.content.error();
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_files(facts, derived, find_damage, content_was_seen);
}

}  // namespace

extern const Check file_004_unreadable{
    .id = "FILE-004",
    .title = "The file of every loaded module is a valid module",
    .fault = "The file of a loaded module is not a valid module",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The file of each loaded module is unpacked and read. It fails for each that is damaged, "
        "or is not a module.",
    .rationale =
        "A file that is cut short or damaged cannot be what was loaded. A disk error does that, "
        "and so does a careless replacement.",
    .remedy =
        "Reinstall the package that owns the file and compare. If the content keeps "
        "changing, check the disk.",
    .command = "kmodsec show {}",
    .references = {"man:elf(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
