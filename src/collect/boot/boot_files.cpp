// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/boot_files.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/contains.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/boot/initramfs_files.hpp"
#include "collect/boot/initramfs_tree.hpp"
#include "collect/boot/unmounted_partitions.hpp"
#include "collect/host/folders.hpp"
#include "collect/paths.hpp"
#include "format/boot/boot_command_lines.hpp"
#include "format/kernel/pe.hpp"
#include "format/signatures/kernel_image.hpp"
#include "system/files/sparse_file.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_opened = 16;
constexpr std::size_t most_without_kernel = 64;
constexpr std::size_t most_parts = 16;

/// "(hd0,gpt2)/vmlinuz", "($root)/vmlinuz" and "\EFI\x.efi" as a path.
std::string as_path(std::string_view named) {
  if (named.starts_with('(')) named.remove_prefix(std::min(named.find(')'), named.size() - 1) + 1);
  std::string path(named);
  std::ranges::replace(path, '\\', '/');
  if (!path.starts_with('/')) path.insert(0, "/");
  return path;
}

bool is_file(const Root& root, const std::string& path) {
  const auto status = root.status(path);
  return status && status->type == FileType::regular;
}

/// What else loaders of Linux kernels start.
bool is_no_linux(std::string_view kernel) {
  constexpr std::array<std::string_view, 4> others = {"memtest", "memdisk", "ipxe", ".lkrn"};
  const std::string_view name = file_name(kernel);
  return name.starts_with("xen") ||
         std::ranges::any_of(others, [&](std::string_view word) { return name.contains(word); });
}

/// Windows and memory testers are chained by entries as well.
bool must_be_there(const FoundEntry& found, std::string_view named) {
  return found.source.ends_with(".conf") || named.contains("EFI/Linux/");
}

}  // namespace

BootFiles::BootFiles(const Root& root, const std::vector<std::string>& releases, bool with_images,
                     std::vector<GivenImage> given)
    : root_(root),
      with_images_(with_images),
      releases_(releases.begin(), releases.end()),
      given_(std::move(given)),
      loaders_(collect_boot_loaders(root)),
      unmounted_(unmounted_partitions(root)) {
  if (with_images) find_named();
  add_running_line();
  attribute_entries();
  if (!with_images) return;
  find_loose_images();
  attribute_given();
}

void BootFiles::find_named() {
  for (const std::string& release : releases_) {
    const auto& files = named_[release] = collect_initramfs_files(root_, release);
    for (const std::string& path : files ? *files : std::vector<std::string>{}) claim(path);
  }
}

std::string BootFiles::resolved(const std::string& path) const {
  const auto followed = follow(root_, path);
  return followed ? followed->resolved : path;
}

void BootFiles::claim(const std::string& path) { claimed_.insert(resolved(path)); }

/// `initrd=` of the kernel that runs, or ran where this was captured.
void BootFiles::add_running_line() {
  const auto line = read_line(root_, "/proc/cmdline");
  if (!line) return;
  running_.entry.initrds = initrds_on_command_line(*line);
  running_.entry.version = read_line(root_, "/proc/sys/kernel/osrelease").value_or("");
  running_.entry.line = 1;
  running_.source = "/proc/cmdline";
  running_.partition = "/boot";
  if (!running_.entry.initrds.empty()) attribute(running_);
}

void BootFiles::attribute_entries() {
  for (FoundEntry& found : loaders_.entries) {
    if (found.entry.options)
      std::ranges::move(initrds_on_command_line(*found.entry.options),
                        std::back_inserter(found.entry.initrds));
    attribute(found);
  }
}

void BootFiles::attribute(const FoundEntry& found) {
  if (is_no_linux(found.entry.kernel)) return;
  Booted booted = resolve_files(found);
  const std::vector<std::string> releases = releases_of(found, booted);
  for (const std::string& path : booted.images) claim(path);
  if (releases.empty()) {
    if (booted_by_any_.size() < most_without_kernel) booted_by_any_.push_back(std::move(booted));
    return;
  }
  for (const std::string& release : releases)
    if (asks_for(release)) booted_[release].push_back(booted);
}

BootFiles::Booted BootFiles::resolve_files(const FoundEntry& found) const {
  Booted booted{.entry = &found};
  for (const std::string& named : found.entry.initrds) {
    booted.names_image = true;
    auto path = resolve(named, found.partition);
    if (path)
      booted.images.push_back(std::move(*path));
    else
      booted.missing.push_back(named);
  }
  for (const std::string& named : found.entry.unified) add_unified(found, named, booted);
  return booted;
}

/// One without an initramfs boots without.
void BootFiles::add_unified(const FoundEntry& found, const std::string& named,
                            Booted& booted) const {
  const auto path = resolve(named, found.partition);
  if (!path) {
    if (must_be_there(found, named)) booted.missing.push_back(named);
    return;
  }
  const auto file = root_.open(*path);
  if (!file) return;
  const SparseFile image(**file);
  if (!find_pe_section(image, ".initrd")) return;
  booted.names_image = true;
  booted.images.push_back(*path);
}

/// The loader's paths begin at a partition, or at the root file system, perhaps at the top of a
/// Btrfs of which that is a subvolume.
std::optional<std::string> BootFiles::resolve(std::string_view named,
                                              const std::string& partition) const {
  const std::string path = as_path(named);
  if (is_file(root_, partition + path)) return partition + path;
  if (is_file(root_, path)) return path;
  for (const std::string_view other : boot_partitions)
    if (is_file(root_, std::string(other) + path)) return std::string(other) + path;
  std::size_t at = 0;
  for (std::size_t i = 0; i < most_parts && at != std::string::npos; ++i) {
    at = path.find("/boot/", at + 1);
    if (at != std::string::npos && is_file(root_, path.substr(at))) return path.substr(at);
  }
  return std::nullopt;
}

/// What the kernel says of itself, else what its path says; empty: neither does.
std::string BootFiles::release_told_by_file(const std::string& named,
                                            const std::string& partition) const {
  const std::string path = as_path(named);
  if (const auto there = resolve(named, partition)) {
    const auto file = root_.open(*there);
    const std::string head = file ? (*file)->read(0, boot_header_reach).value_or("") : "";
    const std::string_view version = version_in_boot_header(head);
    if (!version.empty()) return std::string(version.substr(0, version.find(' ')));
  }
  const std::string_view name = file_name(path);
  const std::string_view folder = file_name(std::string_view(path).substr(0, path.rfind('/')));
  for (const std::string_view part : {name, folder})
    if (auto release = release_borne_by(part, releases_)) return *release;
  for (const std::string_view part : {name, folder})
    if (bears_some_release(part)) return std::string(part);
  const std::size_t dash = name.find('-');  // Alpine Linux: vmlinuz-lts
  if (dash == std::string_view::npos) return {};
  const std::string flavor(name.substr(dash + 1));
  return read_line(root_, "/usr/share/kernel/" + flavor + "/kernel.release").value_or("");
}

/// Those that an entry boots, asked for or not; none where nothing tells.
std::vector<std::string> BootFiles::releases_of(const FoundEntry& found, const Booted& booted) {
  const BootEntry& entry = found.entry;
  if (!entry.kernel.empty()) {
    std::string release = release_told_by_file(entry.kernel, found.partition);
    if (!release.empty() && (asks_for(release) || !asks_for(entry.version)))
      return {std::move(release)};
  }
  if (!entry.version.empty() && (asks_for(entry.version) || bears_some_release(entry.version)))
    return {entry.version};
  for (const std::string& named : entry.unified) {
    const std::string path = as_path(named);
    if (auto release = release_borne_by(without_tries(file_name(path)), releases_))
      return {std::move(*release)};
  }
  for (const std::string& path : with_images_ ? booted.images : std::vector<std::string>{}) {
    auto inside = releases_inside(root_, path);
    if (inside && !inside->empty()) return std::move(*inside);
  }
  return {};
}

/// By its folders of modules.
Result<std::vector<std::string>> BootFiles::releases_inside(const Root& root,
                                                            const std::string& path) {
  if (++opened_ > most_opened)
    return failure(ErrorKind::too_large, utf8_text(path), "there are more than 16 such images");
  const auto image = open_initramfs(root, path, ImageModules::named);
  if (!image) return std::unexpected(image.error());
  std::vector<std::string> releases;
  for (const std::string_view folder : module_folders) {
    for (const Entry& entry : image->tree.list(folder).value_or(std::vector<Entry>{})) {
      const bool is_new = !contains(releases, entry.name);
      if (is_new && entry.type == FileType::directory) releases.push_back(entry.name);
    }
  }
  return releases;
}

void BootFiles::attribute_given() {
  for (const GivenImage& given : given_) {
    std::vector<std::string> releases;
    if (!given.is_none) {
      const Root& root = given.root ? *given.root : root_;
      releases = releases_inside(root, given.path).value_or(releases);
    }
    std::erase_if(releases, [&](const std::string& release) { return !asks_for(release); });
    if (releases.empty()) releases.assign(releases_.begin(), releases_.end());
    for (const std::string& release : releases) given_for_[release].push_back(given);
  }
}

std::vector<const BootFiles::Booted*> BootFiles::booted_of(const std::string& release) const {
  std::vector<const Booted*> all;
  if (const auto found = booted_.find(release); found != booted_.end())
    for (const Booted& booted : found->second) all.push_back(&booted);
  for (const Booted& booted : booted_by_any_) all.push_back(&booted);
  return all;
}

}  // namespace kmodsec
