// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot_images.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/module_name.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "collect/guarded_paths.hpp"
#include "collect/image_load_config.hpp"
#include "collect/initramfs_files.hpp"
#include "collect/initramfs_tree.hpp"
#include "collect/limits.hpp"
#include "collect/module_file.hpp"
#include "collect/module_tree.hpp"
#include "collect/paths.hpp"
#include "format/digest.hpp"

namespace kmodsec {
namespace {

class ImageReader {
 public:
  ImageReader(const Root& root, const ModuleTree& tree, const CollectScope& scope)
      : root_(root),
        release_(tree.release),
        compares_(scope.image_modules || scope.image_digests),
        digests_(scope.image_digests),
        jobs_(scope.jobs) {
    if (!compares_ || !tree.index) return;
    for (const IndexEntry& entry : *tree.index)
      installed_.emplace(entry.name, tree.folder + "/" + entry.path);
  }

  Result<std::vector<BootImage>> read_all() const {
    const auto paths = collect_initramfs_files(root_, release_);
    if (!paths) return std::unexpected(paths.error());
    std::vector<BootImage> images;
    for (const std::string& path : *paths) {
      auto image = read(path);
      if (!image) return failure(image.error().kind, utf8_text(path), image.error().reason);
      images.push_back(std::move(*image));
    }
    return images;
  }

 private:
  Result<BootImage> read(const std::string& path) const {
    const auto image =
        open_initramfs(root_, path, compares_ ? ImageModules::whole : ImageModules::named);
    if (!image) return std::unexpected(image.error());
    BootImage boot{.path = utf8_text(path), .maker = std::string(initramfs_maker(*image))};
    auto load = collect_image_load_config(root_, *image, boot.path, boot.maker);
    if (!load) return failure(load.error().kind, boot.path, to_string(load.error()));
    boot.load = std::move(*load);
    read_indexes(*image, boot);
    read_modules(*image, boot);
    if (digests_) read_configuration(*image, boot);
    return boot;
  }

  void read_indexes(const ImageRoot& image, BootImage& boot) const {
    ModuleTree inside = collect_module_tree(image, release_, {.indexes = true}, {}, {});
    if (inside.index) boot.index = std::move(*inside.index);
    if (inside.softdeps) boot.softdeps = std::move(*inside.softdeps);
  }

  void read_modules(const ImageRoot& image, BootImage& boot) const {
    const std::vector<std::string> paths = module_paths(image, release_);
    boot.modules.resize(paths.size());
    parallel_for(paths.size(), jobs_,
                 [&](std::size_t i) { boot.modules[i] = read_module(image, paths[i]); });
    std::ranges::sort(boot.modules, {}, &ImageModule::path);
  }

  /// Most are the installed file byte for byte: that takes no hash to tell.
  ImageModule read_module(const ImageRoot& image, const std::string& path) const {
    ImageModule module{.name = utf8_text(module_name_of_path(path)), .path = utf8_text(path)};
    if (!compares_) return module;
    const auto installed = installed_.find(module.name);
    if (installed != installed_.end()) {
      const auto inside = image.read(path, module_limit);
      module.as_installed = inside && inside == root_.read(installed->second, module_limit);
    }
    if (module.as_installed && !digests_) return module;
    const ModuleFile file = collect_module_file(image, path, {.digests = true}, {});
    module.sha256 = file.module_sha256;
    module.payload_sha256 = file.payload_sha256;
    if (module.as_installed)
      module.installed_sha256 = module.sha256;
    else if (installed != installed_.end())
      module.installed_sha256 =
          collect_module_file(root_, installed->second, {.digests = true}, {}).module_sha256;
    return module;
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

  const Root& root_;
  std::string release_;
  bool compares_;
  bool digests_;
  unsigned jobs_;
  std::map<std::string, std::string> installed_;  ///< Path by name.
};

}  // namespace

std::future<Seen<std::vector<BootImage>>> collect_boot_images(const Root& root,
                                                              const ModuleTree& tree,
                                                              const CollectScope& scope,
                                                              std::launch when) {
  return std::async(when, [reader = ImageReader(root, tree, scope)] {
    return Seen<std::vector<BootImage>>(reader.read_all());
  });
}

}  // namespace kmodsec
