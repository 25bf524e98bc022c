// SPDX-License-Identifier: GPL-2.0-or-later
//
// Connection tracking helpers (ftp, sip, tftp …), which the kernel loads when a rule names them.
// Rules name them as
//
//   iptables    -A PREROUTING -p tcp --dport 21 -j CT --helper ftp
//   nftables    type "ftp" protocol tcp
//   ufw         IPT_MODULES="nf_conntrack_ftp nf_nat_ftp"
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// What a file of rules makes the kernel ask for: aliases such as "nfct-helper-ftp", and of ufw the
/// names of modules; sorted, each once. Remarks are passed over.
std::vector<std::string> requested_helpers(std::string_view text);

}  // namespace kmodsec
