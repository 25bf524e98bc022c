// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/cves/kernel_changelog.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "collect/modules/rpm_packages.hpp"
#include "format/cves/kernel_changelog.hpp"
#include "format/files/compression.hpp"

namespace kmodsec {
namespace {

KernelChangelog changelog_from(std::string path, std::string_view text) {
  KernelChangelog changelog = parse_kernel_changelog(text);
  changelog.path = std::move(path);
  return changelog;
}

constexpr std::size_t packed_limit = 32UL * 1024 * 1024;
constexpr std::size_t text_limit = 128UL * 1024 * 1024;
constexpr std::array<std::string_view, 2> names = {"changelog.gz", "changelog.Debian.gz"};

Result<std::string> read_changelog(const Root& root, const std::string& path) {
  const auto packed = root.read(path, packed_limit);
  if (!packed) return std::unexpected(packed.error());
  auto text = decompress(*packed, text_limit);
  if (!text) return failure(text.error().kind, path, text.error().reason);
  return text;
}

}  // namespace

Seen<KernelChangelog> collect_kernel_changelog(const Root& root, const std::string& release) {
  const std::string folder = "/usr/share/doc/linux-image-" + release + "/";
  Error why{ErrorKind::not_found, folder + std::string(names.front()),
            "no changelog of this kernel"};
  for (const std::string_view name : names) {
    const std::string path = folder + std::string(name);
    const auto text = read_changelog(root, path);
    if (text) return changelog_from(path, *text);
    if (text.error().kind != ErrorKind::not_found) why = text.error();
  }
  if (why.kind != ErrorKind::not_found) return std::unexpected(why);
  const auto text = find_rpm_kernel_changelog(root, release);
  if (text) return changelog_from("the database of rpm", *text);
  if (text.error().kind != ErrorKind::not_found) return std::unexpected(text.error());
  return std::unexpected(why);
}

}  // namespace kmodsec
