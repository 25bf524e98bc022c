// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/baseline_source.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "collect/baseline_standing.hpp"
#include "format/baseline_record.hpp"
#include "format/seal.hpp"
#include "system/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view store_magic = "SQLite format 3";
constexpr std::size_t copy_limit = 512UL * 1024 * 1024;

Result<BaselineSource> newest_of(const Result<BaselineStore>& store, const std::string& path) {
  if (!store) return std::unexpected(store.error());
  auto newest = store->newest();
  if (!newest) return std::unexpected(newest.error());
  if (!*newest)
    return failure(ErrorKind::not_found, path, "no baseline; 'kmodsec baseline create' makes one");
  const auto seal = store->seal();
  if (!seal) return std::unexpected(seal.error());
  return BaselineSource{std::move(**newest), *seal};
}

Result<BaselineSource> read_copy(const std::string& path) {
  const auto text = read_host_file(path, copy_limit);
  if (!text) return std::unexpected(text.error());
  if (text->starts_with(store_magic)) return newest_of(BaselineStore::of_bytes(*text, path), path);
  const bool is_plain = !text->starts_with('{');
  auto baseline = is_plain ? parse_sha256sums(*text) : parse_baseline(*text);
  if (!baseline) return failure(baseline.error().kind, path, baseline.error().reason);
  return BaselineSource{std::move(*baseline), std::nullopt, is_plain};
}

Result<void> is_sealed_by(const std::string& path, const BaselineSource& source) {
  const auto pem = read_key_file(path);
  if (!pem) return std::unexpected(pem.error());
  if (!source.seal) return failure(ErrorKind::malformed, path, "the baseline is not sealed");
  const auto fits = seal_fits(*pem, source.baseline.digest, *source.seal);
  if (!fits) return failure(fits.error().kind, path, fits.error().reason);
  if (!*fits) return failure(ErrorKind::malformed, path, "the baseline was not sealed by this key");
  return {};
}

}  // namespace

Result<std::string> read_key_file(const std::string& path) {
  constexpr std::size_t key_limit = 64UL * 1024;
  return read_host_file(path, key_limit);
}

Result<std::string> store_path(const Options& options) {
  if (!options.store.empty()) return options.store;
  if (!options.root.empty())
    return failure(ErrorKind::usage, "--store", "where is the baseline of this tree?");
  return std::string(baseline_store_path);
}

Result<BaselineSource> read_baseline(const Options& options) {
  const auto path = options.against.empty() ? store_path(options) : options.against;
  if (!path) return std::unexpected(path.error());
  auto source =
      options.against.empty() ? newest_of(BaselineStore::reader(*path), *path) : read_copy(*path);
  if (!source || options.seal_key.empty()) return source;
  if (auto sealed = is_sealed_by(options.seal_key, *source); !sealed)
    return std::unexpected(sealed.error());
  return source;
}

void keep_listed(const std::vector<BaselineEntry>& list, std::vector<BaselineEntry>& entries) {
  std::set<std::string_view> paths;
  std::set<std::string_view> folders;
  const auto folder_of = [](std::string_view path) { return path.substr(0, path.rfind('/')); };
  for (const BaselineEntry& entry : list) {
    paths.insert(entry.file.path);
    folders.insert(folder_of(entry.file.path));
  }
  std::erase_if(entries, [&](const BaselineEntry& entry) {
    const bool is_new_module =
        entry.file.kind == BaselineKind::module && folders.contains(folder_of(entry.file.path));
    return !paths.contains(entry.file.path) && !is_new_module;
  });
}

}  // namespace kmodsec
