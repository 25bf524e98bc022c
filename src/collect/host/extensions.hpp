// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Extensions of systemd-sysext and systemd-confext whose files are not seen through /usr, /opt and
/// /etc: images, and folders that bring modules or their configuration. What is merged on the
/// running system is seen as it is and is none of them (systemd v257: src/sysext/sysext.c;
/// src/basic/path-util.c and src/shared/discover-image.c, image_search_path).
std::vector<Unseen> unread_extensions(const Root& root);

}  // namespace kmodsec
