// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/softdep.hpp"

#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {

void read_softdep(std::string_view words, std::vector<std::string>& pre,
                  std::vector<std::string>& post) {
  std::vector<std::string>* list = nullptr;
  for (const std::string_view word : split_words(words)) {
    if (word == "pre:") {
      list = &pre;
    } else if (word == "post:") {
      list = &post;
    } else if (list != nullptr) {
      list->push_back(utf8_text(normalized_module_name(word)));
    }
  }
}

}  // namespace kmodsec
