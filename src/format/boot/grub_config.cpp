// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/grub_config.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "base/contains.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_grub_entries = 4096;
constexpr std::size_t most_images = 64;
constexpr std::size_t most_values = 64;
constexpr std::string_view not_expanded =
    "it has a variable of GRUB that may stand for too many texts";

constexpr std::array<std::string_view, 3> words_before_a_command = {"then", "else", "do"};

bool begins_with(const GrubCommand& command, std::string_view word) {
  return !command.words.empty() && plain_text(command.words.front()) == word;
}

/// As `grub_create_loader_cmdline` hands the words on (grub: grub-core/lib/cmdline.c).
GrubWord as_argument(const GrubWord& word) {
  const auto has_blank = [](const GrubPiece& piece) {
    return !piece.is_variable && piece.text.contains(' ');
  };
  const bool is_quoted = std::ranges::any_of(word, has_blank);
  GrubWord argument;
  if (is_quoted) argument.push_back({"\"", false});
  for (GrubPiece piece : word) {
    if (!piece.is_variable) {
      std::string escaped;
      for (const char c : piece.text) {
        if (std::string_view("\\'\"").contains(c)) escaped += '\\';
        escaped += c;
      }
      piece.text = std::move(escaped);
    }
    argument.push_back(std::move(piece));
  }
  if (is_quoted) argument.push_back({"\"", false});
  return argument;
}

/// The words from the one of that number on, with blanks between them.
GrubWord joined(const std::vector<GrubWord>& words, std::size_t first) {
  GrubWord all;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (i > first) all.push_back({" ", false});
    GrubWord argument = as_argument(words[i]);
    std::ranges::move(argument, std::back_inserter(all));
  }
  return all;
}

struct NamedKernel {
  GrubWord path;
  GrubWord options;
  std::size_t line = 0;
};

class GrubReader {
 public:
  explicit GrubReader(GrubVariables environment)
      : environment_(environment), variables_(std::move(environment)) {}

  Result<GrubConfig> read(std::vector<GrubCommand> commands) {
    for (GrubCommand& command : commands) drop_leading_words(command);
    for (const GrubCommand& command : commands) note_variable(command);
    for (const std::string& name : unknown_) variables_[name].clear();
    for (const GrubCommand& command : commands) {
      take(command);
      if (is_too_large()) return failure(ErrorKind::too_large, "", "too many boot entries");
    }
    end_entry();
    if (is_too_large()) return failure(ErrorKind::too_large, "", "too many boot entries");
    return GrubConfig{std::move(entries_), std::move(variables_)};
  }

 private:
  bool is_too_large() const {
    return entries_.size() > most_grub_entries || kernels_.size() > most_images ||
           images_.size() > most_images || unified_.size() > most_images;
  }

  static void drop_leading_words(GrubCommand& command) {
    const auto first = std::ranges::find_if_not(command.words, [](const GrubWord& word) {
      return contains(words_before_a_command, plain_text(word));
    });
    command.words.erase(command.words.begin(), first);
  }

  /// "set name=value", or "name=value". One whose value has variables itself is left as it is.
  void note_variable(const GrubCommand& command) {
    note_found_variable(command);
    if (begins_with(command, "for")) return note_loop(command);
    const std::size_t at = begins_with(command, "set") ? 1 : 0;
    if (command.words.size() <= at || command.words[at].empty()) return;
    GrubWord word = command.words[at];
    const std::size_t equals =
        word.front().is_variable ? std::string::npos : word.front().text.find('=');
    if (equals == std::string::npos) return;
    const std::string name = word.front().text.substr(0, equals);
    if (environment_.contains(name) && name.ends_with("kernelopts")) return;
    word.front().text.erase(0, equals + 1);
    std::vector<std::string>& values = variables_[name];
    for (std::string& value : expand_grub_word(word, environment_)) {
      if (values.size() < most_values && !contains(values, value))
        values.push_back(std::move(value));
    }
  }

  /// "regexp --set=name …" and its like give what they find; the root is only part of paths.
  void note_found_variable(const GrubCommand& command) {
    for (std::size_t i = 0; i < command.words.size(); ++i) {
      std::string_view word = plain_text(command.words[i]);
      if (!word.starts_with("--set")) continue;
      const bool is_next = word == "--set" && i + 1 < command.words.size();
      word = is_next ? plain_text(command.words[i + 1]) : word.substr(word.find('=') + 1);
      if (word != "root") unknown_.emplace(word.substr(word.rfind(':') + 1));
    }
  }

  /// "for name in words".
  void note_loop(const GrubCommand& command) {
    if (command.words.size() < 3 || plain_text(command.words[2]) != "in") return;
    std::vector<std::string>& values = variables_[std::string(plain_text(command.words[1]))];
    for (std::size_t i = 3; i < command.words.size(); ++i) {
      for (std::string& value : expand_grub_word(command.words[i], environment_))
        if (values.size() < most_values) values.push_back(std::move(value));
    }
  }

  void take(const GrubCommand& command) {
    if (command.words.empty()) return;
    const std::string_view name = plain_text(command.words.front());
    if (name == "menuentry" || name == "title" || name == "}") return end_entry();
    const bool is_xen_module = name == "module" || name == "module2";
    const bool is_kernel = name == "linux" || name == "linux16" || name == "linuxefi" ||
                           name == "kernel" || (is_xen_module && kernels_.empty());
    const bool is_image = name == "initrd" || name == "initrd16" || name == "initrdefi" ||
                          (is_xen_module && !is_kernel);
    if (is_kernel) add_kernel(command);
    if (is_image) add_paths(command, images_);
    if (name == "chainloader") add_paths(command, unified_);
  }

  void add_kernel(const GrubCommand& command) {
    const auto& words = command.words;
    std::size_t path = 1;
    while (path < words.size() && plain_text(words[path]).starts_with("--")) ++path;
    if (path < words.size())
      kernels_.push_back({words[path], joined(words, path + 1), command.line});
  }

  void add_paths(const GrubCommand& command, std::vector<std::string>& paths) const {
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      const auto texts = expand_grub_word(command.words[i], variables_);
      if (texts.empty()) paths.emplace_back("a variable of GRUB");
      for (const std::string& text : texts) {
        std::string_view path = text;
        if (path.starts_with("newc:")) path.remove_prefix(path.rfind(':') + 1);
        if (!path.empty() && !path.starts_with("--") && paths.size() <= most_images)
          paths.emplace_back(path);
      }
    }
  }

  void end_entry() {
    for (const NamedKernel& kernel : kernels_) {
      const auto paths = expand_grub_word(kernel.path, variables_);
      const auto options = expand_grub_word(kernel.options, variables_);
      BootEntry entry{.initrds = images_, .line = kernel.line};
      if (!paths.empty()) entry.kernel = paths.front();
      if (options.empty()) entry.unclear = not_expanded;
      for (const std::string& text : options) {
        entry.options = text;
        entries_.push_back(entry);
      }
      if (options.empty()) entries_.push_back(std::move(entry));
    }
    if (!unified_.empty()) entries_.push_back({.unified = std::move(unified_)});
    kernels_.clear();
    images_.clear();
    unified_.clear();
  }

  GrubVariables environment_;
  GrubVariables variables_;  ///< Without values: it may be anything.
  std::set<std::string> unknown_;
  std::vector<NamedKernel> kernels_;
  std::vector<std::string> images_;
  std::vector<std::string> unified_;
  std::vector<BootEntry> entries_;
};

}  // namespace

GrubVariables parse_grub_environment(std::string_view text) {
  GrubVariables variables;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) return;
    std::string value;
    for (std::size_t i = equals + 1; i < line.size(); ++i) {
      if (line[i] == '\\' && i + 1 < line.size()) ++i;
      value += line[i];
    }
    variables[std::string(line.substr(0, equals))] = {std::move(value)};
  });
  return variables;
}

Result<GrubConfig> parse_grub_config(std::string_view text, GrubVariables environment) {
  return GrubReader(std::move(environment)).read(parse_grub_commands(text));
}

std::vector<BootEntry> expand_loader_entry(const BootEntry& entry, const GrubVariables& variables) {
  BootEntry plain = entry;
  plain.initrds.clear();
  for (const std::string& image : entry.initrds) {
    for (std::string& path : expand_grub_word(grub_word_of(image), variables))
      if (!path.empty()) plain.initrds.push_back(std::move(path));
  }
  const GrubWord options =
      entry.options ? grub_word_of(*entry.options) : GrubWord{{"default_kernelopts", true}};
  std::vector<BootEntry> entries;
  for (std::string& text : expand_grub_word(options, variables)) {
    entries.push_back(plain);
    entries.back().options = std::move(text);
  }
  if (!entries.empty()) return entries;
  plain.unclear = not_expanded;
  return {std::move(plain)};
}

}  // namespace kmodsec
