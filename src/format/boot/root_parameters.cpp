// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/root_parameters.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/path.hpp"
#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "format/host/block_device.hpp"
#include "format/host/encrypted_disks.hpp"
#include "format/kernel/kernel_command_line.hpp"

namespace kmodsec {
namespace {

/// No kernel takes a longer command line (linux: include/asm-generic/setup.h has 512, and no
/// architecture more than 16 KiB), and nobody tries more types than these.
constexpr std::size_t longest_line = 64UL * 1024;
constexpr std::size_t most_types = 16;
constexpr std::size_t longest_name = 64;

/// A parameter that asks for the same whatever its value is.
struct KnownParameter {
  std::string_view key;
  std::string_view requests;
};

constexpr auto known_parameters = std::to_array<KnownParameter>({
    {"rd.lvm.lv", "dm_mod"},
    {"rd.lvm.vg", "dm_mod"},
    {"rd.dm.uuid", "dm_mod"},
    {"rd.md.uuid", "md_mod"},
    {"roothash", "dm_mod dm_verity"},
    {"usrhash", "dm_mod dm_verity"},
});

/// A value that tells the file system by the way in which it is written.
struct KnownValue {
  std::string_view start;  ///< Of "KEY=VALUE".
  std::string_view requests;
  bool tells_type = true;
};

constexpr auto known_values = std::to_array<KnownValue>({
    {"root=ZFS=", "zfs"},
    {"root=zfs:", "zfs"},
    {"zfs=", "zfs"},
    {"boot=zfs", "zfs"},
    {"boot=live", "fs-squashfs fs-overlay loop"},
    {"boot=nfs", "fs-nfs"},
    {"root=live:", "fs-squashfs fs-overlay loop"},
    {"root=/dev/nfs", "fs-nfs"},
    {"root=nfs:", "fs-nfs"},
    {"root=nfs4:", "fs-nfs4 fs-nfs"},
    {"root=/dev/cifs", "fs-cifs"},
    {"root=cifs:", "fs-cifs"},
    {"root=virtiofs:", "fs-virtiofs"},
    {"root=tmpfs", "fs-tmpfs"},
    {"root=ubi", "ubi fs-ubifs"},
    {"root=nbd:", "nbd", false},
    {"root=iscsi:", "iscsi_tcp", false},
});

constexpr std::array<std::string_view, 3> device_parameters = {"root", "resume", "mount.usr"};

constexpr std::array<std::string_view, 9> parameters_of_encryption = {
    "luks.uuid",      "luks.name",    "rd.luks.uuid", "rd.luks.name", "rd.luks.partuuid",
    "rd.luks.serial", "rd_LUKS_UUID", "cryptdevice",  "cryptopts"};

bool is_type(std::string_view type) {
  return type.size() <= longest_name && is_plain_text(type) && type != "auto";
}

bool is_encryption(const KernelParameter& parameter) {
  return !parameter.value.empty() && std::ranges::find(parameters_of_encryption, parameter.key) !=
                                         parameters_of_encryption.end();
}

class Reader {
 public:
  void add(const KernelParameter& parameter) {
    shown_ = shortened(parameter.has_value ? parameter.key + "=" + parameter.value : parameter.key);
    if (is_encryption(parameter)) {
      need(modules_of_encrypted_disk);
      need(ciphers_of_luks);
    }
    for (const KnownParameter& known : known_parameters) {
      if (parameter.key == known.key && !parameter.value.empty()) need(known.requests);
    }
    for (const KnownValue& known : known_values) {
      if (shown_.starts_with(known.start)) take(known);
    }
    if (std::ranges::find(device_parameters, parameter.key) != device_parameters.end())
      add_device(parameter.value);
    if (parameter.key == "root") found_.root = parameter.value;
    if (parameter.key == "rootfstype" && add_types(parameter.value)) found_.names_root_type = true;
    if (parameter.key == "mount.usrfstype") add_types(parameter.value);
    if (parameter.key == "systemd.mount-extra") add_extra_mount(parameter.value);
  }

  RootParameters take() { return std::move(found_); }

 private:
  void take(const KnownValue& known) {
    need(known.requests);
    if (known.tells_type) found_.names_root_type = true;
  }

  void need(std::string_view requests) {
    for (const std::string_view request : split_words(requests))
      found_.needs.push_back({std::string(request), shown_});
  }

  void add_device(std::string_view path) {
    for (const std::string& module : modules_of_block_device(path)) need(module);
  }

  bool add_types(std::string_view types) {
    std::size_t count = 0;
    for (const std::string_view type : split(types, ',')) {
      if (!is_type(type)) continue;
      need("fs-" + std::string(type));
      if (++count == most_types) break;
    }
    return count > 0;
  }

  /// WHAT:WHERE:TYPE:OPTIONS.
  void add_extra_mount(std::string_view value) {
    constexpr std::size_t type = 2;
    const std::vector<std::string_view> parts = split(value, ':');
    if (parts.empty()) return;
    add_device(parts.front());
    if (parts.size() > type) add_types(parts[type]);
  }

  RootParameters found_;
  std::string shown_;
};

}  // namespace

RootParameters parse_root_parameters(std::string_view text) {
  Reader reader;
  text = text.substr(0, longest_line);
  for (const KernelParameter& parameter : parse_kernel_command_line(text)) reader.add(parameter);
  return reader.take();
}

}  // namespace kmodsec
