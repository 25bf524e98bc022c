// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/observe_host.hpp"

#include <utility>

#include "analyze/usage/observe_usage.hpp"
#include "analyze/usage/successors.hpp"
#include "app/machine.hpp"

namespace kmodsec {
namespace {

/// What a keep set follows from, and who asked for what is loaded.
CollectScope scope_of_observation() {
  return {.parts = {Part::indexes, Part::users, Part::posture, Part::masked, Part::load_config,
                    Part::initramfs_images, Part::other_kernels, Part::changes, Part::usage}};
}

}  // namespace

/// What is loaded is that of the sighting: it may be gone meanwhile, and is learned all the same.
Result<Facts> facts_to_observe(const UsageRecord& record, const Facts& sighting,
                               const Options& options) {
  if (!has_news_to_observe(record, sighting)) return sighting;
  auto whole = read_machine(options, scope_of_observation());
  if (!whole) return whole;
  whole->time = sighting.time;
  whole->loaded = sighting.loaded;
  whole->events = sighting.events;
  return whole;
}

Result<std::optional<Facts>> kernels_to_follow(const UsageRecord& record, const Facts& sighting,
                                               const Options& options) {
  if (!may_have_successors(record, sighting)) return std::nullopt;
  auto whole =
      read_machine(options, {.parts = {Part::indexes, Part::other_kernels, Part::load_config}});
  if (!whole) return std::unexpected(whole.error());
  return std::move(*whole);
}

}  // namespace kmodsec
