// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/baseline_recording.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "analyze/signatures/trust.hpp"
#include "app/progress.hpp"
#include "app/signatures/given_certificates.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "collect/baseline/covered_files.hpp"
#include "collect/collect.hpp"
#include "collect/modules/packages.hpp"
#include "format/files/digest.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t plain_file_limit = 256UL * 1024 * 1024;

/// How the paths of what lies in an image begin.
std::string members_of(const std::string& image) { return image + ":"; }

class Recorder {
 public:
  Recorder(const Root& root, const Options& options, const std::vector<BaselineEntry>& known)
      : root_(root), options_(options), known_(known) {}

  Result<Recording> record() {
    auto given = read_given_certificates(options_.certificates);
    if (!given) return std::unexpected(given.error());
    certificates_ = std::move(*given);
    CoveredFiles covered = collect_covered_files(root_);
    recording_.unseen = std::move(covered.unseen);
    lacks_kernels_ = covered.lacks_kernels;
    recording_.entries.reserve(covered.files.size());
    look_at(std::exchange(covered.files, {}));
    keep_unseen();
    for (auto& [kernel, files] : to_examine_) examine(kernel, std::move(files));
    std::ranges::sort(recording_.entries, {}, path_of);
    return std::move(recording_);
  }

 private:
  struct OfKernel {
    std::vector<BaselineEntry> modules;
    std::vector<BaselineEntry> others;
    std::vector<BaselineEntry> images;
  };

  /// A module that nothing is known of is hashed when its signature is looked at.
  Hashing hashing_of(const CoveredFile& file) const {
    return known_.empty() && file.kind == BaselineKind::module ? Hashing::later : Hashing::now;
  }

  void look_at(const std::vector<CoveredFile>& files) {
    Progress progress(options_.quiet);
    std::vector<RecordedFile> looks(files.size());
    std::atomic<std::size_t> done = 0;
    parallel_for(files.size(), options_.jobs, [&](std::size_t i) {
      looks[i] = files[i].kind == BaselineKind::folder
                     ? record_folder(root_, files[i].path)
                     : record_file(root_, files[i].path, hashing_of(files[i]));
      progress.tell(++done, files.size());
    });
    for (std::size_t i = 0; i < files.size(); ++i) sort_in(files[i], looks[i]);
  }

  const BaselineEntry* known(const std::string& path) const {
    const auto found = std::ranges::lower_bound(known_, path, {}, path_of);
    return found != known_.end() && path_of(*found) == path ? &*found : nullptr;
  }

  void sort_in(const CoveredFile& file, const RecordedFile& look) {
    const BaselineEntry* before = known(file.path);
    if (!look.sha256) return leave(file, before, look.sha256.error());
    BaselineEntry entry{.file = {utf8_text(file.path), file.kind, file.kernel},
                        .sha256 = *look.sha256,
                        .attributes = *look.attributes};
    if (before != nullptr && is_same(*before, entry) && tells_enough(*before)) return keep(*before);
    const bool is_plain_folder =
        file.kind == BaselineKind::folder && entry.attributes->link.empty();
    if (is_plain_folder) return recording_.entries.push_back(std::move(entry));
    OfKernel& of_kernel = to_examine_[file.kernel];
    switch (file.kind) {
      case BaselineKind::module: of_kernel.modules.push_back(std::move(entry)); break;
      case BaselineKind::initramfs: of_kernel.images.push_back(std::move(entry)); break;
      default: of_kernel.others.push_back(std::move(entry)); break;
    }
  }

  /// A plain list tells nothing of a file but its digest.
  static bool tells_enough(const BaselineEntry& before) { return before.attributes.has_value(); }

  static bool is_same(const BaselineEntry& before, const BaselineEntry& now) {
    return is_folder(before) == is_folder(now) && before.sha256 == now.sha256 &&
           (!before.attributes || before.attributes == now.attributes);
  }

  /// What is gone is gone, and so is a file where a device or a pipe stands; what cannot be read is
  /// what it was, for all that is known.
  void leave(const CoveredFile& file, const BaselineEntry* before, const Error& error) {
    if (error.kind == ErrorKind::not_found) return;
    recording_.unseen.push_back({utf8_text(file.path), error.reason});
    const bool is_no_file = error.kind == ErrorKind::unsupported;
    if (before != nullptr && !is_no_file) keep(*before);
  }

  /// What a folder had that could not be looked into is still there, for all that is known, and so
  /// is what belongs to kernels that could not be listed.
  void keep_unseen() {
    if (recording_.unseen.empty() || known_.empty()) return;
    std::set<std::string> looked_at = paths_looked_at();
    const auto keep_once = [&](const BaselineEntry& entry) {
      if (looked_at.insert(path_of(entry)).second) recording_.entries.push_back(entry);
    };
    for (const Unseen& gap : recording_.unseen) {
      const std::string prefix = gap.what + "/";
      for (auto entry = std::ranges::lower_bound(known_, prefix, {}, path_of);
           entry != known_.end() && path_of(*entry).starts_with(prefix); ++entry)
        keep_once(*entry);
    }
    if (!lacks_kernels_) return;
    for (const BaselineEntry& entry : known_)
      if (!entry.file.kernel.empty()) keep_once(entry);
  }

  std::set<std::string> paths_looked_at() const {
    std::set<std::string> paths;
    for (const auto& [kernel, files] : to_examine_)
      for (const auto* entries : {&files.modules, &files.others, &files.images})
        for (const BaselineEntry& entry : *entries) paths.insert(entry.file.path);
    for (const BaselineEntry& entry : recording_.entries) paths.insert(entry.file.path);
    return paths;
  }

  void keep(const BaselineEntry& entry) {
    recording_.entries.push_back(entry);
    if (entry.file.kind == BaselineKind::initramfs) keep_members(entry.file.path);
  }

  void keep_members(const std::string& image) {
    const std::string prefix = members_of(image);
    for (auto member = std::ranges::lower_bound(known_, prefix, {}, path_of);
         member != known_.end() && path_of(*member).starts_with(prefix); ++member)
      recording_.entries.push_back(*member);
  }

  void examine(const std::string& kernel, OfKernel files) {
    examine_others(kernel, files.others);
    if (!files.modules.empty()) examine_modules(kernel, files.modules);
    if (!files.images.empty()) examine_images(kernel, files.images);
    for (auto* entries : {&files.modules, &files.others, &files.images})
      std::ranges::move(*entries, std::back_inserter(recording_.entries));
  }

  void examine_others(const std::string& kernel, std::vector<BaselineEntry>& entries) const {
    std::vector<PlainFile> files(entries.size());
    parallel_for(entries.size(), options_.jobs, [&](std::size_t i) {
      files[i].path = entries[i].file.path;
      const auto bytes = root_.read(files[i].path, plain_file_limit);
      if (bytes) files[i].digests = FileDigests{hex_digest(Digest::md5, *bytes), entries[i].sha256};
    });
    collect_packages(root_, kernel, files);
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (files[i].package) entries[i].package = *files[i].package;
    }
  }

  void examine_modules(const std::string& kernel, std::vector<BaselineEntry>& entries) {
    CollectScope scope{.kernel = kernel,
                       .parts = {Part::digests, Part::signatures, Part::packages},
                       .certificates = certificates_,
                       .jobs = options_.jobs};
    for (const BaselineEntry& entry : entries) scope.paths.push_back(entry.file.path);
    auto facts = collect(root_, scope);
    if (!facts) {
      leave_out_unread(entries);
      return note({facts.error().subject, facts.error().reason});
    }
    const Trust trust(*facts, facts->trees.empty() ? nullptr : &facts->trees.front());
    std::ranges::sort(entries, {}, path_of);
    for (const ModuleFile& file : facts->files) {
      const auto entry = std::ranges::lower_bound(entries, file.path, {}, path_of);
      if (entry != entries.end() && path_of(*entry) == file.path)
        complete(*entry, file, trust.judge(file));
    }
    leave_out_unread(entries);
    if (!known_.empty()) recording_.modules[kernel] = std::move(facts->files);
  }

  /// An entry without a digest would never be seen to change.
  static void leave_out_unread(std::vector<BaselineEntry>& modules) {
    std::erase_if(modules, [](const BaselineEntry& entry) {
      return entry.sha256.empty() && entry.attributes->link.empty();
    });
  }

  void complete(BaselineEntry& entry, const ModuleFile& file, const SignatureVerdict& verdict) {
    entry.signature = verdict.status;
    entry.payload_sha256 = file.payload_sha256;
    if (file.package) entry.package = *file.package;
    if (!file.digests) return note({file.path, file.digests.error().reason});
    entry.sha256 = file.digests->sha256;
  }

  void examine_images(const std::string& kernel, const std::vector<BaselineEntry>& images) {
    const auto facts = collect(root_, {.kernel = kernel,
                                       .parts = {Part::initramfs_images, Part::image_digests},
                                       .jobs = options_.jobs});
    if (!facts) note({facts.error().subject, facts.error().reason});
    for (const BaselineEntry& image : images) recording_.unread_images.insert(image.file.path);
    for (const ModuleTree& tree : facts ? facts->trees : std::vector<ModuleTree>{}) {
      if (!tree.initramfs_images) {
        note({tree.initramfs_images.error().subject, tree.initramfs_images.error().reason});
        continue;
      }
      for (const InitramfsImage& image : *tree.initramfs_images) {
        if (std::ranges::find(images, image.path, path_of) == images.end()) continue;
        recording_.unread_images.erase(image.path);
        add_members(kernel, image);
      }
    }
    for (const BaselineEntry& image : images)
      if (recording_.unread_images.contains(image.file.path)) keep_members(image.file.path);
  }

  void add_members(const std::string& kernel, const InitramfsImage& image) {
    const auto add = [&](BaselineKind kind, const std::string& path) -> BaselineEntry& {
      return recording_.entries.emplace_back(
          BaselineEntry{.file = {members_of(image.path) + path, kind, kernel}});
    };
    for (const ImageModule& module : image.modules) {
      if (module.sha256.empty())
        note({members_of(image.path) + module.path, "its content was not read"});
      BaselineEntry& entry = add(BaselineKind::image_module, module.path);
      entry.sha256 = module.sha256;
      entry.payload_sha256 = module.payload_sha256;
    }
    for (const ImageFile& file : image.configuration)
      add(BaselineKind::image_configuration, file.path).sha256 = file.sha256;
  }

  void note(Unseen unseen) { recording_.unseen.push_back(std::move(unseen)); }

  const Root& root_;
  const Options& options_;
  const std::vector<BaselineEntry>& known_;
  std::vector<std::string> certificates_;
  bool lacks_kernels_ = false;
  std::map<std::string, OfKernel> to_examine_;
  Recording recording_;
};

}  // namespace

Result<Recording> record(const Root& root, const Options& options,
                         const std::vector<BaselineEntry>& known) {
  return Recorder(root, options, known).record();
}

}  // namespace kmodsec
