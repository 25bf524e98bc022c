// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "base/contains.hpp"
#include "base/text.hpp"
#include "collect/boot/boot_loaders.hpp"
#include "format/boot/board_config.hpp"
#include "format/boot/extlinux_config.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_kernels = 64;

constexpr std::string_view extlinux_files[] = {
    "/extlinux/extlinux.conf",    "/extlinux.conf",
    "/syslinux/syslinux.cfg",     "/syslinux.cfg",
    "/EFI/syslinux/syslinux.cfg", "/syslinux/extlinux.conf"};
constexpr std::string_view limine_files[] = {
    "/limine.conf",          "/limine/limine.conf", "/EFI/limine/limine.conf",
    "/EFI/BOOT/limine.conf", "/limine.cfg",         "/limine/limine.cfg"};
constexpr std::string_view uboot_files[] = {"/uEnv.txt", "/armbianEnv.txt", "/dietpiEnv.txt",
                                            "/extlinux/uEnv.txt"};

/// Of loaders whose configuration is not read.
constexpr std::string_view other_files[] = {"/boot.scr", "/boot.scr.uimg", "/refind_linux.conf",
                                            "/EFI/refind/refind.conf"};

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

class BoardReader {
 public:
  BoardReader(const Root& root, BootLoaderFiles& files) : root_(root), files_(files) {}

  void read(const std::string& partition) {
    for (const std::string_view name : extlinux_files)
      read_extlinux(partition + std::string(name), partition);
    for (const std::string_view name : limine_files) {
      const std::string path = partition + std::string(name);
      const std::string text = read_loader_file(root_, path, files_);
      auto entries = parse_limine_config(text);
      if (!entries) files_.unseen.push_back({utf8_text(path), entries.error().reason});
      if (entries) add_all(std::move(*entries), path, partition);
    }
    for (const std::string_view name : uboot_files) {
      const std::string path = partition + std::string(name);
      add_all(parse_uboot_environment(read_loader_file(root_, path, files_)), path, partition);
    }
    read_raspberry_pi(partition);
    for (const std::string_view name : other_files) note_other(partition + std::string(name));
  }

 private:
  void add_all(std::vector<BootEntry> entries, const std::string& source,
               const std::string& partition) {
    for (BootEntry& entry : entries)
      files_.entries.push_back({std::move(entry), utf8_text(source), partition});
  }

  /// Paths without a slash begin at the folder of the file.
  void read_extlinux(const std::string& path, const std::string& partition) {
    const std::string text = read_loader_file(root_, path, files_);
    if (text.empty()) return;
    auto config = parse_extlinux_config(text);
    if (!config) {
      files_.unseen.push_back({utf8_text(path), config.error().reason});
      return;
    }
    const std::string folder = folder_of(path).substr(partition.size());
    const auto make_whole = [&](std::string& named) {
      if (!named.empty() && !named.starts_with('/')) named = folder + "/" + named;
    };
    for (BootEntry& entry : config->entries) {
      make_whole(entry.kernel);
      for (std::string& image : entry.initrds) make_whole(image);
    }
    for (const std::string& include : config->includes)
      files_.unseen.push_back({utf8_text(path), "includes " + utf8_text(include)});
    add_all(std::move(config->entries), path, partition);
  }

  /// Which of its kernels a board takes is its model's matter: each that is there is an entry.
  void read_raspberry_pi(const std::string& partition) {
    const std::string path = partition + "/config.txt";
    const std::string text = read_loader_file(root_, path, files_);
    if (text.empty() && !root_.status(partition + "/cmdline.txt")) return;
    const std::vector<Entry> there = kernels_in(partition);
    RaspberryPiConfig config = parse_raspberry_pi_config(text);
    if (config.prefixes.empty()) config.prefixes.emplace_back();
    if (config.command_lines.empty()) config.command_lines.emplace_back("cmdline.txt");
    for (const Entry& kernel : there)
      if (!contains(config.kernels, kernel.name)) config.kernels.push_back(kernel.name);
    for (const std::string& include : config.includes)
      files_.unseen.push_back({utf8_text(path), "includes " + utf8_text(include)});
    if (config.kernels.size() * config.prefixes.size() * config.command_lines.size() >
        most_kernels) {
      files_.unseen.push_back({utf8_text(path), "names more than 64 kernels and command lines"});
      return;
    }
    for (const std::string& prefix : config.prefixes)
      for (const std::string& kernel : config.kernels)
        add_board_kernel(config, prefix, kernel, partition);
  }

  void add_board_kernel(const RaspberryPiConfig& config, const std::string& prefix,
                        const std::string& kernel, const std::string& partition) {
    BootEntry entry{.kernel = "/" + prefix + kernel, .line = 1};
    for (const std::string& image : config.initrds) entry.initrds.push_back("/" + prefix + image);
    if (config.finds_initramfs) add_found_initramfs(prefix, kernel, entry);
    for (const std::string& name : config.command_lines) {
      const std::string path = partition + "/" + prefix + name;
      const auto text = root_.read(path, 64UL * 1024);
      if (text) entry.options = text->substr(0, text->find('\n'));
      files_.entries.push_back({entry, utf8_text(path), partition});
    }
  }

  /// "kernel8.img" takes "initramfs8" (Raspberry Pi documentation: auto_initramfs), if it is there:
  /// on a partition of which a file is missing nobody knows.
  static void add_found_initramfs(const std::string& prefix, const std::string& kernel,
                                  BootEntry& entry) {
    const std::size_t at = kernel.find("kernel");
    if (at == std::string::npos) return;
    std::string image = kernel.substr(0, kernel.rfind('.'));
    image.replace(at, std::string_view("kernel").size(), "initramfs");
    entry.initrds.push_back("/" + prefix + image);
  }

  std::vector<Entry> kernels_in(const std::string& partition) {
    std::vector<Entry> kernels = list_loader_folder(root_, partition, files_);
    std::erase_if(kernels, [](const Entry& entry) {
      return !entry.name.starts_with("kernel") || !entry.name.ends_with(".img");
    });
    return kernels;
  }

  void note_other(const std::string& path) {
    if (root_.status(path))
      files_.unseen.push_back({path, "is what a boot loader reads, and kmodsec does not read it"});
  }

  const Root& root_;
  BootLoaderFiles& files_;
};

}  // namespace

void add_board_loaders(const Root& root, BootLoaderFiles& files) {
  BoardReader reader(root, files);
  for (const std::string_view partition : boot_partitions) reader.read(std::string(partition));
}

}  // namespace kmodsec
