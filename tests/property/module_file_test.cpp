// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/module_file.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/memory_root.hpp"
#include "support/module_builder.hpp"
#include "support/random_facts.hpp"
#include "support/signer.hpp"

namespace kmodsec::test {
namespace {

const std::string path = "/lib/modules/6.1/kernel/a.ko";

std::string large_module(RandomFacts& random) {
  const std::string code(random.below(40'000), 'c');
  const std::string info = "license=GPL" + std::string(1, '\0') + "name=a";
  return elf_with({{".text", code},
                   {".modinfo", info},
                   {".note.gnu.build-id", build_id_note("\xab\xcd")},
                   {".data", std::string(random.below(40'000), 'd')}});
}

std::string damaged(std::string module, RandomFacts& random) {
  if (random.chance(3)) module.resize(random.below(module.size()));
  if (random.chance(3) && !module.empty()) module[random.below(module.size())] ^= 1;
  if (random.chance(3)) module += "~Module signature appended~\n";
  return module;
}

ModuleFile read(const std::string& module, bool digests) {
  MemoryRoot root;
  root.add_file(path, module);
  return collect_module_file(root, path, {.parts = digests ? Parts{Part::digests} : Parts{}}, {});
}

std::string text_of(const ModuleFile& file) {
  std::string text = file.compression + std::to_string(file.size);
  if (!file.content) return text + to_string(file.content.error());
  for (const InfoField& field : file.content->info) text += field.key + "=" + field.value + "\n";
  text += file.content->own_name + file.content->build_id;
  if (!file.signature) return text + to_string(file.signature.error());
  const Signature& signature = *file.signature;
  return text + std::to_string(static_cast<int>(signature.form)) + signature.reason +
         signature.signer + signature.key_id + signature.hash_algorithm + signature.value;
}

TEST(ModuleFileProperty, AFewPagesTellTheSameAsTheWholeFile) {
  RandomFacts random(29);
  const Signer signer("a key");
  for (int round = 0; round < 300; ++round) {
    const std::string module = damaged(signer.sign(large_module(random)), random);
    ASSERT_EQ(text_of(read(module, false)), text_of(read(module, true))) << "round " << round;
  }
}

}  // namespace
}  // namespace kmodsec::test
