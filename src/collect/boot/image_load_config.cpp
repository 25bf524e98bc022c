// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/image_load_config.hpp"

#include <iterator>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/limits.hpp"
#include "collect/loading/index_config.hpp"
#include "collect/loading/load_config.hpp"
#include "format/boot/boot_command_lines.hpp"
#include "format/host/mount_table.hpp"
#include "format/kernel/kernel_command_line.hpp"
#include "format/loading/image_requests.hpp"
#include "format/loading/kernel_load_parameters.hpp"
#include "format/loading/systemd_parameters.hpp"

namespace kmodsec {
namespace {

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What a file of the host says; nothing when it has none.
std::string read_of_host(const Root& host, const std::string& path, LoadConfig& load) {
  auto text = host.read(path, configuration_limit);
  if (text) return std::move(*text);
  if (text.error().kind != ErrorKind::not_found) load.unseen.push_back({path, text.error().reason});
  return {};
}

class ImageConfig {
 public:
  ImageConfig(const Root& image, ImageMaker maker, LoadConfig own)
      : image_(image), maker_(maker), load_(std::move(own)) {}

  void add_maker() {
    if (maker_ == ImageMaker::initramfs_tools) add_file("/conf/modules", parse_conf_modules);
    if (maker_ == ImageMaker::mkinitcpio) add_file("/config", parse_mkinitcpio_config);
    if (maker_ == ImageMaker::mkinitfs) add_file("/etc/modules", parse_mkinitfs_modules);
    if (maker_ != ImageMaker::dracut) return;
    add_file("/etc/cmdline", parse_dracut_parameters);
    for (const Entry& entry : image_.list("/etc/cmdline.d").value_or(std::vector<Entry>{})) {
      if (entry.name.ends_with(".conf"))
        add_file("/etc/cmdline.d/" + entry.name, parse_dracut_parameters);
    }
  }

  /// After this all sources are the host's.
  void name_sources(const std::string& path) {
    const auto name = [&](auto& lines) {
      for (auto& line : lines) line.source = path + ":" + line.source;
    };
    name(load_.lines);
    name(load_.busybox_lines);
    name(load_.problems);
    name(load_.at_boot);
    for (UnreadFile& file : load_.unread) file.path = path + ":" + file.path;
    for (Unseen& gap : load_.unseen) gap.what = path + ":" + gap.what;
  }

  /// modprobe and systemd-modules-load read the kernel's command line in the image as well. Which
  /// of several it is booted with is not known.
  void add_command_lines(const std::vector<BootCommandLine>& lines) {
    std::vector<LoadConfig> alternatives;
    for (const BootCommandLine& line : lines) {
      alternatives.push_back(of_command_line(line.text, line.source));
      for (ConfigLine& one : alternatives.back().lines) one.line = line.line;
      for (LoadRequest& request : alternatives.back().at_boot) request.line = line.line;
    }
    add(load_config_of_any(std::move(alternatives)));
  }

  /// initramfs-tools has each modprobe apply the blacklist to names since its first releases; an
  /// /init that does not say so does not.
  void apply_blacklist() {
    if (maker_ != ImageMaker::initramfs_tools) return;
    if (!init_applies_blacklist(image_.read("/init", configuration_limit).value_or(""))) return;
    for (LoadRequest& request : load_.at_boot) request.past_blacklist = false;
  }

  /// mount(8) has the kernel ask for the type of what is mounted.
  void add_root_file_system(const Root& host) {
    const std::string path = "/etc/fstab";
    const auto status = host.status(path);
    const bool is_missing = !status && status.error().kind == ErrorKind::not_found;
    const auto doubt = is_missing ? doubt_about_absence(host, path) : std::nullopt;
    if (doubt) load_.unseen.push_back({path, doubt->reason});
    for_each_line(read_of_host(host, path, load_), [&](std::string_view line, std::size_t number) {
      for (const Mount& mount : parse_fstab(line)) {
        if (mount.mount_point == "/" || mount.mount_point == "/usr")
          append(load_.at_boot, file_systems(mount.type, path, number));
      }
    });
  }

  LoadConfig take() { return std::move(load_); }

 private:
  LoadConfig of_command_line(const std::string& text, const std::string& path) const {
    LoadConfig part = parse_kernel_load_parameters(text, path);
    part.at_boot.clear();
    if (has_systemd()) part.at_boot = parse_systemd_load_parameters(text, path, true);
    LoadConfig more = of_maker(text, path);
    append(part.lines, std::move(more.lines));
    append(part.at_boot, std::move(more.at_boot));
    for (const KernelParameter& parameter : parse_kernel_command_line(text)) {
      if (parameter.key == "rootfstype")
        append(part.at_boot, file_systems(parameter.value, path, 1));
    }
    return part;
  }

  /// systemd in the place of mkinitcpio's own /init reads none of it.
  LoadConfig of_maker(std::string_view text, const std::string& path) const {
    switch (maker_) {
      case ImageMaker::initramfs_tools: return parse_initramfs_tools_parameters(text, path);
      case ImageMaker::dracut: return parse_dracut_parameters(text, path);
      case ImageMaker::mkinitcpio:
        return has_systemd() ? LoadConfig{} : parse_mkinitcpio_parameters(text, path);
      case ImageMaker::mkinitfs: return parse_mkinitfs_parameters(text, path);
      case ImageMaker::unknown: break;
    }
    return {};
  }

  void add(LoadConfig part) {
    append(load_.lines, std::move(part.lines));
    append(load_.at_boot, std::move(part.at_boot));
  }

  template <class Parse>
  void add_file(const std::string& path, Parse parse) {
    if (const auto text = image_.read(path, configuration_limit))
      add(parse(*text, utf8_text(path)));
  }

  static std::vector<LoadRequest> file_systems(std::string_view types, const std::string& source,
                                               std::size_t line) {
    std::vector<LoadRequest> requests;
    for (const std::string_view type : split(types, ',')) {
      if (type != "auto") requests.push_back({"fs-" + std::string(type), source, line});
    }
    return requests;
  }

  bool has_systemd() const {
    return image_.status("/usr/lib/systemd/systemd-modules-load") ||
           image_.status("/lib/systemd/systemd-modules-load");
  }

  const Root& image_;
  ImageMaker maker_;
  LoadConfig load_;
};

}  // namespace

Seen<LoadConfig> collect_image_load_config(const Root& host, const Root& image,
                                           const std::string& path, ImageMaker maker,
                                           const std::vector<BootCommandLine>& lines) {
  auto own = collect_load_config(image);
  if (!own) return std::unexpected(own.error());
  add_index_config(image, *own);
  ImageConfig config(image, maker, std::move(*own));
  config.add_maker();
  config.name_sources(path);
  config.add_command_lines(lines);
  config.apply_blacklist();
  config.add_root_file_system(host);
  return config.take();
}

}  // namespace kmodsec
