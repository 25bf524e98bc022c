// SPDX-License-Identifier: GPL-2.0-or-later
#include <set>
#include <utility>

#include "base/text.hpp"
#include "collect/boot/boot_loaders.hpp"
#include "format/kernel/pe.hpp"
#include "system/files/sparse_file.hpp"

namespace kmodsec {
namespace {

constexpr std::uint64_t longest_command_line = 64UL * 1024;

/// Text of a section, which may be filled up with NULs.
std::string text_of(std::string_view section) {
  return std::string(trim(section.substr(0, section.find('\0'))));
}

class UnifiedImageReader {
 public:
  UnifiedImageReader(const Root& root, BootLoaderFiles& files) : root_(root), files_(files) {}

  void read_folder(const std::string& partition) {
    const std::string folder = partition + "/EFI/Linux";
    for (const Entry& file : list_loader_folder(root_, folder, files_)) {
      if (file.name.ends_with(".efi") && file.type != FileType::directory)
        read("/EFI/Linux/" + file.name, partition);
    }
  }

 private:
  void read(const std::string& inside, const std::string& partition) {
    const std::string path = partition + inside;
    const auto file = root_.open(path);
    if (!file) return note(path, file.error());
    const SparseFile image(**file);
    const bool is_kernel = find_pe_section(image, ".linux").has_value();
    if (is_kernel) add(image, inside, partition);
    if (!image.state()) note(path, image.state().error());
  }

  void add(const SparseFile& image, const std::string& inside, const std::string& partition) {
    BootEntry entry{.unified = {inside}, .line = 1};
    if (const auto release = pe_section(image, ".uname")) entry.version = text_of(*release);
    const auto section = find_pe_section(image, ".cmdline");
    if (section && section->size <= longest_command_line) {
      if (const auto line = pe_section(image, ".cmdline")) entry.options = text_of(*line);
    }
    if (!entry.options) entry.unclear = "it has no .cmdline: what the firmware passes on counts";
    if (find_pe_section(image, ".profile"))
      entry.unclear = "it has several profiles, each with a command line of its own";
    add_addons(partition, inside + ".extra.d", entry);
    add_addons(partition, "/loader/addons", entry);
    files_.entries.push_back({std::move(entry), utf8_text(partition + inside), partition});
  }

  /// systemd-stub appends the command line of each (stub.c, cmdline_append_and_measure_addons).
  void add_addons(const std::string& partition, const std::string& folder, BootEntry& entry) {
    for (const Entry& file : list_loader_folder(root_, partition + folder, files_)) {
      const std::string inside = folder + "/" + file.name;
      if (file.name.ends_with(".addon.efi")) add_addon(partition, inside, entry);
      if (file.name.ends_with(".raw"))
        files_.unseen.push_back({utf8_text(partition + inside),
                                 "is an extension of an initramfs, and kmodsec does not read it"});
    }
  }

  void add_addon(const std::string& partition, const std::string& inside, BootEntry& entry) {
    const std::string path = partition + inside;
    const auto file = root_.open(path);
    if (!file) return note(path, file.error());
    const SparseFile addon(**file);
    const auto line = pe_section(addon, ".cmdline");
    if (line && line->size() <= longest_command_line)
      entry.options = entry.options.value_or("") + " " + text_of(*line);
    if (find_pe_section(addon, ".initrd")) entry.initrds.push_back(inside);
    if (!addon.state()) note(path, addon.state().error());
  }

  void note(const std::string& path, const Error& error) {
    files_.unseen.push_back({utf8_text(path), error.reason});
  }

  const Root& root_;
  BootLoaderFiles& files_;
};

}  // namespace

void add_unified_images(const Root& root, BootLoaderFiles& files) {
  UnifiedImageReader reader(root, files);
  for (const std::string_view partition : boot_partitions)
    reader.read_folder(std::string(partition));
}

}  // namespace kmodsec
