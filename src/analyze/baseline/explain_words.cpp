// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/explain_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analyze/baseline/baseline_changes.hpp"
#include "base/path.hpp"

namespace kmodsec {

bool is_open_to_others(const FileAttributes& attributes) {
  constexpr std::uint32_t group_or_others_write = 022;
  const auto is_open = [](std::uint32_t uid, std::uint32_t mode) {
    return uid != 0 || (mode & group_or_others_write) != 0;
  };
  if (attributes.link.empty()) return is_open(attributes.uid, attributes.mode);
  const bool has_open_target =
      attributes.target && is_open(attributes.target->uid, attributes.target->mode);
  return attributes.uid != 0 || has_open_target;  // the mode of a link means nothing
}

bool has_aspect(const BaselineChange& change, ChangeAspect aspect) {
  return std::ranges::find(change.aspects, aspect) != change.aspects.end();
}

bool has_only_attributes(const BaselineChange& change) {
  constexpr ChangeAspect of_content[] = {ChangeAspect::code, ChangeAspect::content,
                                         ChangeAspect::packing, ChangeAspect::signature,
                                         ChangeAspect::link};
  return change.kind == ChangeKind::changed &&
         std::ranges::none_of(of_content,
                              [&](ChangeAspect aspect) { return has_aspect(change, aspect); });
}

std::string_view module_stem(const BaselineEntry& module) {
  const std::string_view file = file_name(module.file.path);
  return file.substr(0, file.find(".ko"));
}

std::string told(const PackageTransaction& transaction) {
  const auto word = [](const std::string& version) { return version.empty() ? "none" : version; };
  return fmt::format("{}: {}, {} → {}", transaction.package, transaction.action,
                     word(transaction.from), word(transaction.to));
}

void explain_by(const PackageTransaction& transaction, const std::string& proof,
                BaselineChange& change) {
  change.transaction = transaction;
  change.explanation = told(transaction) + (proof.empty() ? "" : "; " + proof);
}

void explain_attributes(const PackageTransaction* transaction, BaselineChange& change) {
  const bool opened = is_open_to_others(*change.now->attributes);
  if (opened) return suspect(change, Severity::high, "others than root may write it now");
  if (transaction == nullptr)
    return suspect(change, Severity::medium, "no package transaction covers it");
  explain_by(*transaction, "", change);
}

void tell_what_a_list_lacks(std::vector<BaselineChange>& changes) {
  for (BaselineChange& change : changes) {
    const bool is_unlisted =
        change.kind == ChangeKind::added && !is_in_image(change.entry().file.kind);
    if (is_unlisted && change.is_suspicious())
      change.concern = "not in the list; " + change.concern;
  }
}

}  // namespace kmodsec
