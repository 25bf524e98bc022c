// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/initramfs_files.hpp"

#include <array>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/boot/initramfs_tree.hpp"
#include "collect/host/folders.hpp"
#include "collect/paths.hpp"
#include "format/kernel/pe.hpp"
#include "format/signatures/kernel_image.hpp"
#include "system/files/sparse_file.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view boot_folder = "/boot";
constexpr std::array<std::string_view, 3> image_partitions = {"/boot", "/boot/efi", "/efi"};

/// kernel-install appends how often the image may still be tried: "NAME+3-1.efi".
std::string_view without_tries(std::string_view name) {
  const std::size_t plus = name.rfind('+');
  if (plus == std::string_view::npos) return name;
  const bool counts = name.find_first_not_of("0123456789-", plus + 1) == std::string_view::npos;
  return counts ? name.substr(0, plus) : name;
}

bool names_release(std::string_view file_name, std::string_view release) {
  file_name.remove_suffix(std::string_view(".efi").size());
  for (const std::string_view name : {file_name, without_tries(file_name)})
    if (name == release || name.ends_with("-" + std::string(release))) return true;
  return false;
}

bool is_unified_image_of(const ByteSource& image, std::string_view name, std::string_view release) {
  if (!find_pe_section(image, ".initrd")) return false;
  const auto own_release = pe_section(image, ".uname");
  if (!own_release) return names_release(name, release);
  return trim(own_release->substr(0, own_release->find('\0'))) == release;
}

/// By the kernel that is booted with it. Fedora makes both when the host is installed, and keeps
/// them (dracut: install.d/51-dracut-rescue.install).
std::string release_of_rescue_kernel(const Root& root, std::string_view id) {
  const auto kernel = root.open(fmt::format("{}/vmlinuz-0-rescue-{}", boot_folder, id));
  if (!kernel) return {};
  const std::string head = (*kernel)->read(0, boot_header_reach).value_or("");
  const std::string_view version = version_in_boot_header(head);
  return utf8_text(version.substr(0, version.find(' ')));
}

std::string release_of_modules_in(const Root& image) {
  for (const std::string_view folder : module_folders) {
    const auto releases = image.list(folder);
    if (releases && releases->size() == 1) return releases->front().name;
  }
  return {};
}

bool has(const Root& image, std::string_view path) { return image.status(path).has_value(); }

class Search {
 public:
  Search(const Root& root, const std::string& release) : root_(root), release_(release) {}

  Seen<std::vector<std::string>> run() {
    add_named();
    add_by_package();
    add_rescue();
    for (const std::string_view partition : image_partitions) {
      add_by_machine(partition);
      add_unified(std::string(partition) + "/EFI/Linux");
    }
    if (boot_unreadable_) return std::unexpected(*boot_unreadable_);
    if (unattributed_) return std::unexpected(*unattributed_);
    if (found_.empty() && unreadable_) return std::unexpected(*unreadable_);
    return std::move(found_);
  }

 private:
  void add_named() {
    const std::string modules = "lib/modules/" + release_;
    for (const std::string& path :
         {"/boot/initrd.img-" + release_, "/boot/initramfs-" + release_ + ".img",
          "/boot/initrd-" + release_, "/" + modules + "/initrd", "/usr/" + modules + "/initrd",
          "/usr/" + modules + "/initramfs.img"})
      add(path);
  }

  /// Arch Linux names images after the kernel's package.
  void add_by_package() {
    const auto package = read_line(root_, "/usr/lib/modules/" + release_ + "/pkgbase");
    if (!package) return note(package.error());
    for (const std::string_view kind : {"", "-fallback"})
      add("/boot/initramfs-" + *package + std::string(kind) + ".img");
  }

  void add_rescue() {
    constexpr std::string_view start = "initramfs-0-rescue-", end = ".img";
    for (const Entry& entry : entries_of(std::string(boot_folder))) {
      std::string_view id = entry.name;
      if (!id.starts_with(start) || !id.ends_with(end)) continue;
      id = id.substr(start.size(), id.size() - start.size() - end.size());
      const std::string path = std::string(boot_folder) + "/" + entry.name;
      std::string release = release_of_rescue_kernel(root_, id);
      if (release.empty()) {
        const auto image = open_initramfs(root_, path, ImageModules::named);
        if (image) release = release_of_modules_in(image->tree);
      }
      if (release == release_) add(path);
      if (release.empty())
        unattributed_ = Error{ErrorKind::malformed, utf8_text(path),
                              "neither its kernel nor its modules show for which release it is"};
    }
  }

  /// The layout of kernel-install: MACHINE/RELEASE/initrd.
  void add_by_machine(std::string_view partition) {
    for (const Entry& machine : entries_of(std::string(partition))) {
      if (machine.type != FileType::directory) continue;
      const std::string folder = std::string(partition) + "/" + machine.name + "/" + release_;
      for (const Entry& entry : entries_of(folder))
        if (entry.name.starts_with("initrd") || entry.name.starts_with("initramfs"))
          add(folder + "/" + entry.name);
    }
  }

  void add_unified(const std::string& folder) {
    for (const Entry& entry : entries_of(folder)) {
      if (!entry.name.ends_with(".efi")) continue;
      const std::string path = folder + "/" + entry.name;
      const auto file = root_.open(path);
      if (!file) {
        note(file.error());
        continue;
      }
      const SparseFile image(**file);
      if (is_unified_image_of(image, entry.name, release_)) add(path);
      if (!image.state()) note(image.state().error());
    }
  }

  void add(const std::string& path) {
    const auto status = root_.status(path);
    if (!status) return note(status.error());
    if (status->type != FileType::regular) return;
    const auto followed = follow(root_, path);
    if (seen_.insert(followed ? followed->resolved : path).second) found_.push_back(path);
  }

  std::vector<Entry> entries_of(const std::string& folder) {
    auto entries = root_.list(folder);
    if (entries) return std::move(*entries);
    note(entries.error());
    if (folder == boot_folder && entries.error().kind != ErrorKind::not_found)
      boot_unreadable_ = entries.error();
    return {};
  }

  void note(const Error& error) {
    if (error.kind != ErrorKind::not_found && !unreadable_) unreadable_ = error;
  }

  const Root& root_;
  const std::string& release_;
  std::vector<std::string> found_;
  std::set<std::string> seen_;
  std::optional<Error> boot_unreadable_;
  std::optional<Error> unattributed_;
  std::optional<Error> unreadable_;
};

}  // namespace

Seen<std::vector<std::string>> collect_initramfs_files(const Root& root,
                                                       const std::string& release) {
  return Search(root, release).run();
}

ImageMaker initramfs_maker(const Root& image) {
  if (has(image, "/conf/initramfs.conf") && has(image, "/scripts/functions"))
    return ImageMaker::initramfs_tools;
  if (is_folder(image, "/usr/lib/dracut") || is_folder(image, "/lib/dracut"))
    return ImageMaker::dracut;
  for (const std::string_view own : {"/buildconfig", "/init_functions", "/usr/lib/initcpio"})
    if (has(image, own)) return ImageMaker::mkinitcpio;
  for (const std::string_view own : {"/sbin/nlplug-findfs", "/usr/sbin/nlplug-findfs"})
    if (has(image, own)) return ImageMaker::mkinitfs;
  return ImageMaker::unknown;
}

}  // namespace kmodsec
