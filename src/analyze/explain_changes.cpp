// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/baseline_changes.hpp"
#include "analyze/explain_index.hpp"
#include "base/path.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view valid = "valid";
constexpr std::string_view refuting[] = {"invalid", "revoked", "malformed"};

bool has(const BaselineChange& change, std::string_view aspect) {
  return std::ranges::find(change.aspects, aspect) != change.aspects.end();
}

std::string told(const PackageTransaction& transaction) {
  const auto word = [](const std::string& version) { return version.empty() ? "none" : version; };
  return fmt::format("{}: {}, {} → {}", transaction.package, transaction.action,
                     word(transaction.from), word(transaction.to));
}

/// Who may write: the owner is not root, or others than the owner may.
bool is_open_to_others(const FileAttributes& attributes) {
  constexpr std::uint32_t group_or_others_write = 022;
  if (!attributes.link.empty()) return attributes.uid != 0;  // the mode of a link means nothing
  return attributes.uid != 0 || (attributes.mode & group_or_others_write) != 0;
}

/// A module by what it is: the same code under another name is another module.
std::string identity_of(const BaselineEntry& module) {
  const std::string_view file = file_name(module.file.path);
  return fmt::format("{} {} {}", module.file.kernel, file.substr(0, file.find(".ko")),
                     module.payload_sha256);
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
    for (BaselineChange& change : changes_) {
      if (change.entry().file.kind == BaselineKind::module) explain_module(change);
    }
    for (BaselineChange& change : changes_) {
      const BaselineKind kind = change.entry().file.kind;
      if (kind == BaselineKind::kernel_image) explain_by_package(change);
      if (kind == BaselineKind::configuration) explain_configuration(change);
      if (kind == BaselineKind::index) {
        explain_by_package(change);
        if (change.is_suspicious()) explain_index(evidence_, changes_, change);
      }
    }
    index_what_is_there();
    for (BaselineChange& change : changes_) {
      if (is_in_image(change.entry().file.kind)) explain_member(change);
    }
    for (BaselineChange& change : changes_) {
      if (change.entry().file.kind == BaselineKind::initramfs) explain_image(change);
    }
  }

 private:
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
      return suspect(change,
                     change.now->signature == "unknown" ? Severity::high : Severity::critical,
                     fmt::format("its signature was valid and is {} now", change.now->signature));
    explain_by_package(change);
    if (change.is_suspicious() && has(change, "packing"))
      suspect(change, Severity::medium,
              "the same code in another packing (compressed or signed anew): " + change.concern);
    if (change.now && !change.is_suspicious() && !has_only_attributes(change)) doubt_module(change);
  }

  /// That a package brought a module is one thing, what vouches for its content another.
  static void doubt_module(BaselineChange& change) {
    const BaselineEntry& now = *change.now;
    const bool is_refuted = std::ranges::find(refuting, now.signature) != std::end(refuting);
    if (is_refuted)
      return suspect(change, Severity::high,
                     fmt::format("its signature is {}: {}", now.signature, change.explanation));
    const bool is_vouched_for =
        now.signature == valid || now.package->level != PackageLevel::owned_unverified;
    if (!is_vouched_for)
      suspect(change, Severity::medium, "nothing vouches for its content: " + change.explanation);
  }

  void explain_by_package(BaselineChange& change) const {
    const PackageTransaction* transaction = transaction_of(change);
    if (change.kind == ChangeKind::removed) return explain_removal(change, transaction);
    const auto& package = change.now->package;
    if (!package) return suspect(change, Severity::medium, "who owns it is not known");
    if (has_only_attributes(change)) return explain_attributes(change, transaction);
    switch (package->level) {
      case PackageLevel::unowned: return suspect(change, Severity::high, "no package owns it");
      case PackageLevel::mismatch:
        return suspect(change, Severity::high,
                       fmt::format("it is not what {} {} has", package->name, package->version));
      case PackageLevel::generated: return explain_generated(change, transaction);
      default: break;
    }
    if (transaction == nullptr)
      return suspect(change, Severity::high,
                     fmt::format("{} {}: {}, and no transaction tells of it", package->name,
                                 package->version, proof_of(*change.now)));
    explain(change, *transaction, proof_of(*change.now));
  }

  void explain_removal(BaselineChange& change, const PackageTransaction* transaction) const {
    if (transaction == nullptr) return suspect(change, Severity::medium, "no package took it away");
    const auto owner = evidence_.removed.find(change.was->file.path);
    if (owner != evidence_.removed.end() && !owner->second)
      return suspect(change, Severity::medium, "whether a package has it still is not known");
    if (owner != evidence_.removed.end() && !owner->second->name.empty())
      return suspect(
          change, Severity::medium,
          fmt::format("{} {} has it still", owner->second->name, owner->second->version));
    explain(change, *transaction, "");
  }

  static bool has_only_attributes(const BaselineChange& change) {
    constexpr std::string_view of_content[] = {"code", "content", "packing", "signature", "link"};
    return change.kind == ChangeKind::changed &&
           std::ranges::none_of(of_content, [&](auto aspect) { return has(change, aspect); });
  }

  static void explain_attributes(BaselineChange& change, const PackageTransaction* transaction) {
    const bool opened = is_open_to_others(*change.now->attributes);
    if (opened) return suspect(change, Severity::high, "others than root may write it now");
    if (transaction == nullptr)
      return suspect(change, Severity::medium, "no transaction tells of it");
    explain(change, *transaction, "");
  }

  /// Each host signs what it builds with a key of its own, so its own key has to fit.
  static void explain_generated(BaselineChange& change, const PackageTransaction* transaction) {
    const PackageClaim& package = *change.now->package;
    change.explanation = fmt::format("built here by DKMS from {} {}; signature {}", package.name,
                                     package.version, change.now->signature);
    if (transaction != nullptr) change.transaction = *transaction;
  }

  static std::string proof_of(const BaselineEntry& entry) {
    const bool fits = entry.package->level == PackageLevel::db_match ||
                      entry.package->level == PackageLevel::vendor_signed;
    std::string proof = fits ? "fits the digest of the package" : "owned, without a digest";
    return entry.signature.empty() ? proof : proof + ", signature " + entry.signature;
  }

  static void explain(BaselineChange& change, const PackageTransaction& transaction,
                      const std::string& proof) {
    change.transaction = transaction;
    change.explanation = told(transaction) + (proof.empty() ? "" : "; " + proof);
  }

  void explain_configuration(BaselineChange& change) const {
    if (evidence_.asked_by_policy.contains(change.entry().file.path)) {
      change.explanation = "it is what the policy of kmodsec asks for";
      return;
    }
    explain_by_package(change);
    if (change.is_suspicious()) change.severity = std::min(change.severity, Severity::medium);
  }

  /// What stands outside the images, by what it is and what it holds.
  void index_what_is_there() {
    for (const BaselineEntry& entry : *evidence_.now) {
      if (entry.file.kind == BaselineKind::module && !entry.payload_sha256.empty())
        outside_.emplace(identity_of(entry), &entry);
      if (entry.file.kind == BaselineKind::configuration) outside_.emplace(entry.sha256, &entry);
    }
    for (const BaselineChange& change : changes_) {
      if (change.is_suspicious()) suspicious_.insert(change.entry().file.path);
    }
  }

  /// A member of an image is explained by the same file outside of it.
  void explain_member(BaselineChange& change) const {
    if (change.kind == ChangeKind::removed) {
      change.explanation = "the image was made anew without it";
      return;
    }
    const bool is_module = change.now->file.kind == BaselineKind::image_module;
    const auto twin = outside_.find(is_module ? identity_of(*change.now) : change.now->sha256);
    if (twin == outside_.end())
      return suspect(change, is_module ? Severity::critical : Severity::high,
                     is_module ? "the installed module of this name has other code"
                               : "no configuration of this host has this content");
    if (suspicious_.contains(twin->second->file.path))
      return suspect(change, Severity::high,
                     "the same as " + twin->second->file.path + ", which is suspicious");
    change.explanation = "the same as " + twin->second->file.path;
  }

  void explain_image(BaselineChange& change) const {
    if (change.kind == ChangeKind::removed) {
      change.explanation = "its kernel is gone";
      const bool has_modules = std::ranges::any_of(*evidence_.now, [&](const BaselineEntry& entry) {
        return entry.file.kind == BaselineKind::module &&
               entry.file.kernel == change.was->file.kernel;
      });
      if (has_modules) suspect(change, Severity::medium, "its kernel is still installed");
      return;
    }
    const std::string inside = change.now->file.path + ":";
    const bool suspicious = std::ranges::any_of(changes_, [&](const BaselineChange& other) {
      return other.is_suspicious() && other.entry().file.path.starts_with(inside);
    });
    if (suspicious) return suspect(change, Severity::high, "see what is in it");
    if (change.kind == ChangeKind::changed && has_only_attributes(change))
      return explain_attributes(change, nullptr);
    change.explanation =
        "made anew: its modules and its configuration are those of this host (programs and scripts "
        "in it are not compared)";
  }

  const ChangeEvidence& evidence_;
  std::vector<BaselineChange>& changes_;
  /// The newest transaction of a package, and of one of its versions.
  std::map<std::pair<std::string, std::string>, const PackageTransaction*> newest_of_, newest_to_;
  std::map<std::string, const BaselineEntry*> outside_;
  std::set<std::string> suspicious_;
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
}

}  // namespace kmodsec
