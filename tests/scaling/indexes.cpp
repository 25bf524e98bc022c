// SPDX-License-Identifier: GPL-2.0-or-later
// What depmod writes, and the configuration of modprobe.
#include <array>

#include "format/boot/board_config.hpp"
#include "format/boot/boot_command_lines.hpp"
#include "format/boot/extlinux_config.hpp"
#include "format/boot/grub_config.hpp"
#include "format/boot/loader_entry.hpp"
#include "format/loading/busybox_conf.hpp"
#include "format/loading/image_requests.hpp"
#include "format/loading/kernel_load_parameters.hpp"
#include "format/loading/load_commands.hpp"
#include "format/loading/loader_program.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "format/loading/modules_load.hpp"
#include "format/loading/sysctl_conf.hpp"
#include "format/loading/udev_rules.hpp"
#include "format/loading/unit_file.hpp"
#include "format/modules/modules_index.hpp"
#include "row.hpp"

namespace kmodsec::scaling {
namespace {

template <auto parse>
std::function<void()> parsing_file(std::string text) {
  return [text = std::move(text)] { must_be_read(parse(text, "a.conf")); };
}

std::string modprobe_line(std::size_t i) {
  constexpr std::array lines = {"alias a{0}* m{0}\n", "blacklist m{}\n", "options m{} a=1 b=2\n",
                                "install m{} /bin/false\n", "softdep m{} pre: a b post: c\n"};
  return fmt::format(fmt::runtime(lines.at(i % lines.size())), i);
}

constexpr std::array rows = {
    Row{"modules.dep, lines", 500,
        [](std::size_t n) {
          return parsing<parse_modules_dep>(lines(n, [](auto i) {
            return fmt::format("kernel/m{}.ko: kernel/a.ko kernel/b.ko\n", i);
          }));
        }},
    Row{"modules.dep, words of one line", 1000,
        [](std::size_t n) {
          return parsing<parse_modules_dep>(
              "a.ko:" + lines(n, [](auto i) { return fmt::format(" kernel/m{}.ko", i); }));
        }},
    Row{"modules.alias", 1000,
        [](std::size_t n) {
          return parsing<parse_modules_alias>(
              lines(n, [](auto i) { return fmt::format("alias pci:v{}d* m{}\n", i, i); }));
        }},
    Row{"modules.softdep", 500,
        [](std::size_t n) {
          return parsing<parse_modules_softdep>(
              lines(n, [](auto i) { return fmt::format("softdep m{} pre: a b post: c\n", i); }));
        }},
    Row{"modules.devname", 500,
        [](std::size_t n) {
          return parsing<parse_modules_devname>(
              lines(n, [](auto i) { return fmt::format("m{0} node{0} c10:{0}\n", i); }));
        }},
    Row{"modules.builtin and modules.builtin.modinfo", 500,
        [](std::size_t n) -> std::function<void()> {
          return
              [paths = lines(n, [](auto i) { return fmt::format("kernel/m{}.ko\n", i); }),
               info = lines(n, [](auto i) { return fmt::format("m{}.license=GPL{}", i, '\0'); })] {
                auto modules = parse_modules_builtin(paths);
                add_builtin_modinfo(modules, info);
              };
        }},
    Row{"modprobe.d, lines", 300,
        [](std::size_t n) { return parsing_file<parse_modprobe_conf>(lines(n, modprobe_line)); }},
    Row{"modprobe.d, one line", 2000,
        [](std::size_t n) {
          return parsing_file<parse_modprobe_conf>(
              "options m " + lines(n, [](auto i) { return fmt::format("a{}=1 \\\n", i); }));
        }},
    Row{"modprobe.d as busybox reads it", 500,
        [](std::size_t n) -> std::function<void()> {
          return [text = lines(n, modprobe_line)] { parse_busybox_conf(text, "a.conf"); };
        }},
    Row{"modprobe.d as busybox reads it, one line", 2000,
        [](std::size_t n) -> std::function<void()> {
          return [text = "options m " + lines(n, [](auto i) {
                           return fmt::format("a{}=1 \\\n", i);
                         })] { parse_busybox_conf(text, "a.conf"); };
        }},
    Row{"the program that loads modules", 4000,
        [](std::size_t n) -> std::function<void()> {
          return
              [bytes = "\177ELF" + lines(n, [](auto i) { return fmt::format("BusyBox {}", i); })] {
                read_loader_program(bytes);
              };
        }},
    Row{"modules-load.d", 1000,
        [](std::size_t n) {
          return parsing_file<parse_modules_load>(
              lines(n, [](auto i) { return fmt::format("m{}\n", i); }));
        }},
    Row{"the kernel's command line", 500,
        [](std::size_t n) {
          return parsing_file<parse_kernel_load_parameters>(
              lines(n, [](auto i) { return fmt::format("m{0}.a=1 module_blacklist=m{0} ", i); }));
        }},
    Row{"the command line of an initramfs", 500,
        [](std::size_t n) {
          return parsing_file<parse_mkinitcpio_parameters>(
              lines(n, [](auto i) { return fmt::format("earlymodules=\"m{} b\" ", i); }));
        }},
    Row{"modules of OpenRC", 500,
        [](std::size_t n) {
          return parsing_file<parse_openrc_modules>(
              "modules=\"" + lines(n, [](auto i) { return fmt::format("m{}\n", i); }) + "\"");
        }},
    Row{"a unit of systemd", 500,
        [](std::size_t n) -> std::function<void()> {
          std::string text = "[Service]\n" + lines(n, [](auto i) {
                               return fmt::format("ExecStart=/sbin/modprobe -a m{}\n", i);
                             });
          return [text = std::move(text)] { return parse_unit_file(text).size(); };
        }},
    Row{"the commands of a script", 500,
        [](std::size_t n) -> std::function<void()> {
          std::string text = lines(n, [](auto i) {
            return fmt::format("export MODPROBE_OPTIONS='-C /x{0}'; $(modprobe -i m{0} >/y)\n", i);
          });
          return [text = std::move(text)] {
            return load_commands(shell_commands(text, ShellText::script), {}, "x").requests.size();
          };
        }},
    Row{"rules of udev", 500,
        [](std::size_t n) -> std::function<void()> {
          std::string text =
              lines(n, [](auto i) { return fmt::format("RUN+=\"modprobe m{}\", \\\n", i); });
          return [text = std::move(text)] { return parse_udev_rules(text).size(); };
        }},
    Row{"sysctl.d", 500,
        [](std::size_t n) -> std::function<void()> {
          std::string text = lines(n, [](auto i) { return fmt::format("kernel.modprobe=/x{}\n", i); });
          return [text = std::move(text)] { return parse_loader_settings(text, "x").size(); };
        }},
    Row{"the modules of an initramfs", 1000,
        [](std::size_t n) {
          return parsing_file<parse_conf_modules>(
              lines(n, [](auto i) { return fmt::format("m{}\n", i); }));
        }},
    Row{"grub.cfg", 200,
        [](std::size_t n) -> std::function<void()> {
          return
              [text = lines(n, [](auto i) {
                 return fmt::format("menuentry 'a' {{\nset v=x\nlinux /vmlinuz-{} ro $v\n}}\n", i);
               })] { must_be_read(parse_grub_config(text)); };
        }},
    Row{"grub.cfg, words of one line", 500,
        [](std::size_t n) -> std::function<void()> {
          return [text = "linux /v" + lines(n, [](auto i) { return fmt::format(" a{}=$b", i); })] {
            must_be_read(parse_grub_config(text));
          };
        }},
    Row{"an entry of the Boot Loader Specification", 500,
        [](std::size_t n) {
          return parsing<parse_loader_entry>(
              lines(n, [](auto i) { return fmt::format("initrd /a{0}\noptions b{0}=1\n", i); }));
        }},
    Row{"extlinux.conf", 300,
        [](std::size_t n) {
          return parsing<parse_extlinux_config>(lines(n, [](auto i) {
            return fmt::format("label {0}\nlinux /v{0}\ninitrd a,b\nappend ro\n", i);
          }));
        }},
    Row{"limine.conf", 300,
        [](std::size_t n) {
          return parsing<parse_limine_config>(lines(n, [](auto i) {
            return fmt::format("/a{0}\npath: boot():/v{0}\ncmdline: ro\n", i);
          }));
        }},
    Row{"config.txt", 500,
        [](std::size_t n) {
          return parsing<parse_raspberry_pi_config>(lines(
              n, [](auto i) { return fmt::format("initramfs a{}.img,b followkernel\n", i); }));
        }},
    Row{"uEnv.txt", 500,
        [](std::size_t n) {
          return parsing<parse_uboot_environment>(
              lines(n, [](auto i) { return fmt::format("initrd_file=a{}\n", i); }));
        }},
    Row{"command lines of one kernel", 100,
        [](std::size_t n) -> std::
                              function<void()> {
                                std::vector<BootCommandLine> all;
                                for (std::size_t i = 0; i < n; ++i)
                                  all.push_back(
                                      {fmt::format("module_blacklist=a{0},b modules_load=c{0} "
                                                   "modprobe.blacklist=d{0},e",
                                                   i),
                                       "x", i});
                                return [all = std::move(all)] {
                                  load_config_of_command_lines(all, false);
                                };
                              }},
};

}  // namespace

std::span<const Row> index_rows() { return rows; }

}  // namespace kmodsec::scaling
