// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/baseline/covered_files.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/baseline/covered_folders.hpp"
#include "collect/boot/boot_files.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/folders.hpp"
#include "collect/host/walk.hpp"
#include "collect/modules/module_tree.hpp"
#include "collect/paths.hpp"
#include "collect/signatures/kernel_image.hpp"
#include "format/files/digest.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t piece_size = 256UL * 1024;
constexpr std::string_view own_configuration = "/etc/kmodsec";

class Coverage {
 public:
  Coverage(const Root& root, const std::vector<std::string>& kernels)
      : root_(root), boot_(root, kernels, true), folders_(root) {}

  void add_kernel(const std::string& release) {
    const std::string folder = module_folder(root_, release);
    ModulePaths modules = find_module_paths(root_, release);
    for (const std::string& path : modules.folders) folders_.add(path, release);
    for (const std::string& path : modules.links) folders_.add_target_of(path);
    for (std::string& path : modules.paths) add(std::move(path), BaselineKind::module, release);
    std::ranges::move(modules.unseen, std::back_inserter(covered_.unseen));
    for (const Entry& entry : entries_of(folder)) {
      if (entry.type != FileType::directory && entry.name.starts_with("modules."))
        add(folder + "/" + entry.name, BaselineKind::index, release);
    }
    for (std::string& path : named_kernel_images(release)) {
      const auto status = root_.status(path);
      if (!status && status.error().kind != ErrorKind::not_found) note(status.error());
      if (status) add(std::move(path), BaselineKind::kernel_image, release);
    }
    add_images(release);
  }

  /// A kernel is asked for its certificates wherever it lies. Those that bear the name of a
  /// release, and those that are one file with their initramfs, are covered by then.
  void add_shared_kernel_images() {
    std::set<std::string> covered;
    for (const CoveredFile& file : covered_.files) covered.insert(file.path);
    SharedKernelImages images = shared_kernel_images(root_);
    for (std::string& path : images.paths)
      if (!covered.contains(path)) add(std::move(path), BaselineKind::kernel_image, {});
    std::ranges::move(images.unseen, std::back_inserter(covered_.unseen));
  }

  void add_configuration() {
    for (const std::string_view path : folders_once(root_, configuration_paths)) {
      if (path == own_configuration) continue;
      const auto status = root_.status(path);
      if (!status && !is_absent(root_, path, status.error())) note(status.error());
      if (!status) continue;
      if (status->type == FileType::directory)
        add_folder(std::string(path));
      else
        add(std::string(path), BaselineKind::configuration, {});
    }
  }

  void note_lack_of_kernels(const Error& error) {
    note(error);
    covered_.lacks_kernels = true;
  }

  void note(const Error& error) { covered_.unseen.push_back({error.subject, error.reason}); }

  CoveredFiles take() {
    for (const CoveredFile& file : covered_.files) add_way_to(file);
    std::ranges::move(folders_.take_folders(), std::back_inserter(covered_.files));
    std::ranges::move(folders_.take_unseen(), std::back_inserter(covered_.unseen));
    std::ranges::sort(covered_.files);
    const auto repeated = std::ranges::unique(covered_.files, {}, &CoveredFile::path);
    covered_.files.erase(repeated.begin(), repeated.end());
    return std::move(covered_);
  }

 private:
  /// Which modules are links, the search for them has seen.
  void add_way_to(const CoveredFile& file) {
    folders_.add_folder_of(file.path, {});
    if (file.kind == BaselineKind::module) return;
    const auto status = root_.link_status(file.path);
    if (status && status->type == FileType::link) folders_.add_target_of(file.path);
  }

  void add_folder(const std::string& folder) {
    folders_.add(folder, {});
    std::vector<Unseen> unlisted = walk(root_, folder, [&](const std::string& path, FileType type) {
      if (type == FileType::directory)
        folders_.add(path, {});
      else
        add(path, BaselineKind::configuration, {});
    });
    std::ranges::move(unlisted, std::back_inserter(covered_.unseen));
  }

  std::vector<Entry> entries_of(const std::string& folder) {
    auto entries = root_.list(folder);
    if (entries) return std::move(*entries);
    note(entries.error());
    return {};
  }

  void add_images(const std::string& release) {
    const auto images = boot_.initramfs_files_of(release);
    if (!images) return note(images.error());
    for (const InitramfsFile& image : images->paths)
      add(image.path, BaselineKind::initramfs, release);
    std::ranges::copy(images->unseen, std::back_inserter(covered_.unseen));
  }

  void add(std::string path, BaselineKind kind, const std::string& release) {
    covered_.files.push_back({std::move(path), kind, release});
  }

  const Root& root_;
  BootFiles boot_;
  CoveredFolders folders_;
  CoveredFiles covered_;
};

Seen<std::string> hash_content(const File& file, const std::string& path) {
  Sha256 digest;
  std::uint64_t offset = 0;
  while (offset <= file.size()) {
    const auto piece = file.read(offset, piece_size);
    if (!piece) return std::unexpected(piece.error());
    if (piece->empty()) break;
    digest.add(*piece);
    offset += piece->size();
  }
  if (offset != file.size())
    return failure(ErrorKind::io, utf8_text(path), "changed while it was read");
  return digest.hex();
}

Seen<FileAttributes> attributes_of_entry(const Root& root, const std::string& path) {
  const auto status = root.link_status(path);
  if (!status) return std::unexpected(status.error());
  FileAttributes attributes{
      .size = status->size, .mode = status->mode, .uid = status->uid, .gid = status->gid};
  if (status->type != FileType::link) return attributes;
  const auto target = root.read_link(path);
  if (!target) return std::unexpected(target.error());
  attributes.link = utf8_text(*target);
  return attributes;
}

Seen<std::string> open_and_hash(const Root& root, const std::string& path, Hashing hashing,
                                FileAttributes& attributes) {
  const auto file = root.open(path);
  const bool leads_nowhere =
      !file && !attributes.link.empty() && has_no_lines(root, path, file.error());
  if (leads_nowhere) return std::string{};
  if (!file) return std::unexpected(file.error());
  if (!attributes.link.empty()) {
    const auto target = root.status(path);
    if (!target) return std::unexpected(target.error());
    attributes.target = LinkTarget{target->mode, target->uid, target->gid};
  }
  const auto capabilities = (*file)->attribute("security.capability");
  if (!capabilities) return std::unexpected(capabilities.error());
  attributes.capabilities = to_hex(*capabilities);
  return hashing == Hashing::now ? hash_content(**file, path) : Seen<std::string>(std::string{});
}

}  // namespace

CoveredFiles collect_covered_files(const Root& root) {
  const auto kernels = installed_kernels(root);
  Coverage coverage(root, kernels.value_or(std::vector<std::string>{}));
  if (!kernels) coverage.note_lack_of_kernels(kernels.error());
  for (const std::string& release : kernels.value_or(std::vector<std::string>{}))
    coverage.add_kernel(release);
  coverage.add_shared_kernel_images();
  coverage.add_configuration();
  return coverage.take();
}

RecordedFile record_folder(const Root& root, const std::string& path) {
  constexpr std::uint64_t no_size = 0;  // that of a folder follows from what was ever in it
  RecordedFile folder;
  folder.attributes = attributes_of_entry(root, path);
  if (folder.attributes) {
    folder.attributes->size = no_size;
    folder.sha256 = std::string{};
  } else {
    folder.sha256 = std::unexpected(folder.attributes.error());
  }
  return folder;
}

RecordedFile record_file(const Root& root, const std::string& path, Hashing hashing) {
  RecordedFile file;
  file.attributes = attributes_of_entry(root, path);
  file.sha256 = file.attributes ? open_and_hash(root, path, hashing, *file.attributes)
                                : std::unexpected(file.attributes.error());
  return file;
}

}  // namespace kmodsec
