// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/explain_images.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyze/baseline/explain_words.hpp"
#include "base/path.hpp"

namespace kmodsec {
namespace {

std::string name_in_kernel(const BaselineEntry& module) {
  return fmt::format("{} {}", module.file.kernel, module_stem(module));
}

/// A module by what it is: the same code under another name is another module.
std::string identity_of(const BaselineEntry& module) {
  return fmt::format("{} {}", name_in_kernel(module), module.payload_sha256);
}

/// A file of modprobe.d by what it is: the content of one under the name of another is another.
std::string configuration_identity(const BaselineEntry& file) {
  return fmt::format("{} {}", file_name(file.file.path), file.sha256);
}

class ImageExplainer {
 public:
  ImageExplainer(const ChangeEvidence& evidence, std::vector<BaselineChange>& changes)
      : evidence_(evidence), changes_(changes) {}

  void explain_all() {
    index_what_is_there();
    for (BaselineChange& change : changes_) {
      if (is_in_image(change.entry().file.kind)) explain_member(change);
    }
    if (evidence_.is_digest_list) take_out_unlisted_members();
    find_causes();
    for (BaselineChange& change : changes_) {
      if (change.entry().file.kind == BaselineKind::initramfs) explain_image(change);
    }
  }

 private:
  void add_installed(const BaselineEntry& module) {
    const bool was_read = !module.payload_sha256.empty();
    if (was_read) outside_.emplace(identity_of(module), &module);
    bool& is_known = installed_[name_in_kernel(module)];
    is_known = is_known || was_read;
  }

  /// What stands outside the images, by what it is and what it holds.
  void index_what_is_there() {
    for (const BaselineEntry& entry : *evidence_.now) {
      if (entry.file.kind == BaselineKind::module) add_installed(entry);
      if (entry.file.kind == BaselineKind::module) kernels_.insert(entry.file.kernel);
      if (entry.file.kind == BaselineKind::initramfs) images_.insert(entry.file.path);
      if (entry.file.kind != BaselineKind::configuration) continue;
      outside_.emplace(configuration_identity(entry), &entry);
      configured_.insert(std::string(file_name(entry.file.path)));
    }
    for (const BaselineChange& change : changes_) {
      if (change.is_suspicious()) suspicious_.insert(change.entry().file.path);
    }
  }

  /// A member of an image is explained by the same file outside of it.
  void explain_member(BaselineChange& change) {
    if (change.kind == ChangeKind::removed) return explain_member_gone(change);
    const bool is_module = change.now->file.kind == BaselineKind::image_module;
    const auto twin =
        outside_.find(is_module ? identity_of(*change.now) : configuration_identity(*change.now));
    if (twin == outside_.end())
      return is_module ? doubt_module(change)
                       : suspect(change, Severity::high,
                                 "no configuration of this host has this name and this content");
    const std::string& outside = twin->second->file.path;
    if (!suspicious_.contains(outside)) {
      change.explanation = "the same as " + outside;
      return;
    }
    copies_.emplace(change.now->file.path, outside);
    suspect(change, Severity::high, "the same as " + outside + ", which is suspicious");
  }

  /// Nothing that is installed is the same.
  void doubt_module(BaselineChange& change) const {
    const BaselineEntry& now = *change.now;
    const auto installed = installed_.find(name_in_kernel(now));
    if (now.sha256.empty()) return suspect(change, Severity::high, "its content could not be read");
    if (installed == installed_.end())
      return suspect(change, Severity::critical,
                     "this kernel has no installed module of this name");
    if (!installed->second)
      return suspect(change, Severity::high,
                     "the installed module of this name could not be read to compare its code");
    suspect(change, Severity::critical, "the installed module of this name has other code");
  }

  /// Where the image is still there, what the host has configured belongs into it.
  void explain_member_gone(BaselineChange& change) const {
    const std::string& path = change.was->file.path;
    const std::string image = path.substr(0, path.find(':'));
    const bool has_image = images_.contains(image);
    const bool is_configured = configured_.contains(std::string(file_name(path)));
    if (change.was->file.kind == BaselineKind::image_configuration && has_image && is_configured)
      return suspect(change, Severity::medium, "the host still has a configuration of this name");
    change.explanation = "the image was rebuilt without it";
  }

  /// A list has none of the members of an image, and so none of them came. What stays is the change
  /// of a member that is no copy of a file of the host.
  void take_out_unlisted_members() {
    std::erase_if(changes_, [&](const BaselineChange& change) {
      const std::string& path = change.entry().file.path;
      const auto copy = copies_.find(path);
      if (copy != copies_.end())
        suspicious_copies_.emplace(path.substr(0, path.find(':')), copy->second);
      return is_in_image(change.entry().file.kind) &&
             (!change.is_suspicious() || copy != copies_.end());
    });
  }

  /// Why an image would be made anew: a package, or something else that is explained and goes into
  /// it. A transaction that may be older than a list is no reason.
  void find_causes() {
    const bool has_date = !evidence_.is_digest_list;
    has_common_cause_ = has_date && evidence_.transactions && !evidence_.transactions->empty();
    for (const BaselineChange& change : changes_) {
      if (change.is_suspicious()) continue;
      const CoveredFile& file = change.entry().file;
      if (file.kind == BaselineKind::configuration) has_common_cause_ = true;
      if (file.kind == BaselineKind::module || file.kind == BaselineKind::kernel_image)
        moved_kernels_.insert(file.kernel);
      if (is_in_image(file.kind) && follows_the_host(change))
        renewed_images_.insert(file.path.substr(0, file.path.find(':')));
    }
  }

  /// A member that is explained, and in whose place something older was; or a configuration that
  /// came, at the path that it has on the host. Any other copy can be appended to an image by
  /// whoever appends a program to it.
  bool follows_the_host(const BaselineChange& member) const {
    if (member.kind == ChangeKind::changed) return true;
    const BaselineEntry& entry = member.entry();
    if (!member.now || entry.file.kind != BaselineKind::image_configuration) return false;
    const auto twin = outside_.find(configuration_identity(entry));
    return twin != outside_.end() && entry.file.path.ends_with(":" + twin->second->file.path);
  }

  bool has_cause(const BaselineEntry& image) const {
    return has_common_cause_ || moved_kernels_.contains(image.file.kernel) ||
           renewed_images_.contains(image.file.path);
  }

  void explain_image_gone(BaselineChange& change) const {
    const bool is_left = evidence_.still_there.contains(change.was->file.path);
    change.explanation = is_left ? "its kernel is gone; the image was left" : "its kernel is gone";
    if (kernels_.contains(change.was->file.kernel))
      suspect(change, Severity::medium, "its kernel is still installed");
  }

  void explain_image(BaselineChange& change) const {
    if (change.kind == ChangeKind::removed) return explain_image_gone(change);
    const std::string& path = change.now->file.path;
    if (evidence_.unread_images.contains(path))
      return suspect(change, Severity::high, "what is in it could not be read");
    if (has_suspicious_member(path)) return suspect(change, Severity::high, "see what is in it");
    const auto copy = suspicious_copies_.find(path);
    if (copy != suspicious_copies_.end())
      return suspect(change, Severity::high,
                     fmt::format("{} is in it, which is suspicious", copy->second));
    if (change.kind == ChangeKind::changed && has_only_attributes(change))
      return explain_attributes(nullptr, change);
    if (!has_cause(*change.now)) return suspect(change, Severity::medium, without_cause());
    change.explanation =
        "rebuilt: its modules and its configuration are those of this host (programs and scripts "
        "in it are not compared)";
  }

  std::string without_cause() const {
    if (!evidence_.is_digest_list)
      return "rebuilt, and nothing explains why: no package and nothing that goes into it changed";
    return "its content is not what the list has, and nothing explains why: nothing else of the "
           "list that goes into it changed, and a list has no date to hold package transactions "
           "against (programs and scripts in it are not compared)";
  }

  /// Changes are sorted by path.
  bool has_suspicious_member(const std::string& image) const {
    const std::string inside = image + ":";
    const auto path_of_change = [](const BaselineChange& change) -> const std::string& {
      return change.entry().file.path;
    };
    for (auto member = std::ranges::lower_bound(changes_, inside, {}, path_of_change);
         member != changes_.end() && path_of_change(*member).starts_with(inside); ++member)
      if (member->is_suspicious()) return true;
    return false;
  }

  const ChangeEvidence& evidence_;
  std::vector<BaselineChange>& changes_;
  std::map<std::string, const BaselineEntry*> outside_;
  std::map<std::string, bool> installed_;  ///< By kernel and name: whether its code was read.
  std::set<std::string> kernels_;          ///< That have modules.
  std::set<std::string> suspicious_;
  std::set<std::string> images_;      ///< Paths of those that are there.
  std::set<std::string> configured_;  ///< Names of the host's files of modprobe.d and the like.
  std::map<std::string, std::string> copies_;  ///< Members that are a suspicious file, by path.
  std::map<std::string, std::string> suspicious_copies_;  ///< The first such file, by image.
  std::set<std::string> moved_kernels_;   ///< Whose modules or kernel changed, explained.
  std::set<std::string> renewed_images_;  ///< By path: a member follows the host.
  bool has_common_cause_ = false;         ///< For the images of every kernel.
};

}  // namespace

void explain_images(const ChangeEvidence& evidence, std::vector<BaselineChange>& changes) {
  ImageExplainer(evidence, changes).explain_all();
}

}  // namespace kmodsec
