// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared_bytes.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A tree of files in memory, put up entry by entry as a kernel unpacks an archive (linux:
/// init/initramfs.c): through links to folders, over what is there; only a folder that holds
/// something stays. Other than there, folders that were left out are made.
class ImageRoot : public Root {
 public:
  ImageRoot() : ImageRoot(nullptr) {}

  /// The budget, of the machine that the image lies on, must outlive it.
  explicit ImageRoot(Budget* budget);

  /// The content is what a file holds, where a link leads, and tells the size. Without one the
  /// entry is empty, or has the size of `status` and a content that was not kept: to read that is
  /// an error of its own, `io`. Errors, after which the tree is as it was but for folders on the
  /// way: `too_large` when all paths together are longer than any image's, others when the entry
  /// cannot stand there.
  Result<void> add(std::string_view path, const FileStatus& status,
                   const SharedBytes& content = {});

  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_records(std::string_view path, std::size_t limit) const override;
  Result<std::unique_ptr<File>> open(std::string_view path) const override;
  Result<std::vector<Entry>> list(std::string_view path) const override;
  Result<std::string> read_link(std::string_view path) const override;
  Result<FileStatus> status(std::string_view path) const override;
  Result<FileStatus> link_status(std::string_view path) const override;
  Result<AccessLists> access_lists(std::string_view) const override { return AccessLists{}; }
  bool is_running_system() const override { return false; }
  bool is_whole() const override { return true; }
  Budget& budget() const override { return budget_ != nullptr ? *budget_ : Root::budget(); }

 private:
  using Index = std::size_t;

  struct Node {
    FileStatus status;
    SharedBytes content;
    Index parent = 0;
    std::map<std::string, Index, std::less<>> children;
  };

  enum class LastLink { followed, seen };

  template <class Missing>
  Result<Index> walk(std::string_view path, LastLink last, std::size_t& steps,
                     Missing missing) const;
  Result<Index> find(std::string_view path, LastLink last) const;
  Result<SharedBytes> find_content(std::string_view path, std::size_t limit) const;
  Result<Index> folder_for(std::string_view path);
  Result<Index> add_child(Index folder, std::string_view name, Node node);
  Result<void> replace(Index index, std::string_view path, Node node);

  Budget* budget_;
  std::vector<Node> nodes_;
  std::size_t steps_ = 0;
};

}  // namespace kmodsec
