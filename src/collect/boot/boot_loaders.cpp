// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/boot_loaders.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/contains.hpp"
#include "base/text.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/boot/grub_config.hpp"
#include "format/boot/loader_entry.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_entries = 4096;
constexpr std::string_view grub_folders[] = {"/boot/grub", "/boot/grub2"};

class LoaderReader {
 public:
  explicit LoaderReader(const Root& root) : root_(root) {}

  BootLoaderFiles run() {
    read_grub();
    for (const std::string_view partition : boot_partitions) read_entries(std::string(partition));
    add_board_loaders(root_, files_);
    add_unified_images(root_, files_);
    if (files_.entries.size() > most_entries) {
      files_.entries.resize(most_entries);
      files_.unseen.push_back({"/boot", "has more than 4096 boot entries"});
    }
    return std::move(files_);
  }

 private:
  void read_grub() {
    for (const std::string_view folder : grub_folders)
      read_environment(std::string(folder) + "/grubenv");
    std::vector<std::string> configs;
    for (const std::string_view folder : grub_folders) {
      for (const std::string_view name : {"grub.cfg", "custom.cfg", "menu.lst", "grub.conf"})
        configs.push_back(std::string(folder) + "/" + std::string(name));
    }
    for (const std::string_view partition : boot_partitions) {
      const std::string folder = std::string(partition) + "/EFI";
      for (const Entry& vendor : list_loader_folder(root_, folder, files_)) {
        if (vendor.type == FileType::regular) continue;
        read_environment(folder + "/" + vendor.name + "/grubenv");
        configs.push_back(folder + "/" + vendor.name + "/grub.cfg");
      }
    }
    for (const std::string& path : configs) read_config(path);
  }

  /// RHEL 7 and 8 have /boot/grub2/grubenv be a link to the one on the EFI partition.
  void read_environment(const std::string& path) {
    GrubVariables more = parse_grub_environment(read_loader_file(root_, path, files_));
    for (auto& [name, values] : more) {
      std::vector<std::string>& known = variables_[name];
      for (std::string& value : values)
        if (!contains(known, value)) known.push_back(std::move(value));
    }
  }

  void read_config(const std::string& path) {
    const std::string text = read_loader_file(root_, path, files_);
    if (text.empty() || !is_new(path)) return;
    auto config = parse_grub_config(text, variables_);
    if (!config) {
      files_.unseen.push_back({utf8_text(path), config.error().reason});
      return;
    }
    const std::string partition = path.substr(0, path.find('/', 1));
    for (BootEntry& entry : config->entries) add(std::move(entry), path, partition);
    for (auto& [name, values] : config->variables) variables_.insert_or_assign(name, values);
  }

  /// Whichever loader reads them; GRUB puts its variables in, and others find none.
  void read_entries(const std::string& partition) {
    for (const std::string& folder : folders_of_entries(partition)) {
      for (const Entry& file : list_loader_folder(root_, folder, files_)) {
        const std::string path = folder + "/" + file.name;
        if (!file.name.ends_with(".conf") || !is_new(path)) continue;
        const std::string text = read_loader_file(root_, path, files_);
        if (text.empty()) continue;
        const BootEntry entry = parse_loader_entry(text);
        for (BootEntry& one : expand_loader_entry(entry, variables_))
          add(std::move(one), path, partition);
      }
    }
  }

  /// ostree keeps two folders, and has `loader` lead to the one that counts.
  std::vector<std::string> folders_of_entries(const std::string& partition) const {
    const std::string loader = partition + "/loader";
    if (root_.status(loader)) return {loader + "/entries"};
    return {loader + ".0/entries", loader + ".1/entries"};
  }

  void add(BootEntry entry, const std::string& source, const std::string& partition) {
    if (files_.entries.size() <= most_entries)
      files_.entries.push_back({std::move(entry), utf8_text(source), partition});
  }

  /// The same file may be reached by several paths.
  bool is_new(const std::string& path) {
    const auto followed = follow(root_, path);
    return known_.insert(followed ? followed->resolved : path).second;
  }

  const Root& root_;
  GrubVariables variables_;
  std::set<std::string> known_;
  BootLoaderFiles files_;
};

}  // namespace

std::string read_loader_file(const Root& root, const std::string& path, BootLoaderFiles& files) {
  auto text = root.read(path, configuration_limit);
  if (text) return std::move(*text);
  if (text.error().kind != ErrorKind::not_found)
    files.unseen.push_back({utf8_text(path), text.error().reason});
  return {};
}

std::vector<Entry> list_loader_folder(const Root& root, const std::string& path,
                                      BootLoaderFiles& files) {
  auto entries = root.list(path);
  if (entries) return std::move(*entries);
  if (entries.error().kind != ErrorKind::not_found)
    files.unseen.push_back({utf8_text(path), entries.error().reason});
  return {};
}

BootLoaderFiles collect_boot_loaders(const Root& root) { return LoaderReader(root).run(); }

}  // namespace kmodsec
