// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/check_report.hpp"

#include <fmt/format.h>

#include "model/names.hpp"
#include "report/json.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"

namespace kmodsec {
namespace {

constexpr LabelColumn check_labels{.width = 12};

std::string_view needs_text(Needs needs) {
  switch (needs) {
    case Needs::nothing: return "any tree of files";
    case Needs::live_kernel: return "a running kernel";
    case Needs::module_support: return "a running kernel with loadable modules";
  }
  return "";
}

Json check_json(const Check& check) {
  Json references = Json::array();
  for (const std::string_view reference : check.references) {
    if (!reference.empty()) references.push_back(reference);
  }
  return {{"id", check.id},
          {"title", check.title},
          {"fault", check.fault},
          {"severity", to_string(check.severity)},
          {"needs", needs_text(check.needs)},
          {"method", check.method},
          {"rationale", check.rationale},
          {"remedy", check.remedy},
          {"references", std::move(references)}};
}

std::string field(std::string_view label, std::string_view text, const Style& style) {
  return labelled(label, text, check_labels, style);
}

}  // namespace

std::string print_checks_text(CheckList checks, const Style& style) {
  constexpr std::size_t least_of_title = 30;
  Table table({{}, {}, {.least = least_of_title}});
  for (const Check* check : checks)
    table.add({std::string(check->id), style.severity(check->severity, to_string(check->severity)),
               std::string(check->title)});
  return table.print(style);
}

std::string print_checks_json(CheckList checks, const Facts& facts) {
  Json document = json_document("checks", facts);
  document["checks"] = Json::array();
  for (const Check* check : checks) document["checks"].push_back(check_json(*check));
  document["unseen"] = Json::array();
  return print_json(document);
}

std::string print_checks_markdown(CheckList checks) {
  std::string page =
      "# Checks\n\nWritten by `kmodsec checks --format markdown`; a test keeps it current.\n";
  for (const Check* check : checks) {
    page += fmt::format(
        "\n## {}: {}\n\n- Where it fails: {}\n- Severity: {}\n- Needs: {}\n\n**How.** "
        "{}\n\n**Why.** "
        "{}\n\n**Fix.** {}\n",
        check->id, check->title, check->fault, to_string(check->severity), needs_text(check->needs),
        check->method, check->rationale, check->remedy);
    page += "\n**References.**";
    for (const std::string_view reference : check->references) {
      if (!reference.empty()) page += fmt::format(" `{}`", reference);
    }
    page += "\n";
  }
  return page;
}

std::string print_explanation_text(const Check& check, const Style& style) {
  std::string text =
      paragraph(style.bold(fmt::format("{}  {}", check.id, check.title)), 2, style) + "\n";
  text += field("Fault", check.fault, style);
  text += field("Severity", to_string(check.severity), style);
  text += field("Needs", needs_text(check.needs), style);
  text += field("How", check.method, style);
  text += field("Why", check.rationale, style);
  text += field("Fix", check.remedy, style);
  for (const std::string_view reference : check.references) {
    if (!reference.empty()) text += field("Reference", reference, style);
  }
  return text;
}

std::string print_explanation_json(const Check& check, const Facts& facts) {
  Json document = json_document("explain", facts);
  document["check"] = check_json(check);
  document["unseen"] = Json::array();
  return print_json(document);
}

}  // namespace kmodsec
