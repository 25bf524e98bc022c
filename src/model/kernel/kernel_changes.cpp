// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/kernel_changes.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kmodsec {
namespace {

struct Row {
  KernelChange change;
  unsigned since;
  std::string_view source;  ///< Where that was read.
};

constexpr std::array rows = {
    Row{KernelChange::lockdown_module, 5004, "linux: security/lockdown/lockdown.c, 000d388ed3bb"},
    Row{KernelChange::binfmt_gone, 6014, "linux: fs/exec.c, search_binary_handler, fa1bdca98d74"},
    Row{KernelChange::ml_dsa_signatures, 7000,
        "linux: crypto/asymmetric_keys/pkcs7_verify.c, 0ad9a719"},
    Row{KernelChange::af_alg_is_restricted, 7003,
        "linux: crypto/af_alg.c, af_alg_check_restriction, lore 20260622234803.6982-1-ebiggers"},
};

unsigned take_number(std::string_view& text) {
  constexpr unsigned most = 999;
  unsigned number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  return parsed.ec == std::errc::result_out_of_range ? most : std::min(number, most);
}

}  // namespace

unsigned kernel_series(std::string_view release) {
  constexpr unsigned for_each_major = 1000;
  const unsigned major = take_number(release);
  if (major == 0 || !release.starts_with('.')) return 0;
  release.remove_prefix(1);
  return major * for_each_major + take_number(release);
}

bool has_change(unsigned series, KernelChange change) {
  const auto* const row = std::ranges::find(rows, change, &Row::change);
  return row != rows.end() && series >= row->since;
}

}  // namespace kmodsec
