// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reads ASN.1 as the kernel reads signatures and certificates (linux: lib/asn1_decoder.c,
// scripts/asn1_compiler.c). That reader is neither DER nor all of BER: it passes over bytes behind
// the outermost element, takes a constructed element's tag without its "constructed" bit, reads
// lengths of any width up to two bytes and the indefinite form, refuses tags above 30, and cannot
// express an empty SET OF. Whether a kernel takes a signature hangs on all of that.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/kernel/kernel_errno.hpp"

namespace kmodsec::kernel_asn1 {

/// What an action is told of an element.
struct Element {
  std::string_view value;
  std::string_view whole;  ///< The value with its header.
  unsigned char tag = 0;
};

enum class Op : std::uint8_t {
  match,    ///< An element with this tag.
  any,      ///< An element with whatever tag.
  end,      ///< The end of the constructed element that was entered last.
  end_of,   ///< The same, or once more from `loop` steps before.
  act,      ///< Tells an action of the element that was matched or ended last.
  act_if,   ///< The same, if the step before was a `sub` that matched.
  require,  ///< One of the alternatives before must have matched.
};

/// One step of a pattern. Constructed elements are entered, others passed over.
struct Step {
  Op op = Op::match;
  unsigned char tag = 0;
  unsigned char action = 0;  ///< 0 is none.
  bool optional = false;
  bool alternative = false;  ///< Passed over where one of the alternatives before has matched.
  unsigned char loop = 0;
  std::span<const Step> sub;  ///< How to go on inside of a match.
};

class Actions {
 public:
  /// Anything but `none` ends the reading.
  virtual KernelErrno act(unsigned char action, const Element& element) = 0;

 protected:
  Actions() = default;
  ~Actions() = default;
  Actions(const Actions&) = default;
  Actions& operator=(const Actions&) = default;
};

/// Errors: `emsgsize` above 65,535 bytes, `ebadmsg` where the bytes are not of that pattern, and
/// whatever an action answers. Linear in the bytes.
KernelErrno decode(std::span<const Step> pattern, std::string_view bytes, Actions& actions);

constexpr std::size_t longest_message = 65535;

constexpr unsigned char boolean = 0x01;
constexpr unsigned char integer = 0x02;
constexpr unsigned char bit_string = 0x03;
constexpr unsigned char octet_string = 0x04;
constexpr unsigned char object_id = 0x06;
constexpr unsigned char utc_time = 0x17;
constexpr unsigned char general_time = 0x18;
constexpr unsigned char sequence = 0x30;
constexpr unsigned char set = 0x31;

/// Context-specific tags.
constexpr unsigned char primitive(unsigned char number) { return 0x80U | number; }
constexpr unsigned char constructed(unsigned char number) { return 0xa0U | number; }

}  // namespace kmodsec::kernel_asn1
