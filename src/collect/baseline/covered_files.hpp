// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/baseline/baseline.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The files that a baseline covers, sorted by path: of each installed kernel its modules, the
/// indexes beside them, its image and each initramfs; the configuration that all share; and the
/// folders on the way to them.
struct CoveredFiles {
  std::vector<CoveredFile> files;
  std::vector<Unseen> unseen;  ///< Folders that could not be listed.
  bool lacks_kernels = false;  ///< Which kernels are installed could not be seen.
};
CoveredFiles collect_covered_files(const Root& root);

/// A file as it is now; its content read in pieces, once.
struct RecordedFile {
  Seen<FileAttributes> attributes;
  Seen<std::string> sha256;  ///< Hex.
};

/// A folder, or a link to one, as it is now: without a size and a digest.
RecordedFile record_folder(const Root& root, const std::string& path);

enum class Hashing { now, later };

/// Errors: gone, not a regular file, unreadable, or changed while it was read. What is hashed later
/// has an empty digest, and so has a link that leads nowhere.
RecordedFile record_file(const Root& root, const std::string& path, Hashing hashing);

}  // namespace kmodsec
