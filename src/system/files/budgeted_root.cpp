// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/budgeted_root.hpp"

#include <utility>

namespace kmodsec {
namespace {

/// Larger files are modules and images: no text that is taken apart word by word.
constexpr std::size_t largest_text = 64UL * 1024 * 1024;

class BudgetedFile : public File {
 public:
  BudgetedFile(std::unique_ptr<File> below, std::string path, std::shared_ptr<Budget> budget)
      : below_(std::move(below)), path_(std::move(path)), budget_(std::move(budget)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t length) const override {
    if (const auto left = budget_->check(path_); !left) return std::unexpected(left.error());
    auto bytes = below_->read(offset, length);
    if (bytes) budget_->take_bytes(bytes->size());
    return bytes;
  }

  std::uint64_t size() const override { return below_->size(); }

  Result<std::string> attribute(const std::string& name) const override {
    return below_->attribute(name);
  }

 private:
  std::unique_ptr<File> below_;
  std::string path_;
  std::shared_ptr<Budget> budget_;
};

}  // namespace

Result<std::string> BudgetedRoot::read(std::string_view path, std::size_t limit) const {
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  auto bytes = below_->read(path, limit);
  if (!bytes) return bytes;
  budget_->take_bytes(bytes->size());
  budget_->take_entries(1);
  if (limit <= largest_text) budget_->take_words(*bytes);
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  return bytes;
}

Result<std::string> BudgetedRoot::read_records(std::string_view path, std::size_t limit) const {
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  auto bytes = below_->read_records(path, limit);
  if (bytes) budget_->take_bytes(bytes->size());
  return bytes;
}

Result<std::unique_ptr<File>> BudgetedRoot::open(std::string_view path) const {
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  auto file = below_->open(path);
  if (!file) return file;
  budget_->take_entries(1);
  return std::make_unique<BudgetedFile>(std::move(*file), std::string(path), budget_);
}

Result<std::vector<Entry>> BudgetedRoot::list(std::string_view path) const {
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  auto entries = below_->list(path);
  if (!entries) return entries;
  budget_->take_entries(1 + entries->size());
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  return entries;
}

Result<std::string> BudgetedRoot::read_link(std::string_view path) const {
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  return below_->read_link(path);
}

Result<FileStatus> BudgetedRoot::status(std::string_view path) const {
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  return below_->status(path);
}

Result<FileStatus> BudgetedRoot::link_status(std::string_view path) const {
  if (const auto left = budget_->check(path); !left) return std::unexpected(left.error());
  return below_->link_status(path);
}

}  // namespace kmodsec
