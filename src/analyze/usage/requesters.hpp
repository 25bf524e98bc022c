// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// What asked for each module, by its name: the lines of the configuration that name it, a device
/// that is there and has its alias, and the loads of the audit log. Whoever is surest comes last.
/// Texts are cut to `longest_usage_text`.
using RequestersByModule = std::map<std::string, std::vector<Requester>>;
RequestersByModule requesters_of(const Facts& facts);

/// Whether an event is a load that the kernel recorded, and that succeeded.
bool is_recorded_load(const ModuleEvent& event);

/// `known` with these behind: each once, the newest last, no more than `most_requesters`. A line of
/// the configuration and a device are one each, for they are found anew at each look.
void add_requesters(std::vector<Requester>& known, std::span<const Requester> newer);

/// At most `longest_usage_text` bytes of a text, cut between characters.
std::string usage_text(std::string text);

}  // namespace kmodsec
