// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kbuild_output.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view marker = "kmodsec-variable ";
constexpr std::string_view end_marker = "kmodsec-end";
constexpr std::string_view symbol_prefix = "CONFIG_";

bool is_in_symbol(char letter) {
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

}  // namespace

std::string_view kbuild_question() {
  return R"(.PHONY: kmodsec-nothing
kmodsec-nothing: ;
srctree := .
objtree := .
src := $(kmodsec_folder)
obj := $(kmodsec_folder)
BITS := 64
include $(kmodsec_config)
include $(kmodsec_file)
kmodsec_built := $(sort $(patsubst %.o,%,$(filter %.o,$(obj-m) $(obj-y) $(lib-y) $(lib-m))))
kmodsec_names := obj-m obj-y lib-y lib-m extra-y $(foreach n,$(kmodsec_built),$(n)-objs $(n)-y $(n)-m)
$(foreach v,$(kmodsec_names),$(if $(strip $($(v))),$(info kmodsec-variable $(v) $(strip $($(v))))))
$(info kmodsec-end)
)";
}

std::optional<KbuildVariables> parse_kbuild_output(std::string_view output) {
  KbuildVariables variables;
  bool ended = false;
  for_each_line(output, [&](std::string_view line, std::size_t) {
    ended = ended || line == end_marker;
    if (ended || !line.starts_with(marker)) return;
    const std::vector<std::string_view> words = split_words(line.substr(marker.size()));
    if (words.empty()) return;
    std::vector<std::string>& known = variables[std::string(words[0])];
    known.assign(words.begin() + 1, words.end());
  });
  if (!ended) return std::nullopt;
  return variables;
}

std::vector<std::string_view> symbols_in_makefile(std::string_view makefile) {
  std::vector<std::string_view> symbols;
  std::size_t at = 0;
  while ((at = makefile.find(symbol_prefix, at)) != std::string_view::npos) {
    at += symbol_prefix.size();
    std::size_t end = at;
    while (end < makefile.size() && is_in_symbol(makefile[end])) ++end;
    if (end > at) symbols.push_back(makefile.substr(at, end - at));
    at = end;
  }
  std::ranges::sort(symbols);
  symbols.erase(std::ranges::unique(symbols).begin(), symbols.end());
  return symbols;
}

std::vector<std::string_view> includes_in_makefile(std::string_view makefile) {
  constexpr std::string_view tree = "$(srctree)/";
  std::vector<std::string_view> files;
  for_each_line(makefile, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() < 2 || (words[0] != "include" && words[0] != "-include")) return;
    for (std::string_view word : words) {
      if (word.starts_with(tree)) files.push_back(word.substr(tree.size()));
    }
  });
  return files;
}

}  // namespace kmodsec
