// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/requesters.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/derive.hpp"
#include "analyze/modules/alias_index.hpp"
#include "analyze/work.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_aliases_of_devices = 100'000;

void add(RequestersByModule& found, const std::string& module, RequesterKind kind,
         std::string detail, std::optional<std::uint32_t> user = {}) {
  const Requester requester{.kind = kind, .detail = usage_text(std::move(detail)), .user = user};
  add_requesters(found[module], std::span(&requester, 1));
}

void add_configured(const Facts& facts, RequestersByModule& found) {
  if (!facts.load) return;
  for (const LoadRequest& request : facts.load->at_boot) {
    const std::string module = normalized_module_name(request.name);
    if (is_module_name(module))
      add(found, module, RequesterKind::boot, fmt::format("{}:{}", request.source, request.line));
  }
}

/// The aliases of a host's devices, each once: the processors of a host all have the same.
std::vector<std::string> aliases_of_devices(const Facts& facts) {
  std::vector<std::string> aliases;
  if (!facts.devices) return aliases;
  for (const Device& device : *facts.devices) {
    if (aliases.size() < most_aliases_of_devices) aliases.push_back(device.alias);
  }
  std::ranges::sort(aliases);
  aliases.erase(std::ranges::unique(aliases).begin(), aliases.end());
  return aliases;
}

void add_devices(const Facts& facts, RequestersByModule& found) {
  const ModuleTree* tree = running_tree(facts);
  if (tree == nullptr || !aliases_in_use(*tree)) return;
  const AliasIndex index(*aliases_in_use(*tree));
  Work work("the modules of the devices that are there");
  for (const std::string& alias : aliases_of_devices(facts)) {
    const auto request = normalized_pattern(alias);
    if (!request) continue;
    for (const std::string_view module : index.modules_of(*request, work))
      add(found, std::string(module), RequesterKind::device, alias);
  }
}

bool is_udev(const ModuleEvent& event) {
  return event.comm.starts_with("systemd-udevd") || event.comm.starts_with("(udev-worker)") ||
         event.comm == "udevd" || event.comm == "eudev";
}

RequesterKind kind_of(const ModuleEvent& event) {
  if (event.origin == EventOrigin::user) return RequesterKind::person;
  if (event.origin == EventOrigin::autoload) return RequesterKind::kernel;
  if (is_udev(event)) return RequesterKind::device;
  return event.origin == EventOrigin::boot ? RequesterKind::boot : RequesterKind::service;
}

/// The command line, else the program.
std::string detail_of(const ModuleEvent& event) {
  if (!event.command.empty()) return event.command;
  return event.exe.empty() ? event.comm : event.exe;
}

void add_events(const Facts& facts, RequestersByModule& found) {
  if (!facts.events) return;
  for (const ModuleEvent& event : facts.events->events) {
    if (!is_recorded_load(event) || !event.origin) continue;
    const RequesterKind kind = kind_of(event);
    const bool is_known = kind == RequesterKind::device && found.contains(event.module);
    if (!is_known) add(found, event.module, kind, detail_of(event), event.auid.id);
  }
}

/// Such as are inferred from what is there, and not recorded as they happened.
bool is_found_anew(const Requester& requester) {
  return requester.kind == RequesterKind::device || requester.kind == RequesterKind::boot;
}

}  // namespace

bool is_recorded_load(const ModuleEvent& event) {
  return event.action == EventAction::load && event.error == 0 && event.node.empty() &&
         event.module_from == EventSource::record && is_module_name(event.module);
}

RequestersByModule requesters_of(const Facts& facts) {
  RequestersByModule found;
  add_configured(facts, found);
  add_devices(facts, found);
  add_events(facts, found);
  return found;
}

void add_requesters(std::vector<Requester>& known, std::span<const Requester> newer) {
  for (const Requester& requester : newer) {
    const auto is_same = [&](const Requester& other) {
      return other == requester || (other.kind == requester.kind && is_found_anew(requester));
    };
    const bool is_kept = is_found_anew(requester) && std::ranges::any_of(known, is_same);
    if (is_kept) continue;
    std::erase_if(known, is_same);
    known.push_back(requester);
  }
  if (known.size() > most_requesters)
    known.erase(known.begin(), known.end() - static_cast<std::ptrdiff_t>(most_requesters));
}

std::string usage_text(std::string text) {
  const auto continues = [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
  };
  if (text.size() <= longest_usage_text) return text;
  std::size_t end = longest_usage_text;
  while (end > 0 && continues(text[end])) --end;
  text.resize(end);
  return text;
}

}  // namespace kmodsec
