// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/trust_report.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "analyze/derive.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/modules/module_files.hpp"
#include "analyze/modules/unknown_answers.hpp"
#include "analyze/signatures/trust.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

/// What hid a part of whom the kernel trusts.
std::vector<Unseen> unseen_trust(const Facts& facts) {
  std::vector<Unseen> unseen;
  const auto note = [&](const Error& error) { unseen.push_back({error.subject, error.reason}); };
  note_unseen_kernels(facts, unseen);
  if (lacks_module_support(facts)) return unseen;
  if (facts.trust) {
    std::ranges::copy(facts.trust->unseen, std::back_inserter(unseen));
    std::ranges::copy(facts.trust->unseen_revocations, std::back_inserter(unseen));
  }
  if (!facts.trust) note(facts.trust.error());
  if (facts.live && !facts.kernel.keyrings) note(facts.kernel.keyrings.error());
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.image) note(tree.image.error());
  }
  return unseen;
}

TrustReport begin(const Facts& facts) {
  TrustReport report{.facts = &facts, .modules = {}, .keys = {}, .unseen = unseen_trust(facts)};
  for (const ModuleTree& tree : facts.trees) {
    std::vector<TrustedKey> keys = Trust(facts, &tree).keys().keys();
    report.keys.insert(report.keys.end(), keys.begin(), keys.end());
  }
  return report;
}

/// What is said of a module although nobody can tell.
void note_unknown(TrustReport& report) {
  UnknownAnswers unknown;
  for (const VerifiedModule& module : report.modules) {
    if (module.file_state.status != FilePresence::built_in &&
        module.verdict.status == SignatureStatus::unknown)
      unknown.add("signature", module.name, module.verdict.reason);
    if (module.identity && module.file != nullptr &&
        module.identity->status == IdentityStatus::cannot_tell)
      unknown.add("identity", module.name, module.identity->reason);
  }
  unknown.note(report.unseen);
  sort_unique(report.unseen);
}

TrustReport finish(TrustReport report) {
  note_unknown(report);
  std::ranges::stable_sort(report.modules, {}, [](const VerifiedModule& module) {
    return std::pair(std::string_view(module.name),
                     module.file != nullptr ? std::string_view(module.file->path) : "");
  });
  return report;
}

/// Which of several files of one name is loaded is up to an index, which another depmod may change.
void add_namesakes(const Facts& facts, const ModuleDetails& module, TrustReport& report) {
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.files || tree.release != module.kernel) continue;
    std::ranges::copy(tree.unseen, std::back_inserter(report.unseen));
    const Trust trust(facts, &tree);
    for (const ModuleFile& file : *tree.files) {
      if (file.name != module.name || &file == module.file) continue;
      const ModuleFileState state = state_of_file(file);
      report.modules.push_back({file.name, &file, state, signature_of(trust, &file, state), {}});
    }
  }
}

}  // namespace

TrustReport verify_loaded(const Facts& facts) {
  TrustReport report = begin(facts);
  if (!lacks_module_support(facts) && !is_of_no_kernel(facts))
    note_unseen_loaded(facts, report.unseen);
  for (const ModuleTree& tree : facts.trees)
    std::ranges::copy(tree.unseen, std::back_inserter(report.unseen));
  for (LoadedWithFile& module : derive(facts).modules) {
    report.modules.push_back({module.loaded->name, module.file, std::move(module.file_state),
                              std::move(module.signature), std::move(module.identity)});
  }
  return finish(std::move(report));
}

TrustReport verify_trees(const Facts& facts) {
  TrustReport report = begin(facts);
  for (const ModuleTree& tree : facts.trees) {
    std::ranges::copy(tree.unseen, std::back_inserter(report.unseen));
    if (!tree.files) {
      if (!lacks_module_support(facts, tree)) note_unseen(tree.files, report.unseen);
      continue;
    }
    const Trust trust(facts, &tree);
    for (const ModuleFile& file : *tree.files) {
      const ModuleFileState state = state_of_file(file);
      report.modules.push_back({file.name, &file, state, signature_of(trust, &file, state), {}});
    }
  }
  return finish(std::move(report));
}

TrustReport verify_named(const Facts& facts, const std::vector<ModuleDetails>& modules) {
  TrustReport report = begin(facts);
  for (const ModuleDetails& module : modules) {
    report.modules.push_back({module.name, module.file, module.file_state, module.signature, {}});
    if (!module.is_named_by_path) add_namesakes(facts, module, report);
  }
  return finish(std::move(report));
}

}  // namespace kmodsec
