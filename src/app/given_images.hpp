// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "app/options.hpp"
#include "collect/boot/given_image.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The images that the user named: files of the machine, else of this host, where the boot
/// partition of a captured tree may be mounted; or "none". Errors: `usage`.
Result<std::vector<GivenImage>> find_given_images(const Options& options, const Root& machine);

}  // namespace kmodsec
