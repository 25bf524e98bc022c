// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot_images.hpp"

#include <algorithm>
#include <map>
#include <set>
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

using PathOfName = std::map<std::string, std::string>;

std::string name_of(const std::string& path) { return utf8_text(module_name_of_path(path)); }

bool hold_the_same(const File& one, const File& other) {
  constexpr std::size_t piece = 64UL * 1024;
  if (one.size() != other.size()) return false;
  for (std::uint64_t offset = 0; offset < one.size(); offset += piece) {
    const auto bytes = one.read(offset, piece);
    if (!bytes || bytes != other.read(offset, piece)) return false;
  }
  return true;
}

class ImageReader {
 public:
  ImageReader(const Root& root, const std::string& release, const CollectScope& scope)
      : root_(root),
        release_(release),
        compares_(scope.image_modules),
        digests_(scope.image_digests),
        jobs_(scope.jobs) {}

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
    const auto image = open_initramfs(root_, path, modules_to_keep());
    if (!image) return std::unexpected(image.error());
    const ImageRoot& tree = image->tree;
    BootImage boot{.path = utf8_text(path), .maker = std::string(initramfs_maker(tree))};
    auto load = collect_image_load_config(root_, tree, boot.path, boot.maker);
    if (!load) return failure(load.error().kind, boot.path, to_string(load.error()));
    boot.load = std::move(*load);
    read_indexes(tree, boot);
    boot.modules = compares_ ? compare_modules(tree) : name_modules(*image);
    std::ranges::sort(boot.modules, {}, &ImageModule::path);
    if (digests_) read_configuration(tree, boot);
    return boot;
  }

  ImageModules modules_to_keep() const {
    if (compares_) return ImageModules::whole;
    return digests_ ? ImageModules::hashed : ImageModules::named;
  }

  void read_indexes(const ImageRoot& image, BootImage& boot) const {
    ModuleTree inside = collect_module_tree(image, release_, {.indexes = true}, {}, {});
    if (inside.index) boot.index = std::move(*inside.index);
    if (inside.softdeps) boot.softdeps = std::move(*inside.softdeps);
  }

  std::vector<ImageModule> name_modules(const Initramfs& image) const {
    std::vector<ImageModule> modules;
    for (const std::string& path : find_module_paths(image.tree, release_).paths) {
      ImageModule& module = modules.emplace_back(module_at(path));
      const ModuleDigests* digests = image.digests_of(path);
      if (digests == nullptr) continue;
      module.sha256 = digests->module;
      module.payload_sha256 = digests->payload;
    }
    return modules;
  }

  std::vector<ImageModule> compare_modules(const ImageRoot& image) const {
    const std::vector<std::string> paths = find_module_paths(image, release_).paths;
    const PathOfName installed = installed_modules(paths);
    std::vector<ImageModule> modules(paths.size());
    parallel_for(paths.size(), jobs_,
                 [&](std::size_t i) { modules[i] = compare_module(image, paths[i], installed); });
    return modules;
  }

  static ImageModule module_at(const std::string& path) {
    return {.name = name_of(path), .path = utf8_text(path)};
  }

  /// Those that have the names of the modules in an image.
  PathOfName installed_modules(const std::vector<std::string>& paths_inside) const {
    std::set<std::string> names;
    for (const std::string& path : paths_inside) names.insert(name_of(path));
    PathOfName installed;
    for (std::string& path : paths_of_modules(root_, release_, names))
      installed.emplace(name_of(path), std::move(path));
    return installed;
  }

  /// Most are the installed file byte for byte: that takes no hash to tell.
  ImageModule compare_module(const ImageRoot& image, const std::string& path,
                             const PathOfName& all_installed) const {
    ImageModule module = module_at(path);
    const auto installed = all_installed.find(module.name);
    if (installed != all_installed.end()) {
      const auto inside = image.open(path), outside = root_.open(installed->second);
      module.as_installed = inside && outside && hold_the_same(**inside, **outside);
    }
    if (module.as_installed && !digests_) return module;
    const ModuleFile file = collect_module_file(image, path, {.digests = true}, {});
    module.sha256 = file.module_sha256;
    module.payload_sha256 = file.payload_sha256;
    if (module.as_installed)
      module.installed_sha256 = module.sha256;
    else if (installed != all_installed.end())
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
};

}  // namespace

std::future<Seen<std::vector<BootImage>>> collect_boot_images(const Root& root,
                                                              const std::string& release,
                                                              const CollectScope& scope,
                                                              std::launch when) {
  return std::async(when, [reader = ImageReader(root, release, scope)] {
    return Seen<std::vector<BootImage>>(reader.read_all());
  });
}

}  // namespace kmodsec
