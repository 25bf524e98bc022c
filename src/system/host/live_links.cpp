// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/live_links.hpp"

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/byte_reader.hpp"
#include "base/text.hpp"
#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view subject = "rtnetlink";
constexpr std::uint64_t align(std::uint64_t length) { return (length + 3) & ~std::uint64_t{3}; }

/// The payload of the first attribute of a type in a run of attributes (u16 length, u16 type).
std::optional<std::string_view> attribute(std::string_view attributes, std::uint16_t wanted) {
  const ByteReader reader(attributes, std::endian::native);
  for (std::uint64_t at = 0;;) {
    const auto length = reader.integer<std::uint16_t>(at);
    const auto type = reader.integer<std::uint16_t>(at + 2);
    if (!length || !type || *length < 4) return std::nullopt;
    const auto payload = reader.slice(at + 4, *length - 4U);
    if (!payload) return std::nullopt;
    if ((*type & NLA_TYPE_MASK) == wanted) return payload;
    at += align(*length);
  }
}

std::string text_of(std::string_view payload) {
  return utf8_text(payload.substr(0, payload.find('\0')));
}

void read_link_message(std::string_view message, std::vector<LinkKind>& links) {
  if (message.size() < sizeof(ifinfomsg)) return;
  const std::string_view attributes = message.substr(align(sizeof(ifinfomsg)));
  const auto name = attribute(attributes, IFLA_IFNAME);
  const auto info = attribute(attributes, IFLA_LINKINFO);
  const auto kind = info ? attribute(*info, IFLA_INFO_KIND) : std::nullopt;
  if (name && kind) links.push_back({text_of(*name), text_of(*kind)});
}

/// Reads the messages of one datagram; true when the last one was among them.
Result<bool> read_datagram(std::string_view datagram, std::vector<LinkKind>& links) {
  const ByteReader reader(datagram, std::endian::native);
  constexpr std::uint64_t header = sizeof(nlmsghdr);
  for (std::uint64_t at = 0; reader.slice(at, header);) {
    const std::uint32_t length = *reader.integer<std::uint32_t>(at);
    const std::uint16_t type = *reader.integer<std::uint16_t>(at + 4);
    const auto message =
        length < header ? std::nullopt : reader.slice(at + header, length - header);
    if (!message)
      return failure(ErrorKind::malformed, std::string(subject), "a message is cut short");
    if (type == NLMSG_DONE) return true;
    if (type == NLMSG_ERROR)
      return failure(ErrorKind::io, std::string(subject), "the kernel refused to list interfaces");
    if (type == RTM_NEWLINK) read_link_message(*message, links);
    at += align(length);
  }
  return false;
}

}  // namespace

Result<std::vector<LinkKind>> live_links() {
  const Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  if (!socket.is_open()) return errno_error(subject);
  struct {
    nlmsghdr header;
    ifinfomsg body;
  } request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = RTM_GETLINK;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  if (::send(socket.get(), &request, sizeof request, 0) < 0) return errno_error(subject);

  std::vector<LinkKind> links;
  std::string buffer(64UL * 1024, '\0');
  while (true) {
    const ssize_t got = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return errno_error(subject);
    const auto done =
        read_datagram(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)), links);
    if (!done) return std::unexpected(done.error());
    if (*done) return links;
  }
}

}  // namespace kmodsec
