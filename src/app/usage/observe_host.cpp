// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/observe_host.hpp"

#include <utility>

#include "analyze/usage/observe_usage.hpp"
#include "app/machine.hpp"

namespace kmodsec {
namespace {

/// What a keep set follows from, and who asked for what is loaded.
CollectScope scope_of_observation() {
  return {.parts = {Part::indexes, Part::users, Part::posture, Part::load_config,
                    Part::initramfs_images, Part::other_kernels, Part::changes, Part::auditd,
                    Part::usage}};
}

}  // namespace

Result<UsageRecord> observed(UsageRecord record, const Facts& sighting, const Options& options) {
  if (!has_news_to_observe(record, sighting)) return with_observation(std::move(record), sighting);
  const auto whole = read_machine(options, scope_of_observation());
  if (!whole) return std::unexpected(whole.error());
  return with_observation(std::move(record), *whole);
}

}  // namespace kmodsec
