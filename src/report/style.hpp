// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/report.hpp"
#include "report/offered_command.hpp"

namespace kmodsec {

/// Columns of a line where nobody knows how wide the terminal is, or there is none.
inline constexpr std::size_t usual_width = 80;

/// How a text is set: colours, or none, and how wide, and for which machine it offers commands.
/// Colour never carries meaning alone.
class Style {
 public:
  explicit Style(bool coloured, std::size_t width = usual_width, AskedMachine machine = {})
      : coloured_(coloured),
        width_(width),
        machine_(std::make_shared<const AskedMachine>(std::move(machine))) {}

  /// Columns of a line.
  std::size_t width() const { return width_; }

  /// Which the commands are about that a text offers.
  const AskedMachine& machine() const { return *machine_; }

  std::string bold(std::string_view text) const { return paint("1", text); }
  std::string faint(std::string_view text) const { return paint("2", text); }
  std::string good(std::string_view text) const { return paint("32", text); }
  std::string warning(std::string_view text) const { return paint("33", text); }
  std::string bad(std::string_view text) const { return paint("31", text); }
  std::string severity(Severity severity, std::string_view text) const {
    return severity >= Severity::high     ? paint("1;31", text)
           : severity == Severity::medium ? warning(text)
                                          : bold(text);
  }

 private:
  std::string paint(std::string_view code, std::string_view text) const {
    if (!coloured_) return std::string(text);
    return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
  }

  bool coloured_;
  std::size_t width_;
  std::shared_ptr<const AskedMachine> machine_;
};

/// What could not be examined, a paragraph for each gap.
std::string print_gaps(const std::vector<Unseen>& unseen, const Style& style);

}  // namespace kmodsec
