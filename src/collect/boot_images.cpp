// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot_images.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/initramfs_files.hpp"
#include "collect/load_config.hpp"
#include "collect/module_tree.hpp"
#include "format/kernel_load_parameters.hpp"
#include "system/image_root.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 4UL * 1024 * 1024;

/// initramfs-tools loads each line of it, a module and its options (initramfs-tools(7)).
void read_conf_modules(const Root& image, LoadConfig& load) {
  const std::string path = "/conf/modules";
  for_each_line(image.read(path, file_limit).value_or(""),
                [&](std::string_view line, std::size_t number) {
                  const std::vector<std::string_view> words = split_words(line);
                  if (!words.empty() && !words[0].starts_with('#'))
                    load.at_boot.push_back({utf8_text(words[0]), path, number});
                });
}

/// dracut keeps its part of the command line in the image (dracut.cmdline(7)).
void read_command_lines(const Root& image, LoadConfig& load) {
  for (const Entry& entry : image.list("/etc/cmdline.d").value_or(std::vector<Entry>{})) {
    const std::string path = "/etc/cmdline.d/" + entry.name;
    LoadConfig part = parse_kernel_load_parameters(image.read(path, file_limit).value_or(""), path);
    load.lines.insert(load.lines.end(), part.lines.begin(), part.lines.end());
  }
}

void name_image(const std::string& image, LoadConfig& load) {
  const auto name = [&](auto& lines) {
    for (auto& line : lines) line.source = image + ":" + line.source;
  };
  name(load.lines);
  name(load.problems);
  name(load.at_boot);
  for (UnreadFile& file : load.unread) file.path = image + ":" + file.path;
}

class ImageReader {
 public:
  ImageReader(const Root& root, const ModuleTree& tree) : root_(root), tree_(tree) {
    if (!tree.index) return;
    for (const IndexEntry& entry : *tree.index) installed_.emplace(entry.name, entry.path);
  }

  Result<BootImage> read(const std::string& path) const {
    const auto image = open_initramfs(root_, path);
    if (!image) return std::unexpected(image.error());
    auto load = collect_load_config(*image);
    if (!load) return failure(load.error().kind, path, to_string(load.error()));
    read_conf_modules(*image, *load);
    read_command_lines(*image, *load);
    name_image(path, *load);
    BootImage boot{
        .path = path, .maker = std::string(initramfs_maker(*image)), .load = std::move(*load)};
    read_modules(*image, boot);
    return boot;
  }

 private:
  void read_modules(const ImageRoot& image, BootImage& boot) const {
    const CollectScope scope{.files = FileScope::all, .digests = true, .indexes = true};
    ModuleTree inside = collect_module_tree(image, tree_.release, scope, {}, {});
    if (inside.index) boot.index = std::move(*inside.index);
    if (inside.softdeps) boot.softdeps = std::move(*inside.softdeps);
    if (!inside.files) return;
    for (const ModuleFile& file : *inside.files)
      boot.modules.push_back({file.name, file.path, file.module_sha256, {}});
    add_installed(boot);
  }

  /// The same digests of the files that are installed.
  void add_installed(BootImage& boot) const {
    std::vector<std::string> paths;
    for (const ImageModule& module : boot.modules) {
      const auto path = installed_.find(module.name);
      if (path != installed_.end()) paths.push_back(tree_.folder + "/" + path->second);
    }
    std::map<std::string, std::string> digests;
    for (ModuleFile& file :
         collect_module_files(root_, tree_.release, paths, {.digests = true}, {}))
      digests.emplace(file.name, std::move(file.module_sha256));
    for (ImageModule& module : boot.modules) {
      const auto digest = digests.find(module.name);
      if (digest != digests.end()) module.installed_sha256 = digest->second;
    }
  }

  const Root& root_;
  const ModuleTree& tree_;
  std::map<std::string, std::string> installed_;
};

}  // namespace

Seen<std::vector<BootImage>> collect_boot_images(const Root& root, const ModuleTree& tree) {
  const auto paths = collect_initramfs_files(root, tree.release);
  if (!paths) return std::unexpected(paths.error());
  const ImageReader reader(root, tree);
  std::vector<BootImage> images;
  for (const std::string& path : *paths) {
    auto image = reader.read(path);
    if (!image) return failure(image.error().kind, utf8_text(path), image.error().reason);
    images.push_back(std::move(*image));
  }
  return images;
}

}  // namespace kmodsec
