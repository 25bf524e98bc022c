// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel_image.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "format/certificate.hpp"
#include "format/kernel_image_record.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t image_limit = 512UL * 1024 * 1024;

/// Folders whose images bear other names than the release: Arch Linux, unified kernel images.
constexpr std::array<std::string_view, 5> unnamed_places = {
    "/boot", "/boot/EFI/Linux", "/boot/efi/EFI/Linux", "/efi/EFI/Linux", "/usr/lib/kernel"};

std::vector<std::string> named_places(const std::string& release) {
  return {"/boot/vmlinuz-" + release, "/lib/modules/" + release + "/vmlinuz",
          "/usr/lib/modules/" + release + "/vmlinuz", "/boot/vmlinux-" + release,
          "/boot/Image-" + release};
}

std::vector<std::string> unnamed_images(const Root& root) {
  std::vector<std::string> paths;
  for (const std::string_view folder : unnamed_places) {
    for (const Entry& entry : root.list(folder).value_or(std::vector<Entry>{})) {
      const bool is_image = entry.name.starts_with("vmlinu") || entry.name.ends_with(".efi");
      if (is_image && entry.type != FileType::directory)
        paths.push_back(std::string(folder) + "/" + entry.name);
    }
  }
  return paths;
}

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

Result<KernelImage> read_image(const Root& root, const std::string& path) {
  const auto bytes = root.read(path, image_limit);
  if (!bytes) return std::unexpected(bytes.error());
  auto image = parse_kernel_image(*bytes);
  if (!image) return failure(image.error().kind, utf8_text(path), image.error().reason);
  return image;
}

Result<KernelImageRecord> find_image(const Root& root, const std::string& release) {
  const std::vector<std::string> named = named_places(release);
  Error why{ErrorKind::not_found, named.front(), "no image of this kernel was found"};
  for (const std::string& path : named) {
    auto image = read_image(root, path);
    if (image) return KernelImageRecord{path, std::move(*image)};
    if (image.error().kind != ErrorKind::not_found) why = image.error();
  }
  for (const std::string& path : unnamed_images(root)) {
    auto image = read_image(root, path);
    if (image && is_release(image->version, release))
      return KernelImageRecord{path, std::move(*image)};
  }
  return std::unexpected(why);
}

/// The image on the disk still is the one that was recorded, as far as its header tells.
bool is_still(const Root& root, const KernelImageRecord& record) {
  constexpr std::size_t header_size = 64UL * 1024;
  const auto file = root.open(record.path);
  const auto start = file ? (*file)->read(0, header_size) : std::unexpected(file.error());
  return start && !record.image.version.empty() &&
         boot_header_version(*start) == record.image.version;
}

std::string entry_name(const std::string& build_id) { return "kernel-" + build_id; }

std::optional<KernelImageRecord> recall(const Root& root, const std::string& build_id,
                                        const Cache& cache) {
  const auto text = cache.read(entry_name(build_id));
  auto record = text ? parse_kernel_image_record(*text) : std::nullopt;
  const bool sound = record && record->image.build_id == build_id && is_still(root, *record);
  return sound ? std::move(record) : std::nullopt;
}

}  // namespace

Seen<KernelImageFile> collect_running_image(const Root& root, const std::string& release,
                                            const std::string& build_id, const Cache& cache,
                                            CertificatePool& pool) {
  if (const auto record = recall(root, build_id, cache))
    return to_fact(record->path, record->image, pool);
  const auto found = find_image(root, release);
  if (!found) return std::unexpected(found.error());
  if (found->image.build_id == build_id)
    cache.write(entry_name(build_id), print_kernel_image_record(*found));
  return to_fact(found->path, found->image, pool);
}

Seen<KernelImageFile> collect_kernel_image(const Root& root, const std::string& release,
                                           CertificatePool& pool) {
  const auto found = find_image(root, release);
  if (!found) return std::unexpected(found.error());
  return to_fact(found->path, found->image, pool);
}

}  // namespace kmodsec
