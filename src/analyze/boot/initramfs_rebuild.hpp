// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "base/text.hpp"
#include "model/facts.hpp"
#include "model/kernel/host_action.hpp"

namespace kmodsec {

/// The command that makes an image anew, by the tool that made it. Somebody may paste it into a
/// shell: `HostAction` takes no release and no path that a shell would read otherwise.
inline std::string rebuild_command(const InitramfsImage& image, const std::string& release) {
  const auto action = HostAction::rebuild(image.maker, release, image.path);
  return action ? join(action->command(), " ") : "rebuild it with the tool that made it";
}

}  // namespace kmodsec
