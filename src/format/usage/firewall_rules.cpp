// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/firewall_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_word = 64;

struct Word {
  std::string_view word;
  std::string_view part;  ///< What it becomes in an alias of the kernel.
};

/// Families by their numbers (linux: include/uapi/linux/netfilter.h).
constexpr std::array families = {Word{"inet", "1"},   Word{"ip", "2"},     Word{"arp", "3"},
                                 Word{"netdev", "5"}, Word{"bridge", "7"}, Word{"ip6", "10"}};

/// Statements and expressions that are not in nf_tables itself (linux: MODULE_ALIAS_NFT_EXPR).
constexpr std::array expressions = {Word{"masquerade", "masq"},
                                    Word{"redirect", "redir"},
                                    Word{"dnat", "nat"},
                                    Word{"snat", "nat"},
                                    Word{"ct", "ct"},
                                    Word{"ct", "connlimit"},
                                    Word{"notrack", "notrack"},
                                    Word{"limit", "limit"},
                                    Word{"limit", "objref"},
                                    Word{"log", "log"},
                                    Word{"reject", "reject"},
                                    Word{"quota", "quota"},
                                    Word{"quota", "objref"},
                                    Word{"counter", "counter"},
                                    Word{"counter", "objref"},
                                    Word{"fib", "fib"},
                                    Word{"jhash", "hash"},
                                    Word{"symhash", "hash"},
                                    Word{"numgen", "numgen"},
                                    Word{"queue", "queue"},
                                    Word{"socket", "socket"},
                                    Word{"tproxy", "tproxy"},
                                    Word{"synproxy", "synproxy"},
                                    Word{"synproxy", "objref"},
                                    Word{"osf", "osf"},
                                    Word{"dup", "dup"},
                                    Word{"fwd", "fwd"},
                                    Word{"ipsec", "xfrm"},
                                    Word{"xfrm", "xfrm"},
                                    Word{"tunnel", "tunnel"},
                                    Word{"flow", "flow_offload"},
                                    Word{"meta", "meta"}};

/// What else a word leads to.
constexpr std::array others = {Word{"log", "nf_log_syslog"}, Word{"group", "nfnetlink_log"},
                               Word{"queue", "nfnetlink_queue"}, Word{"ct", "nf_conntrack"},
                               Word{"osf", "nfnetlink_osf"}};

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
}

/// A name that can stand in an alias.
bool is_name(std::string_view word) {
  return !word.empty() && word.size() <= longest_word && is_plain_text(word);
}

/// Calls `visit(word, rest, is_quoted)` for the words of a file for nft, with the text behind each;
/// comments are left out. A string ends at its next quote, which may be on a later line, and a '#'
/// in it starts no comment (nftables: src/scanner.l).
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  bool is_quoted = false;
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, is_word_character);
    const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(word.size());
    if (is_name(word)) visit(word, text, is_quoted);
    if (text.starts_with('"')) is_quoted = !is_quoted;
    const bool is_comment = text.starts_with('#') && !is_quoted;
    text.remove_prefix(std::min(is_comment ? text.find('\n') : 1, text.size()));
  }
}

std::string_view family_of(std::string_view word) {
  const auto found = std::ranges::find(families, word, &Word::word);
  return found == families.end() ? families[1].part : found->part;
}

/// What a file for nft says, as far as it decides what is loaded.
struct NftWords {
  std::set<std::string_view> words;
  std::set<std::string_view> families;
  std::set<std::string_view> types;  ///< What stands behind `type`: of chains and of helpers.
};

NftWords words_of(std::string_view text) {
  NftWords found;
  std::string_view before;
  for_each_word(text, [&](std::string_view word, std::string_view, bool) {
    if (before == "table") found.families.insert(family_of(word));
    if (before == "type") found.types.emplace(word);
    found.words.insert(word);
    before = word;
  });
  return found;
}

/// The option's own spelling, and what its argument becomes.
void add_option(std::string_view option, std::string_view argument,
                std::set<std::string>& requests) {
  const bool is_match = option == "-m" || option == "--match";
  const bool is_protocol = option == "-p" || option == "--protocol";
  const bool is_target =
      (option == "-j" || option == "--jump") &&
      std::ranges::none_of(argument, [](unsigned char c) { return std::islower(c); });
  if (!is_name(argument) || !(is_match || is_protocol || is_target)) return;
  for (const std::string_view start : {"ipt_", "ip6t_"})
    requests.insert(fmt::format("{}{}", start, argument));
  if (!is_protocol) requests.insert(fmt::format("xt_{}", argument));
}

}  // namespace

std::vector<std::string> requests_of_nftables(std::string_view text) {
  const NftWords found = words_of(text);
  if (found.families.empty()) return {};
  std::set<std::string> requests = {"nf_tables", "nfnetlink-subsys-10"};
  for (const auto& [word, part] : expressions) {
    if (!found.words.contains(word)) continue;
    requests.insert(fmt::format("nft-expr-{}", part));
    for (const std::string_view family : found.families)
      requests.insert(fmt::format("nft-expr-{}-{}", family, part));
  }
  for (const auto& [word, module] : others) {
    if (found.words.contains(word)) requests.emplace(module);
  }
  if (found.types.contains("nat")) {
    for (const std::string_view family : found.families)
      requests.insert(fmt::format("nft-chain-{}-nat", family));
  }
  for (const std::string_view type : found.types) {
    if (found.words.contains("helper")) requests.insert(fmt::format("nfct-helper-{}", type));
  }
  if (found.words.contains("flowtable")) {
    for (const std::string_view family : found.families)
      requests.insert(fmt::format("nf-flowtable-{}", family));
  }
  return {requests.begin(), requests.end()};
}

std::vector<std::string> nft_includes(std::string_view text) {
  std::vector<std::string> paths;
  for_each_word(text, [&](std::string_view word, std::string_view rest, bool is_quoted) {
    if (word != "include" || is_quoted) return;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n\\"), rest.size()));
    if (!rest.starts_with('"') && !rest.starts_with('\'')) return;
    const std::size_t end = rest.find(rest.front(), 1);
    paths.emplace_back(rest.substr(1, end == std::string_view::npos ? end : end - 1));
  });
  return paths;
}

std::vector<std::string> requests_of_iptables(std::string_view text) {
  std::set<std::string> requests;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    line = trim(line);
    if (line.starts_with('*') && is_name(line.substr(1))) {
      requests.insert(fmt::format("iptable_{}", line.substr(1)));
      requests.insert(fmt::format("ip6table_{}", line.substr(1)));
    }
    if (!line.starts_with("-A") && !line.starts_with("-I") && !line.starts_with('[')) return;
    std::string_view before;
    for (const std::string_view word : split_words(line)) {
      add_option(before, word, requests);
      before = word;
    }
  });
  if (requests.empty()) return {};
  for (const std::string_view base : {"ip_tables", "ip6_tables", "nf_tables", "nft-expr-match",
                                      "nft-expr-target", "nft-chain-2-nat"})
    requests.emplace(base);
  return {requests.begin(), requests.end()};
}

}  // namespace kmodsec
