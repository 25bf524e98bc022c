// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kmodsec {

/// One way in which a boot loader boots a kernel, as its configuration writes it down. Paths are
/// those of the loader: they begin at its partition.
struct BootEntry {
  std::string kernel;                  ///< Empty where the entry names none.
  std::vector<std::string> initrds;    ///< Every image that it hands to the kernel.
  std::vector<std::string> unified;    ///< Unified kernel images, which bring their own.
  std::vector<std::string> addons;     ///< Add-ons of those (UAPI.1, key "extra").
  std::string version;                 ///< The release that the entry names; empty: none.
  std::optional<std::string> options;  ///< The kernel's command line; nothing: it is not known.
  std::string unclear;                 ///< Why more may be on the command line; empty: it is whole.
  std::size_t line = 0;                ///< From 1.
};

}  // namespace kmodsec
