// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/judge_signatures.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

std::string evidence_of(const LoadedWithFile& module) {
  const SignatureVerdict& verdict = module.signature;
  std::string text(to_string(verdict.status));
  return verdict.reason.empty() ? text : text + ": " + verdict.reason;
}

}  // namespace

ConcernsModule has_status(SignatureStatus status) {
  return [status](const LoadedWithFile& module) { return module.signature.status == status; };
}

std::vector<Unseen> unseen_signatures(const Facts& facts, const Derived& derived) {
  std::vector<Unseen> unseen = unseen_files(facts, &MaskedPaths::modules);
  bool image_was_missed = false;
  for (const LoadedWithFile& module : derived.modules) {
    if (module.file == nullptr || module.signature.status != SignatureStatus::unknown) continue;
    const Seen<KernelImageFile>& image = derived.running_tree->image;
    if (!image && module.file->signature) {
      image_was_missed = true;
    } else {
      unseen.push_back({module.file->path, "signature: " + module.signature.reason});
    }
  }
  if (image_was_missed) unseen.push_back(unseen_because(derived.running_tree->image.error()));
  return unseen;
}

Verdict judge_loaded_signatures(const Facts& facts, const Derived& derived,
                                const ConcernsModule& concerns, std::string_view message,
                                std::vector<Unseen> unseen) {
  if (!facts.loaded) return unknown(facts.loaded.error());
  if (facts.loaded->empty()) return judge({}, facts.unseen_loaded);
  if (const auto error = running_files_were_seen(derived)) return unknown(*error);
  std::vector<Finding> findings;
  for (const LoadedWithFile& module : derived.modules) {
    if (module.file != nullptr && concerns(module))
      findings.push_back({module.loaded->name,
                          std::string(message),
                          {{module.file->path, {}, evidence_of(module)}}});
  }
  sort_by_subject(findings);
  std::ranges::move(unseen_signatures(facts, derived), std::back_inserter(unseen));
  std::ranges::copy(derived.running_tree->unseen, std::back_inserter(unseen));
  note_unseen_loaded(facts, unseen);
  return judge(std::move(findings), std::move(unseen));
}

std::vector<Unseen> unseen_revocations(const Facts& facts) {
  if (!facts.trust) return {unseen_because(facts.trust.error())};
  std::vector<Unseen> unseen = facts.trust->unseen_revocations;
  if (!facts.kernel.keyrings) unseen.push_back(unseen_because(facts.kernel.keyrings.error()));
  return unseen;
}

}  // namespace kmodsec
