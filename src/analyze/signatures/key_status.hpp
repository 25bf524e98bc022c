// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace kmodsec {

/// Whether a key counts when one kernel checks a module.
enum class TrustStatus { trusted, unsure, untrusted };

struct KeyTrust {
  TrustStatus trust_status = TrustStatus::untrusted;
  std::string keyring;  ///< "builtin", "secondary", "machine", "platform" or "given".
  std::string reason;   ///< Why it is not trusted, or not for sure.
};

}  // namespace kmodsec
