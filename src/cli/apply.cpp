// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/change_host.hpp"
#include "cli/verb.hpp"

namespace kmodsec {

Result<Answer> run_apply(const Options& options, const Style& style) {
  return change_host(options, style);
}

Result<Answer> run_revert(const Options& options, const Style&) { return revert_host(options); }

}  // namespace kmodsec
