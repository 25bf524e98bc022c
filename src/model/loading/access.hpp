// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/seen.hpp"

namespace kmodsec {

/// A device node, through which a program reaches a driver.
struct DeviceNode {
  std::string path;
  std::string number;  ///< "c10:229": its type, major and minor number.
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::string group;  ///< The name of `gid`; its number where it has none.
};

/// What decides who may ask a running kernel for modules. A setting that a kernel does not have is
/// told as what that kernel does.
struct AccessSettings {
  Seen<bool> userns_clone;           ///< kernel.unprivileged_userns_clone, of Debian's kernels.
  Seen<bool> user_namespaces;        ///< user.max_user_namespaces is not 0.
  Seen<bool> apparmor_holds_userns;  ///< kernel.apparmor_restrict_unprivileged_userns, of Ubuntu's.
  Seen<bool> ldisc_autoload;         ///< dev.tty.ldisc_autoload.
  Seen<unsigned>
      af_alg_restrict;  ///< crypto.af_alg_restrict, from Linux 7.3 on; 0 restricts nothing.
  Seen<std::vector<DeviceNode>> nodes;  ///< Those that aliases of the modules lead to.
};

}  // namespace kmodsec
