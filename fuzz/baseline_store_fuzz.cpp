// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/baseline_store.hpp"
#include "target.hpp"

/// What can be read can be taken into a store of our own, which says the same.
void kmodsec::examine(std::string_view input) {
  const auto store = BaselineStore::reader(std::string(input), "store");
  if (!store) return;
  const auto newest = store->newest();
  static_cast<void>(store->signature());
  static_cast<void>(store->last_check());
  const auto copy = BaselineStore::writer(std::string(input), "store");
  if (!copy || !newest) return;
  const auto bytes = copy->bytes();
  require(bytes.has_value());
  const auto again = BaselineStore::reader(*bytes, "copy");
  require(again.has_value());
  const auto told = again->newest();
  require(told && told->has_value() == newest->has_value());
  require(!*newest || (*told)->digest == (*newest)->digest);
}
