// SPDX-License-Identifier: GPL-2.0-or-later
// What a kernel tells, and what modules, images and firmware hold.
#include <array>
#include <cstdint>
#include <vector>

#include "base/byte_source.hpp"
#include "base/byte_stream.hpp"
#include "format/cves/cve_tracker.hpp"
#include "format/cves/kernel_changelog.hpp"
#include "format/files/cpio.hpp"
#include "format/files/elf.hpp"
#include "format/files/kernel_unpacking.hpp"
#include "format/host/mount_table.hpp"
#include "format/kernel/kernel_config.hpp"
#include "format/kernel/kernel_log.hpp"
#include "format/kernel/proc_keys.hpp"
#include "format/modules/crypto_algorithms.hpp"
#include "format/modules/modinfo.hpp"
#include "format/modules/modversions.hpp"
#include "format/modules/net_protocols.hpp"
#include "format/modules/proc_modules.hpp"
#include "format/signatures/dkms_framework.hpp"
#include "format/signatures/efi_signatures.hpp"
#include "row.hpp"

namespace kmodsec::scaling {
namespace {

template <class T>
void add(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// An ELF file of so many sections that a kernel keeps in memory, all with names of their own,
/// which stand in the first one.
std::string elf_of(std::size_t count) {
  constexpr std::size_t header_size = 64;
  const std::string names =
      std::string(1, '\0') + lines(count, [](auto i) { return fmt::format("{:07}", i) + '\0'; });
  std::string file("\177ELF\2\1\1", 7);
  file.resize(header_size);
  const std::uint64_t table = header_size + names.size();
  file.replace(0x28, sizeof table, reinterpret_cast<const char*>(&table), sizeof table);
  file[0x3A] = 64;
  const auto number = static_cast<std::uint16_t>(count + 1);
  file.replace(0x3C, sizeof number, reinterpret_cast<const char*>(&number), sizeof number);
  file += names;
  for (std::size_t i = 0; i <= count; ++i) {
    const bool is_first = i == 0;
    add<std::uint32_t>(file, is_first ? 0 : static_cast<std::uint32_t>(1 + 8 * (i - 1)));
    add<std::uint32_t>(file, is_first ? 3 : 1);
    add<std::uint64_t>(file, 2);
    add<std::uint64_t>(file, 0);
    add<std::uint64_t>(file, header_size);
    add<std::uint64_t>(file, is_first ? names.size() : 1);
    for (int rest = 0; rest < 3; ++rest) add<std::uint64_t>(file, 0);
  }
  return file;
}

void read_sections(const std::string& file) {
  const WholeBytes bytes(file);
  const auto elf = Elf::parse(bytes);
  if (elf) elf->loaded_sections();
}

std::string cpio_of(std::size_t count) {
  return lines(count, [](auto i) {
    const std::string header = fmt::format(
        "070701{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}", i,
        0100644, 0, 0, 2, 0, 0, 0, 0, 0, 0, 10, 0);
    return header + fmt::format("{:09}", i) + '\0';
  });
}

std::string efi_list_of(std::size_t count) {
  constexpr std::uint32_t entry = 16 + 32;
  std::string bytes("\x26\x16\xC4\xC1\x4C\x50\x92\x40\xAC\xA9\x41\xF9\x36\x93\x43\x28", 16);
  add<std::uint32_t>(bytes, static_cast<std::uint32_t>(28 + count * entry));
  add<std::uint32_t>(bytes, 0);
  add<std::uint32_t>(bytes, entry);
  return bytes + std::string(count * entry, 'x');
}

constexpr std::array rows = {
    Row{"sections of a module", 1000,
        [](std::size_t n) -> std::function<void()> {
          return [file = elf_of(n)] { read_sections(file); };
        }},
    Row{"fields of a module", 1000,
        [](std::size_t n) {
          return parsing<parse_modinfo>(
              lines(n, [](auto i) { return fmt::format("alias=a{}", i) + '\0'; }));
        }},
    Row{"members of an archive", 500,
        [](std::size_t n) -> std::function<void()> {
          return [archive = cpio_of(n)] {
            WholeStream bytes{std::string_view(archive)};
            std::vector<CpioEntry> entries;
            static_cast<void>(read_cpio(bytes, [](auto&, auto) { return true; }, entries));
          };
        }},
    Row{"signature lists of the firmware", 1000,
        [](std::size_t n) { return parsing<parse_efi_signatures>(efi_list_of(n)); }},
    Row{"/dev/kmsg", 500,
        [](std::size_t n) {
          return parsing<parse_kernel_log>(
              lines(n, [](auto i) { return fmt::format("6,{0},{0},-;m{0}: \\x20loaded\n", i); }));
        }},
    Row{"/proc/modules", 300,
        [](std::size_t n) {
          return parsing<parse_proc_modules>(
              lines(n, [](auto i) { return fmt::format("m{} 4096 1 a,b, Live 0x0 (OE)\n", i); }));
        }},
    Row{"/proc/modules, users of one", 1000,
        [](std::size_t n) {
          return parsing<parse_proc_modules>(
              "m 4096 1 " + lines(n, [](auto i) { return fmt::format("m{},", i); }) +
              " Live 0x0\n");
        }},
    Row{"framework.conf of DKMS", 1000,
        [](std::size_t n) {
          return parsing<parse_dkms_framework>(
              lines(n, [](auto i) { return fmt::format("mok_signing_key=\"/keys/{}\"\n", i); }));
        }},
    Row{"the beginnings of members in a gzip file", 2000,
        [](std::size_t n) {
          return parsing<kernel_unpacking_flaw>(
              std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) +
              lines(n, [](auto) { return std::string("\x1f\x8b no member "); }));
        }},
    Row{"/proc/keys", 300,
        [](std::size_t n) {
          return parsing<parse_proc_keys>(lines(n, [](auto i) {
            return fmt::format("{:08x} I--Q--- 1 perm 1f030000 0 0 keyring .k{}: 1\n", i, i);
          }));
        }},
    Row{"/proc/crypto", 300,
        [](std::size_t n) {
          return parsing<parse_crypto_algorithms>(lines(n, [](auto i) {
            return fmt::format("name : a{0}\ndriver : b{0}\nmodule : m{0}\nrefcnt : 2\n\n", i);
          }));
        }},
    Row{"/proc/net/protocols", 300,
        [](std::size_t n) {
          return parsing<parse_net_protocols>(
              lines(n, [](auto i) { return fmt::format("P{} 1 1 1 no 0 yes m{}\n", i, i); }));
        }},
    Row{"/proc/self/mountinfo", 300,
        [](std::size_t n) {
          return parsing<parse_mountinfo>(lines(n, [](auto i) {
            return fmt::format("{0} 1 0:1 / /m{0} rw - ext4 /dev/{0} rw\n", i);
          }));
        }},
    Row{"the changelog of a kernel's package", 300,
        [](std::size_t n) {
          return parsing<parse_kernel_changelog>(lines(n, [](auto i) {
            return fmt::format(
                "linux ({0})\n  * a title of a change {0}\n  * Revert \"a title of a change {1}\"\n"
                "  * another one of {0} (CVE-2024-1000, CVE-2024-{2})\n\n",
                i, i / 2, 1000 + i);
          }));
        }},
    Row{"a distribution's tracker", 300,
        [](std::size_t n) {
          return parsing<parse_cve_tracker>(
              "{\"linux\": {" +
              lines(n,
                    [](auto i) {
                      return fmt::format(
                          "\"CVE-2024-{}\": {{\"releases\": {{\"x\": {{\"status\": "
                          "\"open\"}}}}}},",
                          1000 + i);
                    }) +
              "\"x\": 1}}");
        }},
    Row{"the kernel's build options", 500,
        [](std::size_t n) {
          return parsing<parse_kernel_config>(
              "CONFIG_MODULES=y\n" +
              lines(n, [](auto i) { return fmt::format("CONFIG_MODULE_A{}=m\n", i); }) +
              "# Kernel hacking\n");
        }},
};

}  // namespace

std::span<const Row> kernel_rows() { return rows; }

}  // namespace kmodsec::scaling
