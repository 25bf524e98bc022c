// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "model/usage/lean_export.hpp"

namespace kmodsec {

/// Where the exported lines belong. It is not the file of this host's own policy, so that both can
/// be there; modprobe reads it before the configuration of others.
inline constexpr std::string_view lean_file_path = "/etc/modprobe.d/00-kmodsec-lean.conf";

/// The denies of what a keep set closes, in the form that holds in each kernel of these facts. A
/// module whose name no kernel could know gets no line: it is added to `unseen`.
LeanExport lean_export(const KeepSet& set, const Facts& facts, std::vector<Unseen>& unseen);

}  // namespace kmodsec
