// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the rules of a firewall have the kernel load, once they are put in force.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// The names and aliases behind a file for nft(8), sorted: the kernel asks for each statement,
/// chain type and conntrack helper by an alias (linux: net/netfilter/nf_tables_api.c,
/// nft_request_module). No parser of the language: a word that only looks like a statement counts
/// as well. For the files that it includes see `nft_includes`: their text belongs to it. Empty
/// where no table is in it.
std::vector<std::string> requests_of_nftables(std::string_view text);

/// The same of a file for iptables-restore(8) or ip6tables-restore(8): tables, matches and targets
/// (linux: net/netfilter/x_tables.c, xt_request_find_match). Empty where no rule is in it.
std::vector<std::string> requests_of_iptables(std::string_view text);

/// What a file for nft(8) includes, anywhere outside its comments and strings, as it is written: a
/// path, whose last part may be a pattern.
std::vector<std::string> nft_includes(std::string_view text);

}  // namespace kmodsec
