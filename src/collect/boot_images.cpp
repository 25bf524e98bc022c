// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot_images.hpp"

#include <map>
#include <string>
#include <utility>

#include "base/module_name.hpp"
#include "base/text.hpp"
#include "collect/guarded_paths.hpp"
#include "collect/image_load_config.hpp"
#include "collect/initramfs_files.hpp"
#include "collect/initramfs_tree.hpp"
#include "collect/limits.hpp"
#include "collect/module_tree.hpp"
#include "collect/paths.hpp"
#include "format/digest.hpp"

namespace kmodsec {
namespace {

class ImageReader {
 public:
  ImageReader(const Root& root, const ModuleTree& tree, bool digests)
      : root_(root), tree_(tree), digests_(digests) {
    if (!digests || !tree.index) return;
    for (const IndexEntry& entry : *tree.index) installed_.emplace(entry.name, entry.path);
  }

  Result<BootImage> read(const std::string& path) const {
    const auto image =
        open_initramfs(root_, path, digests_ ? ImageModules::whole : ImageModules::named);
    if (!image) return std::unexpected(image.error());
    BootImage boot{.path = utf8_text(path), .maker = std::string(initramfs_maker(*image))};
    auto load = collect_image_load_config(root_, *image, boot.path, boot.maker);
    if (!load) return failure(load.error().kind, boot.path, to_string(load.error()));
    boot.load = std::move(*load);
    read_indexes(*image, boot);
    if (digests_) {
      read_modules(*image, boot);
      read_configuration(*image, boot);
      add_installed(boot);
    } else {
      list_modules(*image, boot);
    }
    return boot;
  }

 private:
  void read_indexes(const ImageRoot& image, BootImage& boot) const {
    ModuleTree inside = collect_module_tree(image, tree_.release, {.indexes = true}, {}, {});
    if (inside.index) boot.index = std::move(*inside.index);
    if (inside.softdeps) boot.softdeps = std::move(*inside.softdeps);
  }

  void list_modules(const ImageRoot& image, BootImage& boot) const {
    for (const std::string& path : module_paths(image, tree_.release))
      boot.modules.push_back({utf8_text(module_name_of_path(path)), utf8_text(path), {}, {}});
  }

  void read_modules(const ImageRoot& image, BootImage& boot) const {
    for (const ModuleFile& file : collect_module_files(
             image, tree_.release, module_paths(image, tree_.release), {.digests = true}, {}))
      boot.modules.push_back({file.name, file.path, file.module_sha256, {}, file.payload_sha256});
  }

  static void read_configuration(const ImageRoot& image, BootImage& boot) {
    for (const std::string_view folder : folders_once(image, configuration_paths)) {
      if (!folder.ends_with("/modprobe.d")) continue;
      for (const Entry& entry : image.list(folder).value_or(std::vector<Entry>{})) {
        const std::string path = std::string(folder) + "/" + entry.name;
        const auto content = image.read(path, configuration_limit);
        if (content)
          boot.configuration.push_back({utf8_text(path), hex_digest(Digest::sha256, *content)});
      }
    }
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
  bool digests_;
  std::map<std::string, std::string> installed_;
};

}  // namespace

Seen<std::vector<BootImage>> collect_boot_images(const Root& root, const ModuleTree& tree,
                                                 bool digests) {
  const auto paths = collect_initramfs_files(root, tree.release);
  if (!paths) return std::unexpected(paths.error());
  const ImageReader reader(root, tree, digests);
  std::vector<BootImage> images;
  for (const std::string& path : *paths) {
    auto image = reader.read(path);
    if (!image) return failure(image.error().kind, utf8_text(path), image.error().reason);
    images.push_back(std::move(*image));
  }
  return images;
}

}  // namespace kmodsec
