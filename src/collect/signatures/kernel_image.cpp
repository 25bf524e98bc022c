// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/kernel_image.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/folders.hpp"
#include "format/files/decoder.hpp"
#include "format/files/digest.hpp"
#include "format/signatures/certificate.hpp"
#include "format/signatures/kernel_image_record.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t image_limit = 512UL * 1024 * 1024;

/// Folders whose images bear other names than the release: Arch Linux, unified kernel images.
constexpr std::array<std::string_view, 5> unnamed_places = {
    "/boot", "/boot/EFI/Linux", "/boot/efi/EFI/Linux", "/efi/EFI/Linux", "/usr/lib/kernel"};

bool is_release(std::string_view version, std::string_view release) {
  return version == release || (version.starts_with(release) && version[release.size()] == ' ');
}

KernelImageFile to_fact(const std::string& path, const KernelImage& image, CertificatePool& pool) {
  KernelImageFile file{.path = utf8_text(path),
                       .version = utf8_text(image.version),
                       .build_id = image.build_id,
                       .certificates = {},
                       .revoked = {}};
  for (const std::string& der : image.trusted) {
    std::string fingerprint = pool.add(der, {CertificateOrigin::kernel_image, file.path});
    if (!fingerprint.empty()) file.certificates.push_back(std::move(fingerprint));
  }
  for (const std::string& der : image.revoked) file.revoked.push_back(fingerprint_of(der));
  return file;
}

/// Unpacking an image costs half a second. What came of it is kept under the digest of its bytes,
/// of which it is a function, so it holds wherever the same bytes turn up. Who examines a tree
/// keeps nothing of it: there is no end to the images that one can hold.
Result<KernelImage> parse_or_recall(const Root& root, std::string_view bytes, const Cache& cache) {
  const std::string entry = "kernel-" + hex_digest(Digest::sha256, bytes);
  if (const auto text = cache.read(entry)) {
    if (auto recalled = parse_kernel_image_record(*text)) return std::move(*recalled);
  }
  root.budget().take_bytes(std::min<std::uint64_t>(most_unpacked(bytes.size()), image_limit));
  auto image = parse_kernel_image(bytes);
  if (image && root.is_running_system()) cache.write(entry, print_kernel_image_record(*image));
  return image;
}

Result<KernelImage> read_image(const Root& root, const std::string& path, const Cache& cache) {
  const auto bytes = root.read(path, image_limit);
  if (!bytes) return std::unexpected(bytes.error());
  auto image = parse_or_recall(root, *bytes, cache);
  if (!image) return failure(image.error().kind, utf8_text(path), image.error().reason);
  return image;
}

}  // namespace

std::vector<std::string> named_kernel_images(const std::string& release) {
  std::vector<std::string> images = {"/boot/vmlinuz-" + release};
  for (const std::string_view folder : module_folders)
    images.push_back(std::string(folder) + "/" + release + "/vmlinuz");
  images.push_back("/boot/vmlinux-" + release);
  images.push_back("/boot/Image-" + release);
  return images;
}

SharedKernelImages shared_kernel_images(const Root& root) {
  SharedKernelImages images;
  for (const std::string_view folder : unnamed_places) {
    const auto entries = root.list(folder);
    if (!entries && entries.error().kind != ErrorKind::not_found)
      images.unseen.push_back({entries.error().subject, entries.error().reason});
    for (const Entry& entry : entries ? *entries : std::vector<Entry>{}) {
      const bool is_image = entry.name.starts_with("vmlinu") || entry.name.ends_with(".efi");
      if (is_image && entry.type != FileType::directory)
        images.paths.push_back(std::string(folder) + "/" + entry.name);
    }
  }
  return images;
}

Seen<KernelImageFile> collect_kernel_image(const Root& root, const std::string& release,
                                           const Cache& cache, CertificatePool& pool) {
  const std::vector<std::string> named = named_kernel_images(release);
  Error why{ErrorKind::not_found, named.front(), "no image of this kernel was found"};
  for (const std::string& path : named) {
    const auto image = read_image(root, path, cache);
    if (image) return to_fact(path, *image, pool);
    if (image.error().kind != ErrorKind::not_found) why = image.error();
  }
  for (const std::string& path : shared_kernel_images(root).paths) {
    const auto image = read_image(root, path, cache);
    if (image && is_release(image->version, release)) return to_fact(path, *image, pool);
  }
  return std::unexpected(why);
}

Seen<std::string> collect_kernel_banner(const Root& root, const std::string& release) {
  const std::vector<std::string> named = named_kernel_images(release);
  for (const std::string& path : named) {
    const auto image = root.open(path);
    if (!image) continue;
    const std::string head = (*image)->read(0, boot_header_reach).value_or("");
    const std::string_view version = version_in_boot_header(head);
    if (!version.empty()) return utf8_text(version);
  }
  return failure(ErrorKind::not_found, named.front(), "no image with a boot header was found");
}

}  // namespace kmodsec
