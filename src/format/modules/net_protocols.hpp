// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

struct NetProtocol {
  std::string name;
  std::string module;  ///< "kernel" when built in.
  std::int64_t sockets = 0;
};

/// /proc/net/protocols: "protocol size sockets memory press maxhdr slab module …" under a heading
/// (linux: net/core/sock.c, proto_seq_printf).
std::vector<NetProtocol> parse_net_protocols(std::string_view text);

}  // namespace kmodsec
