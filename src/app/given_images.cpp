// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/given_images.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "system/files/budgeted_root.hpp"
#include "system/files/dir_root.hpp"

namespace kmodsec {
namespace {

bool is_file(const Root& root, const std::string& path) {
  const auto status = root.status(path);
  return status && status->type == FileType::regular;
}

std::string absolute(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path whole = std::filesystem::absolute(path, failed);
  return failed ? path : whole.lexically_normal().string();
}

Result<GivenImage> find_on_host(const std::string& path, const Options& options) {
  auto host = open_tree("/");
  if (!host) return std::unexpected(host.error());
  const auto root = std::make_shared<BudgetedRoot>(std::move(*host), options.budget);
  GivenImage image{.path = absolute(path), .root = root};
  if (is_file(*root, image.path)) return image;
  return failure(ErrorKind::usage, path, "no such file, in the machine or on this host");
}

}  // namespace

Result<std::vector<GivenImage>> find_given_images(const Options& options, const Root& machine) {
  std::vector<GivenImage> images;
  for (const std::string& path : options.initramfs) {
    if (path == "none") {
      images.push_back({.path = path, .root = {}, .is_none = true});
      continue;
    }
    const std::string inside = options.root.empty() ? absolute(path) : path;
    if (inside.starts_with('/') && is_file(machine, inside)) {
      images.push_back({.path = inside, .root = {}});
      continue;
    }
    auto image = find_on_host(path, options);
    if (!image) return std::unexpected(image.error());
    images.push_back(std::move(*image));
  }
  return images;
}

}  // namespace kmodsec
