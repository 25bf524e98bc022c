// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "analyze/abridge.hpp"
#include "analyze/module_details.hpp"
#include "analyze/modules/module_files.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "app/machine.hpp"
#include "app/modules/named_modules.hpp"
#include "app/policy/plan_host.hpp"
#include "base/text.hpp"
#include "cli/verb.hpp"
#include "collect/modules/module_file.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "report/inventory_report.hpp"
#include "report/paragraph.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

struct ShowOptions : ModuleOptions {
  bool verify = true;
  bool modversions = false;
  bool signature = false;
};

void declare(OptionSet& set, ShowOptions& options) {
  set.required_arguments("MODULE", options.names, "Names, aliases or files of modules");
  declare_data(set);
  set.flag("!--no-verify", options.verify,
           "Show signatures without verifying them, which is faster");
  set.flag("--signature", options.signature, "Show the bytes and ids of signatures, too");
  set.flag("--modversions", options.modversions,
           "Show the symbols that each module needs, with their checksums");
}

/// A snapshot does not hold them: they would be most of it.
Result<void> add_versions(const ShowOptions& options, std::vector<ModuleDetails>& modules) {
  if (!options.snapshot.empty())
    return failure(ErrorKind::usage, "--modversions", "is not in a snapshot");
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  for (ModuleDetails& module : modules) {
    if (module.file == nullptr)
      return failure(ErrorKind::usage, module.name, "has no file with symbol versions");
    auto versions = collect_symbol_versions(**root, module.file->path);
    if (!versions) return std::unexpected(versions.error());
    if (versions->empty())
      return failure(ErrorKind::not_found, module.file->path,
                     "has no symbol versions: built without CONFIG_MODVERSIONS");
    module.versions = std::move(*versions);
  }
  return {};
}

/// All that is shown; of symbol versions as text, that is the files alone.
CollectScope scope_of(const ShowOptions& options) {
  if (options.modversions && options.format == "text") return {};
  CollectScope scope{.parts = {Part::packages, Part::parameters, Part::users, Part::load_config}};
  if (options.verify)
    scope.parts |= {Part::digests, Part::signatures, Part::identity,        Part::known_cves,
                    Part::indexes, Part::posture,    Part::initramfs_images};
  return scope;
}

/// With what decides about the load paths of the modules, where these are shown.
Result<Facts> read_scope(const ShowOptions& options, const CollectScope& scope) {
  if (!scope.has(Part::posture)) return read_machine(options, scope);
  std::vector<std::string> modules = scope.names;
  for (const std::string& path : scope.paths) modules.push_back(module_name_of_path(path));
  return read_machine_for_load_paths(options, scope, {.modules = modules, .requests = {}});
}

/// What a compact snapshot has not of what is shown: the bytes of a signature are in each document,
/// and in the text where they are asked for.
std::optional<Unseen> gap_left_by_snapshot(const ShowOptions& options,
                                           const ModuleDetails& module) {
  if (module.file == nullptr) return std::nullopt;
  const bool shows_bytes = options.signature || options.format == "json";
  if (module.file->left_out == LeftOut::signature_bytes && !shows_bytes) return std::nullopt;
  return gap_left_by_abridging(*module.file);
}

/// What a host keeps follows from all of its kernels, and from more than one module.
Result<void> add_policy_answers(const ShowOptions& options, const Facts& facts,
                                std::vector<ModuleDetails>& modules, std::vector<Unseen>& unseen) {
  if (!facts.policy || !facts.policy->deny.everything_else) return {};
  const auto whole = read_machine(options, scope_of_plan(time_of_looking()));
  if (!whole) return std::unexpected(whole.error());
  add_keep_answers(*whole, modules, unseen);
  return {};
}

/// Of a kernel without loadable modules: none of those that were asked for can be loaded.
Answer answer_of_none(const Facts& facts, const ShowOptions& options, Unseen gap,
                      const Error& error, const Style& style) {
  const ModuleSelection none{&facts, {}, {std::move(gap)}};
  return {options.format == "json" ? print_show_json(none)
                                   : paragraph(printable(to_string(error)), 2, style) +
                                         print_show_text(none, style, options.signature),
          outcome_of(none.unseen), none.unseen};
}

Result<Answer> run(const ShowOptions& options, const Style& style) {
  auto facts = read_named_modules(options, scope_of(options), [&](const CollectScope& scope) {
    return read_scope(options, scope);
  });
  if (!facts) return std::unexpected(facts.error());
  if (!options.verify) leave_unverified(*facts);
  auto modules = find_named_modules(*facts, options);
  if (!modules) {
    if (auto gap = hidden_in_kernel(*facts, options))
      return answer_of_none(*facts, options, std::move(*gap), modules.error(), style);
    return std::unexpected(modules.error());
  }
  if (options.modversions) {
    if (const auto added = add_versions(options, *modules); !added)
      return std::unexpected(added.error());
  }
  std::vector<Unseen> unseen = unseen_of_modules(*facts);
  for (const ModuleDetails& module : *modules) {
    if (auto gap = gap_left_by_snapshot(options, module)) unseen.push_back(std::move(*gap));
  }
  if (options.verify) {
    add_kernel_answers(*facts, *modules);
    if (auto added = add_policy_answers(options, *facts, *modules, unseen); !added)
      return std::unexpected(added.error());
    std::ranges::move(unknown_answers(*modules), std::back_inserter(unseen));
    sort_unique(unseen);
  }
  const ModuleSelection selection{&*facts, std::move(*modules), std::move(unseen)};
  if (options.modversions && options.format == "text")
    return Answer{print_modversions_text(selection, style), Outcome::clean, {}};
  return Answer{options.format == "json" ? print_show_json(selection)
                                         : print_show_text(selection, style, options.signature),
                outcome_of(selection.unseen), selection.unseen};
}

}  // namespace

std::unique_ptr<Command> show_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
