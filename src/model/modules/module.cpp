// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/module.hpp"

#include <algorithm>

namespace kmodsec {

std::string_view info_value(const std::vector<InfoField>& info, std::string_view key) {
  const auto field = std::ranges::find(info, key, &InfoField::key);
  return field == info.end() ? std::string_view{} : std::string_view(field->value);
}

std::vector<std::string> info_values(const std::vector<InfoField>& info, std::string_view key) {
  std::vector<std::string> values;
  for (const InfoField& field : info) {
    if (field.key == key) values.push_back(field.value);
  }
  return values;
}

}  // namespace kmodsec
