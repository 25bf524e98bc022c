// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/dkms.hpp"

#include <optional>
#include <string_view>

#include "collect/host/trusted_files.hpp"
#include "collect/limits.hpp"
#include "format/files/compression.hpp"
#include "format/signatures/module_signature.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view dkms_folder = "/var/lib/dkms";

/// A module without its signature; nothing where it cannot be read.
std::optional<std::string> code_at(const Root& root, const std::string& path) {
  const auto bytes = root.read(path, module_limit);
  auto module = bytes ? decompress(*bytes, module_limit) : bytes;
  if (!module) return std::nullopt;
  if (const auto parts = split_signature(*module)) module->resize(parts->payload.size());
  return std::move(*module);
}

/// What DKMS keeps of modules of that name: in NAME/VERSION/RELEASE/ARCH/module/ (dkms(8)).
struct Kept {
  std::string path;
  std::string source;  ///< The configuration of its source, /usr/src/NAME-VERSION/dkms.conf.
};

std::vector<Entry> entries_of(const Root& root, const std::string& path) {
  return root.list(path).value_or(std::vector<Entry>{});
}

std::vector<Kept> kept_of(const Root& root, const std::string& release, const std::string& module) {
  std::vector<Kept> kept;
  for (const Entry& name : entries_of(root, std::string(dkms_folder))) {
    const std::string built = std::string(dkms_folder) + "/" + name.name;
    for (const Entry& version : entries_of(root, built)) {
      const std::string of_kernel = built + "/" + version.name + "/" + release;
      for (const Entry& arch : entries_of(root, of_kernel)) {
        const std::string modules = of_kernel + "/" + arch.name + "/module";
        for (const Entry& file : entries_of(root, modules)) {
          if (module_name_of_path(file.name) == module)
            kept.push_back({modules + "/" + file.name,
                            "/usr/src/" + name.name + "-" + version.name + "/dkms.conf"});
        }
      }
    }
  }
  return kept;
}

}  // namespace

std::vector<std::string> dkms_sources_of(const Root& root, const std::string& release,
                                         const std::string& module, const std::string& path) {
  std::vector<std::string> sources;
  const std::vector<Kept> kept = kept_of(root, release, module);
  if (kept.empty()) return sources;
  const auto code = code_at(root, path);
  for (const Kept& one : kept) {
    const bool is_trusted =
        code && only_root_may_change(root, path) && only_root_may_change(root, one.path) &&
        only_root_may_change(root, one.source) && code_at(root, one.path) == code;
    if (is_trusted) sources.push_back(one.source);
  }
  return sources;
}

}  // namespace kmodsec
