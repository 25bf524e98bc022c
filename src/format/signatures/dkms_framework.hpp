// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// The files of the key that DKMS signs with, of its framework.conf (dkms: dkms(8),
/// "FRAMEWORK.CONF", 2.8 to 3.2). Empty where the file does not say.
struct DkmsFramework {
  std::string signing_key;
  std::string certificate;
  bool is_computed = false;  ///< A shell works one of them out: it is not known here.
};

/// A file of assignments that bash reads: the last one of a name counts.
DkmsFramework parse_dkms_framework(std::string_view text);

}  // namespace kmodsec
