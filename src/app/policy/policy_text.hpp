// SPDX-License-Identifier: GPL-2.0-or-later
// How a verb edits policy.toml before the host follows it.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "model/host/file_edit.hpp"
#include "system/files/editor.hpp"

namespace kmodsec {

using EditText = std::function<Result<std::string>(std::string text)>;

/// The policy file with another text, and its folder where it is missing.
Result<std::vector<FileEdit>> edits_of_policy(const Editor& editor, const EditText& edit);

/// One edit of the text after the other, until one fails.
class PolicyText {
 public:
  explicit PolicyText(std::string text) : text_(std::move(text)) {}

  template <class Edit, class... Arguments>
  void change(Edit edit, const Arguments&... arguments) {
    if (text_) text_ = edit(*text_, arguments...);
  }

  Result<std::string> take() { return std::move(text_); }

 private:
  Result<std::string> text_;
};

}  // namespace kmodsec
