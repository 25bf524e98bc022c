// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_image_record.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view heading = "kmodsec kernel image 1";
constexpr std::string_view ending = "end";

}  // namespace

std::string print_kernel_image_record(const KernelImage& image) {
  std::string text =
      fmt::format("{}\nversion {}\nbuild-id {}\n", heading, image.version, image.build_id);
  for (const std::string& der : image.trusted) text += fmt::format("trusted {}\n", to_hex(der));
  for (const std::string& der : image.revoked) text += fmt::format("revoked {}\n", to_hex(der));
  return text + std::string(ending) + "\n";
}

std::optional<KernelImage> parse_kernel_image_record(std::string_view text) {
  KernelImage image;
  bool whole = false;
  bool sound = true;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const std::size_t blank = line.find(' ');
    const std::string_view key = line.substr(0, blank);
    const std::string value(blank == std::string_view::npos ? "" : line.substr(blank + 1));
    whole = line == ending;
    if (number == 1) {
      sound = line == heading;
    } else if (key == "version") {
      image.version = value;
    } else if (key == "build-id") {
      image.build_id = value;
    } else if (key == "trusted" || key == "revoked") {
      const auto der = from_hex(value);
      sound = sound && der;
      if (der) (key == "trusted" ? image.trusted : image.revoked).push_back(*der);
    } else {
      sound = sound && whole;
    }
  });
  if (!whole || !sound || image.trusted.empty()) return std::nullopt;
  return image;
}

}  // namespace kmodsec
