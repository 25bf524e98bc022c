// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "collect/signatures/certificate_pool.hpp"
#include "model/facts.hpp"
#include "system/files/cache.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The file that a kernel is booted from: found by its release, in the places of the
/// distributions, else by what each image there says of itself. Its certificates go into the pool.
Seen<KernelImageFile> collect_kernel_image(const Root& root, const std::string& release,
                                           const Cache& cache, CertificatePool& pool);

/// What the boot header of its image says of its build; that of x86 alone has one.
Seen<std::string> collect_kernel_banner(const Root& root, const std::string& release);

/// Images that bear other names than a release: Arch Linux, unified kernel images. Each is asked
/// for its certificates where none bears the name of the release.
struct SharedKernelImages {
  std::vector<std::string> paths;
  std::vector<Unseen> unseen;  ///< Folders that could not be listed.
};
SharedKernelImages shared_kernel_images(const Root& root);

/// Where an image of this release may stand under its name.
std::vector<std::string> named_kernel_images(const std::string& release);

}  // namespace kmodsec
