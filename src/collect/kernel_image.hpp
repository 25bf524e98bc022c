// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "collect/certificate_pool.hpp"
#include "model/facts.hpp"
#include "system/cache.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// The file that a kernel is booted from: found by its release, in the places of the
/// distributions, else by what each image there says of itself. Its certificates go into the pool.
Seen<KernelImageFile> collect_kernel_image(const Root& root, const std::string& release,
                                           CertificatePool& pool);

/// The same for the kernel that runs. What an earlier run recorded of this very build, by its
/// build-id, stands in for unpacking the image again, as long as the image's header has not
/// changed.
Seen<KernelImageFile> collect_running_image(const Root& root, const std::string& release,
                                            const std::string& build_id, const Cache& cache,
                                            CertificatePool& pool);

}  // namespace kmodsec
