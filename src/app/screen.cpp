// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/screen.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "report/paragraph.hpp"
#include "system/files/host_file.hpp"
#include "system/host/pager.hpp"
#include "system/host/terminal.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t narrowest = 40;
constexpr std::size_t widest = 65535;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool terminal_is_dumb() { return variable("TERM").empty() || variable("TERM") == "dumb"; }

/// Colour goes to terminals only, unless asked for (https://no-color.org).
bool wants_colour(const Options& options) {
  if (options.color != "auto") return options.color == "always";
  return variable("NO_COLOR").empty() && !terminal_is_dumb() && options.output.empty() &&
         ::isatty(STDOUT_FILENO) == 1;
}

std::size_t width_for(const Options& options) {
  if (!options.output.empty()) return usual_width;
  const auto terminal = terminal_size();
  const auto wanted =
      terminal ? terminal->columns : parse_number<std::size_t>(variable("COLUMNS")).value_or(0);
  return wanted == 0 ? usual_width : std::clamp(wanted, narrowest, widest);
}

/// Lines of a terminal that the text takes.
std::size_t rows_of(std::string_view text, std::size_t columns) {
  std::size_t rows = 0;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    rows += std::max<std::size_t>((columns_of(line) + columns - 1) / columns, 1);
  });
  return rows;
}

bool is_to_be_paged(bool may_change, const Options& options, std::string_view text) {
  if (may_change || options.follow || options.no_pager || options.format != "text" ||
      !options.output.empty() || terminal_is_dumb() || ::isatty(STDIN_FILENO) != 1)
    return false;
  const auto terminal = terminal_size();
  return terminal && terminal->rows > 0 && rows_of(text, terminal->columns) >= terminal->rows;
}

}  // namespace

Style style_for(const Options& options, AskedMachine machine) {
  return Style(wants_colour(options), width_for(options), std::move(machine));
}

std::optional<std::size_t> width_of_errors() {
  const auto terminal = terminal_size_of_errors();
  if (!terminal) return std::nullopt;
  return std::clamp(terminal->columns, narrowest, widest);
}

Result<void> show_answer(bool may_change, const Options& options, std::string_view text) {
  if (is_to_be_paged(may_change, options, text) && show_in_pager(chosen_pager(), text)) return {};
  return write_output(options.output, text);
}

}  // namespace kmodsec
