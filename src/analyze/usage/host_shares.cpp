// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/host_shares.hpp"

#include <map>
#include <set>

#include "analyze/usage/record_usage.hpp"

namespace kmodsec {
namespace {

std::set<std::string> names_of(const KeepSet& set) {
  std::set<std::string> names;
  for (const KeptForUse& kept : set.kept) names.insert(kept.module);
  return names;
}

}  // namespace

std::vector<HostShare> host_shares(std::span<const OtherHost> hosts, const KeepSet& own,
                                   const KeepSet& kept) {
  std::map<std::string, std::size_t> needed_by;
  for (const OtherHost& host : hosts) {
    for (const std::string& name : modules_of(host.record)) ++needed_by[name];
  }
  for (const std::string& name : names_of(own)) ++needed_by[name];
  const std::set<std::string> in_union = names_of(kept);
  std::vector<HostShare> shares;
  for (const OtherHost& host : hosts) {
    const std::set<std::string> names = modules_of(host.record);
    HostShare share{host.from, names.size(), {}};
    for (const std::string& name : names) {
      if (needed_by[name] == 1 && in_union.contains(name)) share.adds.push_back(name);
    }
    shares.push_back(std::move(share));
  }
  return shares;
}

}  // namespace kmodsec
