// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/explain_folders.hpp"

#include <optional>
#include <string>

#include <fmt/format.h>

#include "analyze/baseline/baseline_changes.hpp"
#include "analyze/baseline/explain_words.hpp"

namespace kmodsec {
namespace {

std::string link_of(const std::optional<BaselineEntry>& entry) {
  return entry && entry->attributes ? entry->attributes->link : std::string{};
}

std::string what_it_is(const std::string& link) {
  return link.empty() ? "a folder" : "a link to " + link;
}

std::string what_became(const BaselineChange& change) {
  const std::string was = link_of(change.was);
  const std::string now = link_of(change.now);
  switch (change.kind) {
    case ChangeKind::added: return "a new link to the folder " + now;
    case ChangeKind::removed: return "the link to the folder " + was + " is gone";
    case ChangeKind::changed: break;
  }
  return fmt::format("it was {}, and is {} now", what_it_is(was), what_it_is(now));
}

void explain_link(const PackageTransaction* transaction, BaselineChange& change) {
  if (transaction != nullptr) return explain_by(*transaction, what_became(change), change);
  suspect(change, change.kind == ChangeKind::removed ? Severity::medium : Severity::high,
          what_became(change) + ", and no package transaction covers it");
}

}  // namespace

void explain_folder(const PackageTransaction* transaction, BaselineChange& change) {
  const bool is_link = !link_of(change.was).empty() || !link_of(change.now).empty();
  if (is_link) return explain_link(transaction, change);
  switch (change.kind) {
    case ChangeKind::added:
      if (is_open_to_others(*change.now->attributes))
        return suspect(change, Severity::high, "a new folder that others than root may write");
      change.explanation = "a new folder that root alone may write; its files are compared";
      return;
    case ChangeKind::removed: change.explanation = "the files that were in it are compared"; return;
    case ChangeKind::changed: return explain_attributes(transaction, change);
  }
}

}  // namespace kmodsec
