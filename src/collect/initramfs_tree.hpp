// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "base/result.hpp"
#include "system/image_root.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// What is kept of the modules in an image.
enum class ImageModules {
  named,  ///< Where they stand. Their content cannot be read.
  whole,
};

/// An initramfs, or the one in a unified kernel image, as the tree that the kernel makes of it. Of
/// other files the content is kept where it may be configuration or an index: not that of programs,
/// firmware and what is larger than any configuration that is read.
Result<ImageRoot> open_initramfs(const Root& root, const std::string& path, ImageModules modules);

}  // namespace kmodsec
