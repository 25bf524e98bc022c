// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/store_place.hpp"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/machine.hpp"
#include "collect/baseline/baseline_status.hpp"
#include "system/files/dir_root.hpp"
#include "system/files/locked_file.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t writable_by_others = 022;

/// The rest of the path behind the folder, with its slash; nothing when it is not below it. The
/// folder is known by itself, not by how it is spelt.
std::optional<std::string> below(const fs::path& folder, const fs::path& path) {
  fs::path above;
  for (auto part = path.begin(); part != path.end(); ++part) {
    above /= *part;
    std::error_code unseen;
    if (!fs::equivalent(folder, above, unseen)) continue;
    fs::path rest = "/";
    while (++part != path.end()) rest /= *part;
    return rest.string();
  }
  return std::nullopt;
}

bool is_path_of_own_store(const std::string& path) {
  if (path == baseline_store_path) return true;
  std::error_code failed;
  const fs::path named = fs::weakly_canonical(path, failed);
  return !named.empty() && named == fs::weakly_canonical(baseline_store_path, failed);
}

/// Whoever looks at a tree must not write over what this host has recorded of itself.
Result<void> is_no_place_of_this_host(const BaselineOptions& options, const StorePlace& place) {
  const bool is_of_a_tree = !options.root.empty() && place.tree.empty();
  if (!is_of_a_tree || !is_path_of_own_store(place.path)) return {};
  return failure(ErrorKind::usage, options.store,
                 "is the baseline of this host: a tree needs a store of its own");
}

Result<std::string> read_place(const BaselineOptions& options, const StorePlace& place) {
  if (is_own_store(options)) {
    if (auto safe = is_roots_alone(*place.root, place.path, "such a baseline proves nothing");
        !safe)
      return std::unexpected(safe.error());
  }
  auto bytes = read_baseline_store(*place.root, place.path);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::string{};
  return bytes;
}

}  // namespace

Result<StorePlace> place_of(const Options& options, const std::string& path) {
  std::error_code failed;
  const fs::path whole = fs::absolute(path, failed).lexically_normal();
  if (failed) return failure(ErrorKind::io, path, failed.message());
  const auto inside = options.root.empty() ? std::nullopt : below(options.root, whole);
  auto root = inside ? open_tree(options.root) : open_running_system();
  if (!root) return std::unexpected(root.error());
  return StorePlace{inside ? options.root : "", inside.value_or(whole.string()), std::move(*root)};
}

Result<void> is_roots_alone(const Root& root, const std::string& path,
                            std::string_view consequence) {
  for (const std::string& place : {path.substr(0, path.rfind('/')), path}) {
    const auto status = root.link_status(place);
    if (!status && status.error().kind == ErrorKind::not_found) return {};
    if (!status) return std::unexpected(status.error());
    const bool is_plain = status->type == FileType::regular || status->type == FileType::directory;
    if (!is_plain || status->uid != 0 || (status->mode & writable_by_others) != 0)
      return failure(ErrorKind::denied, place,
                     "others than root may change it: " + std::string(consequence));
  }
  return {};
}

Result<std::string> store_path(const BaselineOptions& options) {
  if (!options.store.empty()) return options.store;
  if (!options.root.empty())
    return failure(ErrorKind::usage, "--store",
                   "is required with --root: the baseline of that tree");
  return std::string(baseline_store_path);
}

bool is_own_store(const BaselineOptions& options) {
  return options.root.empty() && (options.store.empty() || is_path_of_own_store(options.store));
}

Result<std::string> read_store(const BaselineOptions& options) {
  const auto path = store_path(options);
  if (!path) return path;
  const auto place = place_of(options, *path);
  if (!place) return std::unexpected(place.error());
  return read_place(options, *place);
}

Result<void> change_store(const BaselineOptions& options, bool create, const ChangeStore& change) {
  const auto path = store_path(options);
  if (!path) return std::unexpected(path.error());
  const auto place = place_of(options, *path);
  if (!place) return std::unexpected(place.error());
  if (auto allowed = is_no_place_of_this_host(options, *place); !allowed) return allowed;
  const auto file = LockedFile::open(place->tree, place->path, create);
  if (!file) return std::unexpected(file.error());
  auto old = read_place(options, *place);
  if (!old) return std::unexpected(old.error());
  auto store = BaselineStore::writer(std::move(*old), *path);
  if (!store) return std::unexpected(store.error());
  if (auto changed = change(*store); !changed) return changed;
  const auto bytes = store->bytes();
  if (!bytes) return std::unexpected(bytes.error());
  return file->replace(*bytes);
}

}  // namespace kmodsec
