// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/profiles_report.hpp"

#include <fmt/format.h>

#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "report/json.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"

namespace kmodsec {
namespace {

constexpr LabelColumn profile_labels{.indent = 4, .width = 8};

std::string field(std::string_view label, const std::string& text, const Style& style) {
  if (text.empty()) return "";
  return labelled(label, printable(text), profile_labels, style);
}

std::string in_lines(const std::vector<Profile>& profiles, const Style& style) {
  constexpr std::size_t least_of_title = 30;
  Table table({{}, {}, {.least = least_of_title}});
  for (const Profile& profile : profiles)
    table.add({printable(profile.name), count_of(profile.modules.size(), "module"),
               printable(profile.title)});
  return table.print(style);
}

std::string whole(const Profile& profile, const Style& style) {
  std::string text =
      paragraph(style.bold(printable(profile.name)) + "  " + printable(profile.title), 2, style) +
      paragraph(printable(profile.description), 0, style);
  for (const ProfileModule& module : profile.modules)
    text += fmt::format("\n  {}\n", style.bold(printable(module.name))) +
            field("why", module.reason, style) + field("source", module.source, style) +
            field("breaks", module.breaks, style);
  return text;
}

Json module_json(const ProfileModule& module) {
  return {{"name", module.name},
          {"reason", module.reason},
          {"source", module.source},
          {"breaks", text_or_null(module.breaks)}};
}

}  // namespace

std::string print_profiles_text(const std::vector<Profile>& profiles, const Style& style,
                                bool in_full) {
  if (!in_full) return in_lines(profiles, style);
  std::string text;
  for (const Profile& profile : profiles)
    text += (text.empty() ? "" : "\n") + whole(profile, style);
  return text;
}

std::string print_profiles_json(const std::vector<Profile>& profiles, const Facts& facts) {
  Json document = json_document("profiles", facts);
  document["profiles"] = Json::array();
  for (const Profile& profile : profiles) {
    Json modules = Json::array();
    for (const ProfileModule& module : profile.modules) modules.push_back(module_json(module));
    document["profiles"].push_back({{"name", profile.name},
                                    {"title", profile.title},
                                    {"description", profile.description},
                                    {"file", text_or_null(profile.file)},
                                    {"modules", std::move(modules)}});
  }
  document["unseen"] = Json::array();
  return print_json(document);
}

}  // namespace kmodsec
