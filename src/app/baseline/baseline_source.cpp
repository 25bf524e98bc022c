// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/baseline_source.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/host/sqlite_file.hpp"
#include "format/baseline/baseline_record.hpp"
#include "format/baseline/sha256sums.hpp"
#include "format/signatures/ed25519.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view store_magic = "SQLite format 3";
constexpr std::size_t copy_limit = 512UL * 1024 * 1024;

Result<BaselineSource> newest_of(std::string bytes, const std::string& path) {
  const auto store = BaselineStore::reader(std::move(bytes), path);
  if (!store) return std::unexpected(store.error());
  auto newest = store->newest();
  if (!newest) return std::unexpected(newest.error());
  if (!*newest)
    return failure(ErrorKind::not_found, path, "no baseline; 'kmodsec baseline create' makes one");
  const auto signature = store->signature();
  if (!signature) return std::unexpected(signature.error());
  return BaselineSource{std::move(**newest), *signature};
}

/// Standard input, and what is piped in by its number, has nothing beside it.
Result<std::string> read_copy_bytes(const BaselineOptions& options) {
  const std::string& path = options.against;
  if (path == "-") return read_host_file(path, copy_limit);
  const auto place = place_of(options, path);
  if (!place) return std::unexpected(place.error());
  auto bytes = place->tree.empty() ? read_host_file(path, copy_limit)
                                   : place->root->read(place->path, copy_limit);
  if (!bytes || !bytes->starts_with(store_magic)) return bytes;
  if (auto whole = is_whole_database(*place->root, place->path, "kmodsec"); !whole)
    return std::unexpected(whole.error());
  return bytes;
}

Result<BaselineSource> read_copy(const BaselineOptions& options) {
  const std::string& path = options.against;
  auto text = read_copy_bytes(options);
  if (!text) return std::unexpected(text.error());
  if (text->starts_with(store_magic)) return newest_of(std::move(*text), path);
  const bool is_plain = !text->starts_with('{');
  auto baseline = is_plain ? parse_sha256sums(*text) : parse_baseline(*text);
  if (!baseline) return failure(baseline.error().kind, path, baseline.error().reason);
  return BaselineSource{.baseline = std::move(*baseline), .is_plain_list = is_plain};
}

Result<BaselineSource> read_newest(const BaselineOptions& options) {
  const auto path = store_path(options);
  if (!path) return std::unexpected(path.error());
  auto bytes = read_store(options);
  if (!bytes) return std::unexpected(bytes.error());
  return newest_of(std::move(*bytes), *path);
}

Result<void> is_signed_by(const std::string& path, const BaselineSource& source) {
  const auto pem = read_key_file(path);
  if (!pem) return std::unexpected(pem.error());
  if (!source.signature) return failure(ErrorKind::malformed, path, "the baseline is not signed");
  const auto fits = signature_fits(*pem, source.baseline.digest, *source.signature);
  if (!fits) return failure(fits.error().kind, path, fits.error().reason);
  if (!*fits) return failure(ErrorKind::malformed, path, "the baseline was not signed by this key");
  return {};
}

/// What the user kept elsewhere: the digest of the generation, or its number, behind which it may
/// have got newer ones. It tells an older store that was put back, whose signature is as good as
/// ever.
Result<void> is_expected(const std::string& expected, const Baseline& baseline) {
  constexpr std::size_t digest_digits = 64;
  const bool is_digest = expected.size() == digest_digits && from_hex(expected);
  const auto number = parse_number<std::int64_t>(expected);
  if (!is_digest && (!number || *number < 1))
    return failure(ErrorKind::usage, "--expect", "takes the number or the digest of a generation");
  if (baseline.generation == 0)
    return failure(ErrorKind::usage, "--expect", "a list of digests has no generations");
  if (is_digest ? expected == baseline.digest : baseline.generation >= *number) return {};
  return failure(
      ErrorKind::malformed, "--expect",
      fmt::format("the baseline is generation {} with the digest {}: an older one was put "
                  "back, or another one",
                  baseline.generation, baseline.digest));
}

}  // namespace

Result<std::string> read_key_file(const std::string& path) {
  constexpr std::size_t key_limit = 64UL * 1024;
  return read_host_file(path, key_limit);
}

Result<BaselineSource> read_baseline(const BaselineOptions& options) {
  auto source = options.against.empty() ? read_newest(options) : read_copy(options);
  if (!source) return source;
  source->trust.is_signed = source->signature.has_value();
  if (!options.public_key.empty()) {
    if (auto is_signed = is_signed_by(options.public_key, *source); !is_signed)
      return std::unexpected(is_signed.error());
    source->trust.signed_by = source->signature->key;
  }
  if (!options.expect.empty()) {
    if (auto expected = is_expected(options.expect, source->baseline); !expected)
      return std::unexpected(expected.error());
    source->trust.is_expected = true;
  }
  return source;
}

}  // namespace kmodsec
