// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/offered_command.hpp"

#include <algorithm>

#include "base/path.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view name_of_program = "kmodsec";
constexpr std::string_view on_that_host = " on that host";

bool ends_a_word(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// What is before a word, without blanks and without escape sequences that paint.
std::string_view words_before(std::string_view before) {
  while (!before.empty()) {
    const std::size_t escape = before.rfind("\033[");
    const bool is_escape = before.back() == 'm' && escape != std::string_view::npos &&
                           before.find('m', escape) == before.size() - 1;
    if (is_escape)
      before = before.substr(0, escape);
    else if (ends_a_word(before.back()))
      before.remove_suffix(1);
    else
      break;
  }
  return before;
}

/// Without quotes a command can only be told from prose that is about it by what is before it.
bool may_be_bare(std::string_view before) {
  const std::string_view words = words_before(before);
  return words.ends_with(':') || words.ends_with(" then") || words == "then";
}

std::size_t end_of_bare(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of(",;)\n\033"), text.size());
  std::string_view command = text.substr(0, std::min(text.find(". "), end));
  while (command.ends_with('.') || command.ends_with(' ')) command.remove_suffix(1);
  return command.size();
}

/// The length of the command that the text begins with; 0 where it begins with none.
std::size_t length_of_command(std::string_view text, std::string_view before) {
  if (!text.starts_with(name_of_program)) return 0;
  const std::string_view rest = text.substr(name_of_program.size());
  if (rest.empty()) return 0;
  if (before.ends_with('\'')) {
    if (!ends_a_word(rest.front()) && rest.front() != blank_in_word) return 0;
    const std::size_t end = text.find('\'');
    return end == std::string_view::npos ? 0 : end;
  }
  if (rest.front() == blank_in_word) return std::min(text.find_first_of(" ,;)\n\033"), text.size());
  return rest.front() == ' ' && may_be_bare(before) ? end_of_bare(text) : 0;
}

std::string_view verb_of(std::string_view command) {
  command.remove_prefix(std::min(name_of_program.size() + 1, command.size()));
  return command.substr(0, std::min(command.find_first_of(" \x1f"), command.size()));
}

/// The command, and what follows it behind the quote that may end it.
struct Offered {
  std::string command;
  std::string_view behind;
};

Offered offered(std::string_view command, const AskedMachine& machine) {
  Offered made{std::string(command), {}};
  const std::string_view name = verb_of(command);
  const auto verb = machine.verbs.find(name);
  const bool is_of_machine = !machine.option.empty() && verb != machine.verbs.end();
  if (is_of_machine && !verb->second) return {std::move(made.command), on_that_host};
  std::string options = is_of_machine ? " " + machine.option : "";
  const auto store = machine.stores.find(name);
  if (store != machine.stores.end()) options += " " + store->second;
  if (command.find(blank_in_word) != std::string_view::npos)
    std::ranges::replace(options, ' ', blank_in_word);
  made.command += options;
  return made;
}

}  // namespace

std::string shell_word(std::string_view word) {
  const bool is_plain = std::ranges::all_of(
      word, [](char c) { return c == '/' || is_plain_text(std::string_view(&c, 1)); });
  if (is_plain && !word.empty() && !word.starts_with('~')) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return printable(utf8_text(quoted + "'"));
}

std::string offered_for(std::string_view text, const AskedMachine& machine) {
  if (machine.option.empty() && machine.stores.empty()) return std::string(text);
  std::string made;
  std::size_t done = 0;
  for (std::size_t at = text.find(name_of_program); at != std::string_view::npos;
       at = text.find(name_of_program, std::max(at + 1, done))) {
    const std::size_t length = length_of_command(text.substr(at), text.substr(0, at));
    if (length == 0) continue;
    const Offered words = offered(text.substr(at, length), machine);
    made.append(text.substr(done, at - done)).append(words.command);
    done = at + length;
    if (done < text.size() && text[done] == '\'') made += text[done++];
    made += words.behind;
  }
  return made.append(text.substr(done));
}

}  // namespace kmodsec
