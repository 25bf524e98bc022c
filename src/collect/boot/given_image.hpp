// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>

#include "system/files/root.hpp"

namespace kmodsec {

/// An initramfs that the user named, in the machine or beside it.
struct GivenImage {
  std::string path;
  std::shared_ptr<const Root> root;  ///< Where the path leads to; none: the machine itself.
  bool is_none = false;              ///< The user says that kernels boot without one.
};

}  // namespace kmodsec
