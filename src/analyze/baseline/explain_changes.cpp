// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/baseline/baseline_changes.hpp"
#include "analyze/baseline/explain_folders.hpp"
#include "analyze/baseline/explain_images.hpp"
#include "analyze/baseline/explain_index.hpp"
#include "analyze/baseline/explain_words.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

constexpr SignatureStatus valid = SignatureStatus::valid;
constexpr SignatureStatus refuting[] = {SignatureStatus::invalid, SignatureStatus::revoked,
                                        SignatureStatus::malformed};

std::string_view word_of(std::optional<SignatureStatus> signature) {
  return signature ? to_string(*signature) : "";
}

bool fits_its_digest(const BaselineEntry& entry) {
  return entry.package && (entry.package->level == PackageLevel::db_match ||
                           entry.package->level == PackageLevel::vendor_signed);
}

/// What a file of the module folder, or the configuration, is explained by: its package.
class Explainer {
 public:
  Explainer(const ChangeEvidence& evidence, std::vector<BaselineChange>& changes)
      : evidence_(evidence), changes_(changes) {
    if (!evidence.transactions) return;
    for (const PackageTransaction& transaction : *evidence.transactions) {
      newest_to_[{transaction.package, transaction.to}] = &transaction;
      newest_of_[{transaction.package, ""}] = &transaction;
    }
  }

  void explain_all() {
    index_kernel_packages();
    index_what_stays();
    for (BaselineChange& change : changes_) {
      if (change.entry().file.kind == BaselineKind::module) explain_module(change);
    }
    const auto modules = changed_modules(changes_);
    for (BaselineChange& change : changes_) {
      const BaselineKind kind = change.entry().file.kind;
      if (kind == BaselineKind::kernel_image) explain_by_package(change);
      if (kind == BaselineKind::configuration) explain_configuration(change);
      if (kind == BaselineKind::folder) explain_folder(transaction_of(change), change);
      if (kind == BaselineKind::index) {
        explain_by_package(change);
        if (change.is_suspicious()) explain_index(evidence_, modules, change);
      }
    }
    refuse_what_others_may_write();
    explain_images(evidence_, changes_);
  }

 private:
  /// Whoever else may write a file can have written it since.
  void refuse_what_others_may_write() {
    for (BaselineChange& change : changes_) {
      const auto open = evidence_.open_to_others.find(change.entry().file.path);
      if (open != evidence_.open_to_others.end() && !change.is_suspicious())
        suspect(change, Severity::high, open->second);
    }
  }

  /// The newest transaction that would have put the file there, or taken it away.
  const PackageTransaction* transaction_of(const BaselineChange& change) const {
    if (!evidence_.transactions) return nullptr;
    const auto& package = change.entry().package;
    if (!package || package->name.empty()) return nullptr;
    const auto& newest = change.now ? newest_to_ : newest_of_;
    const auto found = newest.find({package->name, change.now ? package->version : ""});
    return found == newest.end() ? nullptr : found->second;
  }

  void explain_module(BaselineChange& change) const {
    const bool was_valid = change.was && change.was->signature == valid;
    if (change.now && was_valid && change.now->signature != valid)
      return suspect(
          change,
          change.now->signature == SignatureStatus::unknown ? Severity::high : Severity::critical,
          fmt::format("its signature was valid and is {} now", word_of(change.now->signature)));
    explain_by_package(change);
    if (change.is_suspicious() && has_aspect(change, ChangeAspect::packing))
      suspect(change, Severity::medium,
              "the same code in another packing (compressed or signed again): " + change.concern);
    if (change.now && !change.is_suspicious() && !has_only_attributes(change)) doubt_module(change);
  }

  /// That a package brought a module is one thing, what vouches for its content another.
  static void doubt_module(BaselineChange& change) {
    const BaselineEntry& now = *change.now;
    const bool is_refuted = std::ranges::find(refuting, now.signature) != std::end(refuting);
    if (is_refuted)
      return suspect(
          change, Severity::high,
          fmt::format("its signature is {}: {}", word_of(now.signature), change.explanation));
    const bool is_vouched_for =
        now.signature == valid || now.package->level != PackageLevel::owned_unverified;
    if (!is_vouched_for)
      suspect(change, Severity::medium, "nothing vouches for its content: " + change.explanation);
  }

  void explain_by_package(BaselineChange& change) const {
    const PackageTransaction* transaction = transaction_of(change);
    if (change.kind == ChangeKind::removed) return explain_removal(change, transaction);
    const auto& package = change.now->package;
    if (!package) return suspect(change, Severity::medium, "which package owns it is not known");
    if (has_only_attributes(change)) return explain_attributes(transaction, change);
    switch (package->level) {
      case PackageLevel::unowned: return suspect(change, Severity::high, "no package owns it");
      case PackageLevel::mismatch:
        return suspect(
            change, Severity::high,
            fmt::format("it is not the file that {} {} has", package->name, package->version));
      case PackageLevel::generated: return explain_generated(change, transaction);
      default: break;
    }
    if (transaction == nullptr)
      return suspect(change, Severity::high,
                     fmt::format("no package transaction covers it ({} {}: {})", package->name,
                                 package->version, proof_of(*change.now)));
    const bool has_signature = change.now->file.kind == BaselineKind::module;
    if (!fits_its_digest(*change.now) && !has_signature)
      return explain_without_digest(change, *transaction);
    explain_by(*transaction, proof_of(*change.now), change);
  }

  /// rpm knows the image in /boot by name alone: it is a copy of the one beside the modules.
  void explain_without_digest(BaselineChange& change, const PackageTransaction& transaction) const {
    const BaselineEntry& now = *change.now;
    const auto original = originals_.find(now.sha256);
    if (now.file.kind != BaselineKind::kernel_image || original == originals_.end())
      return suspect(
          change, Severity::medium,
          fmt::format("nothing vouches for its content: {}; {}", told(transaction), proof_of(now)));
    explain_by(transaction, "the same as " + original->second->file.path, change);
  }

  void explain_removal(BaselineChange& change, const PackageTransaction* transaction) const {
    if (evidence_.still_there.contains(change.was->file.path))
      return suspect(change, Severity::medium,
                     "it is still there, and nothing leads to it any more");
    if (transaction == nullptr)
      return suspect(change, Severity::medium, "no package transaction removed it");
    const auto owner = evidence_.removed.find(change.was->file.path);
    if (owner != evidence_.removed.end() && !owner->second)
      return suspect(change, Severity::medium, "whether a package still has it is not known");
    if (owner != evidence_.removed.end() && !owner->second->name.empty())
      return suspect(
          change, Severity::medium,
          fmt::format("{} {} still has it", owner->second->name, owner->second->version));
    explain_by(*transaction, "", change);
  }

  /// The newest transaction of a package of that kernel, which has DKMS build its modules: they are
  /// named after its release, or have it as their version.
  const PackageTransaction* transaction_of_kernel(std::string_view release) const {
    const auto named = newest_of_kernel_.find(std::string(release));
    if (named != newest_of_kernel_.end()) return named->second;
    for (std::size_t end = release.size(); end != 0 && end != std::string_view::npos;
         end = release.find_last_of(".-", end - 1)) {
      const auto found = newest_of_version_.find(std::string(release.substr(0, end)));
      if (found != newest_of_version_.end()) return found->second;
    }
    return nullptr;
  }

  void index_kernel_packages() {
    constexpr std::string_view kinds[] = {"linux-image-", "linux-headers-", "linux-modules-",
                                          "linux-image-unsigned-", "linux-modules-extra-"};
    if (!evidence_.transactions) return;
    for (const PackageTransaction& transaction : *evidence_.transactions) {
      if (transaction.to.empty()) continue;
      const std::string& name = transaction.package;
      for (const std::string_view kind : kinds) {
        if (name.starts_with(kind)) newest_of_kernel_[name.substr(kind.size())] = &transaction;
      }
      if (name.starts_with("kernel")) newest_of_version_[transaction.to] = &transaction;
    }
  }

  /// Modules that DKMS has built and that did not change, of two kernels at most: who looks for one
  /// of another kernel finds it.
  void index_what_stays() {
    std::set<std::string_view> changed;
    for (const BaselineChange& change : changes_) changed.insert(change.entry().file.path);
    for (const BaselineEntry& entry : *evidence_.now) {
      if (entry.file.kind == BaselineKind::kernel_image && fits_its_digest(entry))
        originals_.emplace(entry.sha256, &entry);
      const bool is_built = entry.file.kind == BaselineKind::module && entry.package &&
                            entry.package->level == PackageLevel::generated;
      if (!is_built || changed.contains(entry.file.path)) continue;
      std::vector<const BaselineEntry*>& built = built_[built_identity(entry)];
      const bool adds_a_kernel =
          built.empty() || (built.size() == 1 && built[0]->file.kernel != entry.file.kernel);
      if (adds_a_kernel) built.push_back(&entry);
    }
  }

  static std::string built_identity(const BaselineEntry& module) {
    return fmt::format("{} {}", module_stem(module), module.package->name);
  }

  /// The signature of what was there before: of the file itself, or of the same module that DKMS
  /// has built for another kernel, which did not change.
  std::optional<SignatureStatus> signature_before(const BaselineChange& change) const {
    if (change.was) return change.was->signature;
    const auto built = built_.find(built_identity(*change.now));
    if (built == built_.end()) return valid;
    for (const BaselineEntry* sibling : built->second) {
      if (sibling->file.kernel != change.now->file.kernel) return sibling->signature;
    }
    return valid;
  }

  /// What DKMS built has no digest of a package: it needs a transaction that has it build, and a
  /// signature that is as good as what it is in place of.
  void explain_generated(BaselineChange& change, const PackageTransaction* transaction) const {
    const BaselineEntry& now = *change.now;
    const std::string built =
        fmt::format("built here by DKMS from {} {}; signature {}", now.package->name,
                    now.package->version, word_of(now.signature));
    const PackageTransaction* cause =
        transaction != nullptr ? transaction : transaction_of_kernel(now.file.kernel);
    if (cause == nullptr)
      return suspect(
          change, Severity::high,
          fmt::format("no package transaction of its source or its kernel covers it ({})", built));
    if (now.signature != valid && now.signature != signature_before(change))
      return suspect(change, Severity::medium, "nothing vouches for its content: " + built);
    change.explanation = built + "; " + told(*cause);
    change.transaction = *cause;
  }

  static std::string proof_of(const BaselineEntry& entry) {
    std::string proof =
        fits_its_digest(entry) ? "fits the digest of the package" : "owned, without a digest";
    return entry.signature ? fmt::format("{}, signature {}", proof, word_of(entry.signature))
                           : proof;
  }

  void explain_configuration(BaselineChange& change) const {
    if (evidence_.asked_by_policy.contains(change.entry().file.path)) {
      change.explanation = "it is what the policy of kmodsec asks for";
      return;
    }
    explain_by_package(change);
    if (change.is_suspicious()) change.severity = std::min(change.severity, Severity::medium);
  }

  const ChangeEvidence& evidence_;
  std::vector<BaselineChange>& changes_;
  /// The newest transaction of a package, and of one of its versions.
  std::map<std::pair<std::string, std::string>, const PackageTransaction*> newest_of_, newest_to_;
  std::map<std::string, const PackageTransaction*> newest_of_kernel_;   ///< By release.
  std::map<std::string, const PackageTransaction*> newest_of_version_;  ///< Of rpm's kernels.
  std::map<std::string, std::vector<const BaselineEntry*>> built_;
  std::map<std::string, const BaselineEntry*> originals_;  ///< Images of kernels, by digest.
};

}  // namespace

void suspect(BaselineChange& change, Severity severity, std::string concern) {
  change.explanation.clear();
  change.transaction.reset();
  change.severity = severity;
  change.concern = std::move(concern);
}

void explain_changes(const ChangeEvidence& evidence, std::vector<BaselineChange>& changes) {
  Explainer(evidence, changes).explain_all();
  if (evidence.is_digest_list) tell_what_a_list_lacks(changes);
}

}  // namespace kmodsec
