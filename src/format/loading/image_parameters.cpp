// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the scripts of an initramfs take from the kernel's command line.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "format/loading/image_requests.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// A parameter of a script that has it load modules.
struct Loading {
  std::string_view start;  ///< "key" alone or "key=", which a value follows.
  std::string_view modules;
};

constexpr std::array of_initramfs_tools = {
    Loading{"netconsole=", "netconsole"},       Loading{"all_generic_ide", "ata_generic"},
    Loading{"all_generic_ide=", "ata_generic"}, Loading{"ubi.mtd=", "ubi"},
    Loading{"boot=nfs", "af_packet"},           Loading{"root=/dev/nfs", "af_packet"}};

constexpr std::array of_mkinitfs = {Loading{"nbd=", "nbd"},
                                    Loading{"wireguard=", "wireguard"},
                                    Loading{"aoe", "aoe"},
                                    Loading{"aoe=", "aoe"},
                                    Loading{"ip=", "af_packet"},
                                    Loading{"memdisk", "phram,mtdblock"},
                                    Loading{"memdisk=yes", "phram,mtdblock"},
                                    Loading{"zfcp=", "zfcp"},
                                    Loading{"dasd=", "dasd_mod,dasd_eckd_mod,dasd_fba_mod"},
                                    Loading{"s390x_net=qeth_l2", "qeth,qeth_l2"}};

bool starts(std::string_view word, const Loading& loading) {
  if (!loading.start.ends_with('=')) return word == loading.start;
  return word.starts_with(loading.start) && word.size() > loading.start.size();
}

/// The words of the shell, whose blanks are these three.
std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\n";
  std::vector<std::string_view> words;
  text = text.substr(0, text.find('\0'));
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (text.empty()) return words;
    words.push_back(text.substr(0, text.find_first_of(blanks)));
    text.remove_prefix(words.back().size());
  }
}

class Scripts {
 public:
  explicit Scripts(const std::string& source) : source_(source) {}

  void load(std::string_view list, bool past_blacklist) {
    for (const std::string_view name : split(list, ','))
      config_.at_boot.push_back({utf8_text(name), source_, 1, past_blacklist});
  }

  void deny(std::string_view list) {
    for (const std::string_view name : split(list, ','))
      config_.lines.push_back({.directive = Directive::blacklist,
                               .name = utf8_text(normalized_module_name(name)),
                               .text = utf8_text("blacklist=" + std::string(list)),
                               .source = source_,
                               .line = 1});
  }

  LoadConfig take() { return std::move(config_); }

 private:
  const std::string& source_;
  LoadConfig config_;
};

/// The value of the last word that has this key; a bare key is `alone`. Where that is a value, "no"
/// before the key is one as well.
std::string_view last_value(const std::vector<std::string_view>& words, std::string_view key,
                            std::string_view alone) {
  std::string_view value;
  for (const std::string_view word : words) {
    if (word == key) value = alone;
    if (!alone.empty() && word.starts_with("no") && word.substr(2) == key) value = "no";
    if (word.starts_with(key) && word.substr(key.size()).starts_with('='))
      value = word.substr(key.size() + 1);
  }
  return value;
}

/// Takes the value of a word of mkinitcpio together, with what follows when its quote is open.
class QuotedValues {
 public:
  /// The value, once it is complete.
  std::optional<std::string> add(std::string_view word) {
    if (!open_) {
      value_ = std::string(word);
      if (value_.starts_with('"') || value_.starts_with('\'')) open_ = value_[0];
    } else {
      value_ += ' ' + std::string(word);
    }
    if (open_ && !value_.ends_with(*open_)) return std::nullopt;
    open_.reset();
    return without_quotes(std::exchange(value_, {}));
  }

  bool is_open() const { return open_.has_value(); }

  /// What was open at the end, as it is.
  std::string rest() const { return value_; }

 private:
  static std::string without_quotes(std::string value) {
    const bool quoted =
        (value.starts_with('"') || value.starts_with('\'')) && value.back() == value.front();
    if (!quoted) return value;
    return value.size() < 2 ? std::string{} : value.substr(1, value.size() - 2);
  }

  std::optional<char> open_;
  std::string value_;
};

}  // namespace

LoadConfig parse_initramfs_tools_parameters(std::string_view text, const std::string& source) {
  const std::vector<std::string_view> words = words_of(text);
  Scripts scripts(source);
  for (const Loading& loading : of_initramfs_tools) {
    if (std::ranges::any_of(words, [&](auto word) { return starts(word, loading); }))
      scripts.load(loading.modules, true);
  }
  scripts.deny(last_value(words, "blacklist", {}));
  return scripts.take();
}

bool init_applies_blacklist(std::string_view script) {
  constexpr std::string_view variable = "export MODPROBE_OPTIONS=";
  bool applies = false;
  for_each_line(script, [&](std::string_view line, std::size_t) {
    line = trim(line);
    if (!line.starts_with(variable)) return;
    std::string options(line.substr(variable.size()));
    std::erase_if(options, [](char letter) { return letter == '"' || letter == '\''; });
    const auto words = split_words(options);
    applies = std::ranges::any_of(words, [](std::string_view word) {
      const bool is_short = word.starts_with('-') && !word.starts_with("--");
      return word == "--use-blacklist" || (is_short && word.find('b') != std::string_view::npos);
    });
  });
  return applies;
}

LoadConfig parse_mkinitcpio_parameters(std::string_view text, const std::string& source) {
  constexpr std::string_view early = "earlymodules";
  std::string key;
  std::string names;
  QuotedValues values;
  const auto take = [&](const std::string& value) {
    if (key == early) names = value.empty() ? "y" : value;
    key.clear();
  };
  for (const std::string_view word : words_of(text.substr(0, text.find('\n')))) {
    const std::size_t equals = word.find('=');
    if (values.is_open()) {
      if (const auto value = values.add(word)) take(*value);
    } else if (equals != std::string_view::npos) {
      key = std::string(word.substr(0, equals));
      if (const auto value = values.add(word.substr(equals + 1))) take(*value);
    } else if (word.starts_with('#')) {
      break;
    } else {
      key = std::string(word);
      take({});
    }
  }
  if (values.is_open()) take(values.rest());
  Scripts scripts(source);
  std::ranges::replace(names, ',', ' ');
  for (const std::string_view name : words_of(names)) scripts.load(name, false);
  return scripts.take();
}

LoadConfig parse_mkinitfs_parameters(std::string_view text, const std::string& source) {
  const std::vector<std::string_view> words = words_of(text);
  Scripts scripts(source);
  scripts.load(last_value(words, "modules", "yes"), true);
  for (const Loading& loading : of_mkinitfs) {
    if (std::ranges::any_of(words, [&](auto word) { return starts(word, loading); }))
      scripts.load(loading.modules, true);
  }
  scripts.load("loop,squashfs,simpledrm", true);
  scripts.deny(last_value(words, "blacklist", "yes"));
  return scripts.take();
}

LoadConfig parse_mkinitfs_modules(std::string_view text, const std::string& source) {
  LoadConfig config;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const auto words = split_words(line.substr(0, line.find('#')));
    if (!words.empty()) config.at_boot.push_back({utf8_text(words[0]), source, number, true});
  });
  return config;
}

}  // namespace kmodsec
