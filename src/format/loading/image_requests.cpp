// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/image_requests.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "format/kernel/kernel_command_line.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

enum class DracutEffect { load, load_later, deny };

struct DracutParameter {
  std::string_view key;
  DracutEffect effect;
};

/// Each with its name of old, which is still obeyed.
constexpr std::array dracut_parameters = {
    DracutParameter{"rd.driver.pre", DracutEffect::load},
    DracutParameter{"rdloaddriver", DracutEffect::load},
    DracutParameter{"rd.driver.post", DracutEffect::load_later},
    DracutParameter{"rdinsmodpost", DracutEffect::load_later},
    DracutParameter{"rd.driver.blacklist", DracutEffect::deny},
    DracutParameter{"rdblacklist", DracutEffect::deny}};

/// A line that a script writes into modprobe.d, where names are normalised.
void add_blacklist(std::string_view name, std::string text, const std::string& source,
                   std::size_t line, LoadConfig& config) {
  config.lines.push_back({.directive = Directive::blacklist,
                          .name = utf8_text(normalized_module_name(name)),
                          .text = std::move(text),
                          .source = source,
                          .line = line});
}

/// The shell takes lists apart at blanks, and then at commas.
template <class Visit>
void for_each_name(std::string_view list, Visit visit) {
  for (const std::string_view words : split_words(list)) {
    for (const std::string_view name : split(words, ',')) visit(name);
  }
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

LoadConfig parse_conf_modules(std::string_view text, const std::string& source) {
  LoadConfig config;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.empty() || words[0].starts_with('#')) return;
    config.at_boot.push_back({utf8_text(words[0]), source, number, true});
  });
  return config;
}

LoadConfig parse_dracut_parameters(std::string_view text, const std::string& source) {
  LoadConfig config;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    for (const KernelParameter& parameter : parse_kernel_command_line(line)) {
      const auto known = std::ranges::find(dracut_parameters, parameter.key, &DracutParameter::key);
      if (known == dracut_parameters.end()) continue;
      const std::string shown = parameter.key + "=" + parameter.value;
      if (known->effect == DracutEffect::load_later) {
        for (const std::string_view word : split_words(parameter.value))
          add_blacklist(word, shown, source, number, config);
      }
      for_each_name(parameter.value, [&](std::string_view name) {
        if (known->effect == DracutEffect::deny) {
          add_blacklist(name, shown, source, number, config);
        } else {
          config.at_boot.push_back({utf8_text(name), source, number, true});
        }
      });
    }
  });
  return config;
}

LoadConfig parse_mkinitcpio_config(std::string_view text, const std::string& source) {
  constexpr std::string_view variable = "MODULES=";
  LoadConfig config;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    line = trim(line);
    if (!line.starts_with(variable)) return;
    config.at_boot.clear();
    for (const std::string_view name : split_words(without_quotes(line.substr(variable.size()))))
      config.at_boot.push_back({utf8_text(name), source, number});
  });
  return config;
}

}  // namespace kmodsec
