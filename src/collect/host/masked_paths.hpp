// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A container, or a service whose unit mounts something over the host's files, hides them. "/"
/// stands for every place. A captured tree hides nothing.
Seen<MaskedPaths> collect_masked_paths(const Root& root);

/// Where user ids are mapped (user_namespaces(7)), "owned by root" means nothing.
Result<void> owners_can_be_told(const Root& root);

}  // namespace kmodsec
