// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/initramfs_images.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "collect/boot/image_load_config.hpp"
#include "collect/boot/initramfs_files.hpp"
#include "collect/boot/initramfs_tree.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/modules/module_file.hpp"
#include "collect/modules/module_tree.hpp"
#include "collect/paths.hpp"
#include "collect/signatures/signing_keys.hpp"
#include "format/files/digest.hpp"
#include "format/signatures/certificate.hpp"
#include "model/host/module_name.hpp"

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

/// Some images have a modprobe that reads the text alone.
std::vector<IndexEntry> in_either(Seen<std::vector<IndexEntry>> binary,
                                  Seen<std::vector<IndexEntry>> text) {
  std::vector<IndexEntry> entries = std::move(binary).value_or(std::vector<IndexEntry>{});
  std::set<std::string> names;
  for (const IndexEntry& entry : entries) names.insert(entry.name);
  auto more = std::move(text).value_or(std::vector<IndexEntry>{});
  for (IndexEntry& entry : more)
    if (!names.contains(entry.name)) entries.push_back(std::move(entry));
  return entries;
}

class ImageReader {
 public:
  ImageReader(const Root& root, const BootFiles& files, const std::string& release,
              std::vector<BootCommandLine> lines, const CollectScope& scope)
      : root_(root),
        files_(files),
        release_(release),
        lines_(std::move(lines)),
        compares_(scope.has(Part::image_modules)),
        digests_(scope.has(Part::image_digests)),
        jobs_(scope.jobs) {}

  Result<std::vector<InitramfsImage>> read_all() const {
    const auto files = files_.initramfs_files_of(release_);
    if (!files) return std::unexpected(files.error());
    std::vector<InitramfsImage> images;
    for (const InitramfsFile& file : files->paths)
      if (const auto added = add(root_, file, images); !added)
        return std::unexpected(added.error());
    for (const GivenImage& given : files->given) {
      const auto known = std::ranges::find(files->paths, given.path, &InitramfsFile::path);
      const bool is_known = known != files->paths.end() && !given.root;
      if (is_known || given.is_none) continue;
      const Root& where = given.root ? *given.root : root_;
      const auto added = add(where, {given.path, "--initramfs"}, images);
      if (!added) return std::unexpected(added.error());
    }
    return images;
  }

 private:
  Result<void> add(const Root& where, const InitramfsFile& file,
                   std::vector<InitramfsImage>& images) const {
    auto image = read(where, file.path);
    if (!image) return failure(image.error().kind, utf8_text(file.path), image.error().reason);
    image->found_by = file.found_by;
    images.push_back(std::move(*image));
    return {};
  }

  Result<InitramfsImage> read(const Root& where, const std::string& path) const {
    const auto image = open_initramfs(where, path, modules_to_keep());
    if (!image) return std::unexpected(image.error());
    const ImageRoot& tree = image->tree;
    InitramfsImage boot{.path = utf8_text(path), .maker = initramfs_maker(tree)};
    auto load = collect_image_load_config(root_, tree, boot.path, boot.maker, lines_);
    if (!load) return failure(load.error().kind, boot.path, to_string(load.error()));
    boot.load = std::move(*load);
    read_indexes(tree, boot);
    const auto paths = image->module_paths(release_);
    if (!paths) return failure(paths.error().kind, boot.path, paths.error().reason);
    boot.modules = compares_ ? compare_modules(tree, *paths) : name_modules(*image, *paths);
    std::ranges::sort(boot.modules, {}, &ImageModule::path);
    if (digests_) read_configuration(tree, boot);
    read_keys(tree, boot);
    return boot;
  }

  static void read_keys(const ImageRoot& image, InitramfsImage& boot) {
    std::vector<Unseen> unseen;
    for (FoundKey& found : find_signing_keys(image, unseen)) {
      if (!found.certificate.empty()) found.key.certificate = fingerprint_of(found.certificate);
      boot.signing_keys.push_back(std::move(found.key));
    }
  }

  ImageModules modules_to_keep() const {
    if (compares_) return ImageModules::whole;
    return digests_ ? ImageModules::hashed : ImageModules::named;
  }

  void read_indexes(const ImageRoot& image, InitramfsImage& boot) const {
    ModuleTree inside = collect_module_tree(image, release_, {.parts = {Part::indexes}}, {}, {});
    boot.index = in_either(std::move(inside.binary_index), std::move(inside.index));
    if (inside.softdeps) boot.softdeps = std::move(*inside.softdeps);
  }

  static std::vector<ImageModule> name_modules(const Initramfs& image,
                                               const std::vector<std::string>& paths) {
    std::vector<ImageModule> modules;
    for (const std::string& path : paths) {
      ImageModule& module = modules.emplace_back(module_at(path));
      const ModuleDigests* digests = image.digests_of(path);
      if (digests == nullptr) continue;
      module.sha256 = digests->module;
      module.payload_sha256 = digests->payload;
      if (!is_module_file(path) && !digests->own_name.empty()) module.name = digests->own_name;
    }
    return modules;
  }

  std::vector<ImageModule> compare_modules(const ImageRoot& image,
                                           const std::vector<std::string>& paths) const {
    std::vector<ImageModule> modules;
    for (const std::string& path : paths) modules.push_back(named_module_at(image, path));
    const PathOfName installed = installed_modules(modules);
    parallel_for(paths.size(), jobs_,
                 [&](std::size_t i) { compare_module(image, paths[i], installed, modules[i]); });
    return modules;
  }

  static ImageModule module_at(const std::string& path) {
    return {.name = name_of(path), .path = utf8_text(path)};
  }

  /// What bears the name of another file is called as it calls itself.
  static ImageModule named_module_at(const ImageRoot& image, const std::string& path) {
    ImageModule module = module_at(path);
    if (is_module_file(path)) return module;
    const ModuleFile file = collect_module_file(image, path, {}, {});
    if (file.content && !file.content->own_name.empty())
      module.name = normalized_module_name(file.content->own_name);
    return module;
  }

  /// Those of an image that has the modules of several kernels are held against their own.
  std::string release_of(const ImageModule& module) const {
    constexpr std::string_view folder = "/lib/modules/";
    const std::size_t start = module.path.find(folder);
    if (start == std::string::npos) return release_;
    const std::string inside = module.path.substr(start + folder.size());
    return inside.find('/') == std::string::npos ? release_ : inside.substr(0, inside.find('/'));
  }

  std::string key_of(const ImageModule& module) const {
    return release_of(module) + "/" + module.name;
  }

  /// Those that have the names of the modules in an image, by their kernels and names.
  PathOfName installed_modules(const std::vector<ImageModule>& inside) const {
    std::map<std::string, std::set<std::string>> names;
    for (const ImageModule& module : inside) names[release_of(module)].insert(module.name);
    PathOfName installed;
    for (const auto& [release, of_release] : names) {
      for (std::string& path : paths_of_modules(root_, release, of_release))
        installed.emplace(release + "/" + name_of(path), std::move(path));
    }
    return installed;
  }

  /// Most are the installed file byte for byte: that takes no hash to tell.
  void compare_module(const ImageRoot& image, const std::string& path,
                      const PathOfName& all_installed, ImageModule& module) const {
    const auto installed = all_installed.find(key_of(module));
    if (installed != all_installed.end()) {
      const auto inside = image.open(path), outside = root_.open(installed->second);
      module.as_installed = inside && outside && hold_the_same(**inside, **outside);
    }
    if (module.as_installed && !digests_) return;
    const ModuleFile file = collect_module_file(image, path, {.parts = {Part::digests}}, {});
    module.sha256 = file.module_sha256;
    module.payload_sha256 = file.payload_sha256;
    if (module.as_installed)
      module.installed_sha256 = module.sha256;
    else if (installed != all_installed.end())
      module.installed_sha256 =
          collect_module_file(root_, installed->second, {.parts = {Part::digests}}, {})
              .module_sha256;
  }

  static void read_configuration(const ImageRoot& image, InitramfsImage& boot) {
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
  const BootFiles& files_;
  std::string release_;
  std::vector<BootCommandLine> lines_;
  bool compares_;
  bool digests_;
  unsigned jobs_;
};

}  // namespace

std::future<Seen<std::vector<InitramfsImage>>> collect_initramfs_images(
    const Root& root, const BootFiles& boot, const std::string& release,
    std::vector<BootCommandLine> lines, const CollectScope& scope, std::launch when) {
  return std::async(when, [reader = ImageReader(root, boot, release, std::move(lines), scope)] {
    return Seen<std::vector<InitramfsImage>>(reader.read_all());
  });
}

}  // namespace kmodsec
