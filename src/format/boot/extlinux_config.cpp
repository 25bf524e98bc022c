// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/extlinux_config.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_labels = 4096;

class ExtlinuxReader {
 public:
  void read(std::string_view line, std::size_t number) {
    const std::size_t end = line.find_first_of(" \t");
    const std::string key = in_lower_case(line.substr(0, end));
    const std::string_view value =
        end == std::string_view::npos ? std::string_view() : trim(line.substr(end));
    if (key == "label") return begin(number);
    if (key == "include") return config_.includes.emplace_back(value), void();
    if (key == "append") return add_append(value, number);
    if (!in_label_) return;
    BootEntry& entry = config_.entries.back();
    if (key == "linux" || key == "kernel" || key == "fit") entry.kernel = value;
    if (key == "fit") entry.initrds.emplace_back(value);  // which may be in it
    if (key != "initrd") return;
    for (const std::string_view path : split(value, ',')) entry.initrds.emplace_back(trim(path));
  }

  Result<ExtlinuxConfig> take() {
    if (config_.entries.size() > most_labels)
      return failure(ErrorKind::too_large, "", "more than 4096 boot entries");
    for (BootEntry& entry : config_.entries)
      if (!entry.options) entry.options = common_;
    return std::move(config_);
  }

 private:
  void begin(std::size_t number) {
    in_label_ = true;
    if (config_.entries.size() <= most_labels) config_.entries.emplace_back();
    config_.entries.back().line = number;
  }

  void add_append(std::string_view value, std::size_t number) {
    if (!in_label_) {
      common_ = value;
      return;
    }
    config_.entries.back().options = value == "-" ? std::string{} : std::string(value);
    config_.entries.back().line = number;
  }

  ExtlinuxConfig config_;
  std::string common_;
  bool in_label_ = false;
};

}  // namespace

Result<ExtlinuxConfig> parse_extlinux_config(std::string_view text) {
  ExtlinuxReader reader;
  for_each_line(text, [&](std::string_view raw, std::size_t number) {
    const std::string_view line = trim(raw);
    if (!line.empty() && !line.starts_with('#')) reader.read(line, number);
  });
  return reader.take();
}

}  // namespace kmodsec
