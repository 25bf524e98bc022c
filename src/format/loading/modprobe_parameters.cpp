// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/modprobe_parameters.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t bytes_read = 4095;
constexpr std::string_view parameter_blanks = " \n\t\v\f\r";

/// "module" and "parameter" or "parameter=value".
struct Option {
  std::string module;
  std::string argument;
};

/// Goes over the line once, a character at a time, as libkmod does.
class OptionReader {
 public:
  explicit OptionReader(std::string_view text) : text_(text) {}

  /// The next one; nothing at the end.
  std::optional<Option> next() {
    while (place_ <= text_.size()) {
      const bool is_end = place_ == text_.size();
      const char letter = is_end ? ' ' : text_[place_];
      const bool is_complete = is_end || parameter_blanks.find(letter) != std::string_view::npos
                                   ? read_blank()
                                   : read_letter(letter);
      ++place_;
      if (is_complete) return take();
    }
    return std::nullopt;
  }

 private:
  enum class State { ignored, module, parameter, value };

  /// Whether it ends an option.
  bool read_blank() {
    if (in_quotes_ && state_ == State::value) return false;
    if (in_quotes_) {
      state_ = State::ignored;
      return false;
    }
    if (state_ == State::value || state_ == State::parameter) return true;
    begin(place_ + 1);
    return false;
  }

  bool read_letter(char letter) {
    if (letter == '"') read_quote();
    if (letter == '.' && state_ == State::module) {
      dot_ = place_;
      state_ = State::parameter;
    } else if (letter == '.' && state_ == State::parameter) {
      state_ = State::ignored;
    }
    if (letter == '=' && state_ == State::parameter) {
      value_ = place_ + 1;
      state_ = State::value;
    } else if (letter == '=' && state_ == State::module) {
      state_ = State::ignored;
    }
    return false;
  }

  void read_quote() {
    in_quotes_ = !in_quotes_;
    if (in_quotes_ && state_ == State::module && place_ == begin_) {
      begin_ = place_ + 1;
      begins_with_quote_ = true;
    } else if (state_ != State::value) {
      state_ = State::ignored;
    }
  }

  void begin(std::size_t place) {
    begin_ = place;
    state_ = State::module;
    begins_with_quote_ = false;
  }

  /// A quote before the name moves to the value: the boot loader put it there.
  Option take() {
    const std::size_t end = place_ - 1;
    Option option{std::string(text_.substr(begin_, dot_ - begin_)),
                  std::string(text_.substr(dot_ + 1, end - dot_ - 1))};
    if (begins_with_quote_) option.argument.insert(value_ - dot_ - 1, 1, '"');
    begin(place_);
    return option;
  }

  std::string_view text_;
  State state_ = State::module;
  bool in_quotes_ = false;
  bool begins_with_quote_ = false;
  std::size_t place_ = 0;
  std::size_t begin_ = 0;
  std::size_t dot_ = 0;
  std::size_t value_ = 0;
};

/// Why modprobe never finds this name in its blacklist; nothing when it does.
std::optional<std::string> why_idle(std::string_view name) {
  if (name.find('"') != std::string_view::npos)
    return "modprobe takes the quotes for a part of the name: write the list without them";
  const std::string normalized = normalized_module_name(name);
  if (is_module_name(name)) return std::nullopt;
  if (!is_module_name(normalized)) return "modprobe takes the name of one module here, as it is";
  return fmt::format("modprobe compares this name as it is written: write {}", normalized);
}

}  // namespace

LoadConfig parse_modprobe_parameters(std::string_view text, const std::string& source) {
  constexpr std::string_view blacklist = "blacklist=";
  LoadConfig config;
  text = text.substr(0, bytes_read);
  OptionReader reader(text.substr(0, text.find('\0')));
  while (auto option = reader.next()) {
    const std::string shown = utf8_text(option->module + "." + option->argument);
    const auto add = [&](Directive directive, std::string name, std::string argument) {
      config.lines.push_back({.directive = directive,
                              .name = std::move(name),
                              .argument = std::move(argument),
                              .text = shown,
                              .source = source,
                              .line = 1});
    };
    if (option->module == "modprobe" && option->argument.starts_with(blacklist)) {
      for (const auto name :
           split(std::string_view(option->argument).substr(blacklist.size()), ',')) {
        add(Directive::blacklist, utf8_text(name), {});
        if (auto reason = why_idle(name))
          config.idle_denies.push_back({utf8_text(name), *std::move(reason), shown, source, 1});
      }
    } else if (const auto module = normalized_pattern(option->module)) {
      std::ranges::replace(option->argument, '\t', ' ');
      add(Directive::options, utf8_text(*module), utf8_text(option->argument));
    } else {
      config.problems.push_back({source, 1, "brackets do not pair", shown});
    }
  }
  return config;
}

}  // namespace kmodsec
