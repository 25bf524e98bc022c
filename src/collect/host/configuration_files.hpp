// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A file that is not read, for another one of its name counts.
struct PassedOverFile {
  std::string path;
  std::string shadowed_by;  ///< The one that counts; empty where the name is no file's to be read.
};

/// File name to path: the first folder that has a name decides, and names are read in their order.
struct ConfigurationFiles {
  std::map<std::string, std::string> read;
  std::vector<PassedOverFile> passed_over;
  std::vector<Unseen> unseen;  ///< Folders under the names of files, and those not captured.
};

/// Which names are those of files that are read.
enum class ConfigurationNames {
  conf,           ///< *.conf
  conf_and_alias  ///< *.alias as well: kmod did so up to 32 (libkmod-config.c,
                  ///< conf_files_filter_out).
};

/// The files of modprobe.d, modules-load.d or depmod.d, from its folders, highest precedence first.
/// A folder that is known not to be there has none; an error where one cannot be listed.
Result<ConfigurationFiles> configuration_files(const Root& root,
                                               std::span<const std::string_view> folders,
                                               ConfigurationNames names = ConfigurationNames::conf);

/// Whether a file that could not be read has no lines: a link to /dev/null masks the files of its
/// name, and one to nothing is passed over.
bool has_no_lines(const Root& root, const std::string& path, const Error& error);

/// Why a file was not read. Whatever is no regular file is never opened to be read: modprobe would
/// wait for what comes out of it.
Unseen unread_because(const std::string& path, const Error& error);

}  // namespace kmodsec
