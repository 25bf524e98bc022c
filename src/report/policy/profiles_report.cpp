// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/profiles_report.hpp"

#include <fmt/format.h>

#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "report/json.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t name_width = 20;
constexpr std::size_t column = 12;

std::string field(std::string_view label, const std::string& text) {
  if (text.empty()) return "";
  return fmt::format("    {:<8}{}\n", label, wrap(printable(text), column));
}

std::string in_a_line(const Profile& profile) {
  return fmt::format("{:<{}}{:>3} modules  {}\n", printable(profile.name), name_width,
                     profile.modules.size(), wrap(printable(profile.title), name_width + 13));
}

std::string whole(const Profile& profile, const Style& style) {
  std::string text = style.bold(printable(profile.name)) + "  " + printable(profile.title) + "\n" +
                     wrap(printable(profile.description), 0) + "\n";
  for (const ProfileModule& module : profile.modules)
    text += fmt::format("\n  {}\n", style.bold(printable(module.name))) +
            field("why", module.reason) + field("source", module.source) +
            field("breaks", module.breaks);
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
  std::string text;
  for (const Profile& profile : profiles) {
    if (in_full && !text.empty()) text += "\n";
    text += in_full ? whole(profile, style) : in_a_line(profile);
  }
  return text;
}

std::string print_profiles_json(const std::vector<Profile>& profiles, const KernelState& kernel) {
  Json document = json_document("profiles", kernel);
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
