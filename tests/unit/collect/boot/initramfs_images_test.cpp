// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/initramfs_images.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "format/files/digest.hpp"
#include "support/cpio_builder.hpp"
#include "support/memory_root.hpp"
#include "support/module_builder.hpp"
#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

const std::string unpacked_release = "6.1.0-56-amd64";
const std::string folder = "/lib/modules/" + unpacked_release;
const std::string large_limit(200'000, 'x');

/// Modules in the image, and below the module folder of the host.
MemoryRoot host(const std::vector<std::pair<std::string, std::string>>& inside,
                const std::vector<std::pair<std::string, std::string>>& installed) {
  std::vector<CpioFile> files;
  for (const auto& [path, content] : inside)
    files.push_back({(folder + "/" + path).substr(1), content});
  MemoryRoot root;
  root.add_file("/boot/initrd.img-" + unpacked_release, gzip(cpio(files)));
  std::string index;
  for (const auto& [path, content] : installed) {
    root.add_file(folder + "/" + path, content);
    index += path + ":\n";
  }
  root.add_file(folder + "/modules.dep", index);
  return root;
}

std::vector<ImageModule> modules_of(const MemoryRoot& root, const CollectScope& scope) {
  const BootFiles boot(root, {unpacked_release}, true);
  const auto images =
      collect_initramfs_images(root, boot, unpacked_release, {}, scope, std::launch::deferred)
          .get();
  EXPECT_TRUE(images) << to_string(images.error());
  EXPECT_EQ(images->size(), 1);
  return images->front().modules;
}

ImageModule module_of(const MemoryRoot& root, const CollectScope& scope) {
  const std::vector<ImageModule> modules = modules_of(root, scope);
  EXPECT_EQ(modules.size(), 1);
  return modules.front();
}

const CollectScope compares = {.parts = {Part::image_modules}};
const CollectScope hashes = {.parts = {Part::image_digests}};
const CollectScope both = {.parts = {Part::image_modules, Part::image_digests}};

TEST(BootImages, TellTheSameModuleWithoutItsDigest) {
  const MemoryRoot root =
      host({{"a-b.ko", large_limit + "end"}}, {{"kernel/a-b.ko", large_limit + "end"}});
  EXPECT_EQ(module_of(root, compares).name, "a_b");
  EXPECT_TRUE(module_of(root, compares).as_installed);
  EXPECT_EQ(module_of(root, compares).sha256, "");
  EXPECT_EQ(module_of(root, both).sha256, hex_digest(Digest::sha256, large_limit + "end"));
  EXPECT_EQ(module_of(root, both).installed_sha256, module_of(root, both).sha256);
  EXPECT_FALSE(module_of(root, {}).as_installed);
}

TEST(BootImages, TellADifferenceInTheLastByte) {
  for (const std::string& other : {large_limit + "ent", large_limit, large_limit + "ends"}) {
    const ImageModule module =
        module_of(host({{"a.ko", large_limit + "end"}}, {{"a.ko", other}}), compares);
    EXPECT_FALSE(module.as_installed);
    EXPECT_EQ(module.sha256, hex_digest(Digest::sha256, large_limit + "end"));
    EXPECT_EQ(module.installed_sha256, hex_digest(Digest::sha256, other));
  }
}

TEST(BootImages, TellAModuleOfTheirOwn) {
  const ImageModule module = module_of(host({{"a.ko", "a"}}, {{"b.ko", "a"}}), compares);
  EXPECT_FALSE(module.as_installed);
  EXPECT_EQ(module.sha256, hex_digest(Digest::sha256, "a"));
  EXPECT_EQ(module.installed_sha256, "");
}

TEST(BootImages, TellDigestsWithoutLookingAtTheHost) {
  const std::string packed = xz("a module");
  const MemoryRoot root = host({{"a.ko.xz", packed}, {"b.ko", large_limit}, {"c.ko.xz", "damaged"}},
                               {{"a.ko.xz", packed}, {"b.ko", large_limit}});
  const std::vector<ImageModule> modules = modules_of(root, hashes);
  ASSERT_EQ(modules.size(), 3);
  EXPECT_EQ(modules[0].sha256, hex_digest(Digest::sha256, "a module"));
  EXPECT_EQ(modules[1].sha256, hex_digest(Digest::sha256, large_limit));
  EXPECT_EQ(modules[1].payload_sha256, modules[1].sha256);
  const std::vector<ImageModule> compared = modules_of(root, both);
  for (std::size_t i = 0; i < modules.size(); ++i) {
    EXPECT_FALSE(modules[i].as_installed);
    EXPECT_EQ(modules[i].installed_sha256, "");
    EXPECT_EQ(modules[i].sha256, compared[i].sha256);
    EXPECT_EQ(modules[i].payload_sha256, compared[i].payload_sha256);
  }
}

TEST(BootImages, FollowLinksAndHardLinksToModules) {
  const std::string inside = folder.substr(1) + "/";
  MemoryRoot root;
  root.add_file("/boot/initrd.img-" + unpacked_release,
                gzip(cpio({cpio_link(inside + "a.ko", "../../elsewhere"),
                           {"lib/elsewhere", large_limit},
                           cpio_link(inside + "b.ko", "c.ko"),
                           {inside + "c.ko", "", 0100644, 9, 2},
                           {inside + "d.ko", large_limit, 0100644, 9, 2}})));
  const auto digests_of = [&](const CollectScope& scope) {
    std::map<std::string, std::string> digests;
    for (const ImageModule& module : modules_of(root, scope)) digests[module.name] = module.sha256;
    return digests;
  };
  const std::string sha256 = hex_digest(Digest::sha256, large_limit);
  const auto digests = digests_of(hashes);
  EXPECT_EQ(digests.at("b"), sha256);
  EXPECT_EQ(digests.at("c"), sha256);
  EXPECT_EQ(digests.at("d"), sha256);
  for (const char* name : {"b", "c", "d"}) EXPECT_EQ(digests.at(name), digests_of(both).at(name));
}

/// An init can insert any file, whatever it is called and wherever it stands.
TEST(BootImages, TellModulesOutsideOfTheModuleFolder) {
  const std::string module = module_with({"license=GPL", "name=hidden-one"});
  MemoryRoot root;
  root.add_file(folder + "/kernel/hidden-one.ko", "another");
  root.add_file(folder + "/modules.dep", "kernel/hidden-one.ko:\n");
  root.add_file("/boot/initrd.img-" + unpacked_release,
                cpio({{"early.ko", module}}) +
                    gzip(cpio({{"opt/x.ko.xz", xz(module)},
                               {"usr/bin/tool", module, 0100755},
                               {"etc/data.bin", zstd(module)},
                               {"lib/firmware/blob", module},
                               {"lib/firmware/real", gzip(large_limit)},
                               cpio_link("also", "usr/bin/tool")})) +
                    gzip(cpio({{"late", module}})));
  for (const CollectScope& scope : {compares, hashes, both}) {
    std::map<std::string, ImageModule> modules;
    for (const ImageModule& found : modules_of(root, scope)) modules[found.path] = found;
    EXPECT_EQ(modules.size(), 6);
    for (const std::string path : {"/early.ko", "/opt/x.ko.xz", "/usr/bin/tool", "/etc/data.bin",
                                   "/lib/firmware/blob", "/late"}) {
      EXPECT_EQ(modules[path].sha256, hex_digest(Digest::sha256, module)) << path;
      EXPECT_FALSE(modules[path].as_installed) << path;
    }
    EXPECT_EQ(modules["/usr/bin/tool"].name, "hidden_one");
  }
}

/// Those of another kernel are held against that kernel's.
TEST(BootImages, CompareModulesOfTwoKernelsWithTheirOwn) {
  MemoryRoot root = host({}, {{"a.ko", "a"}});
  root.add_file("/boot/initrd.img-" + unpacked_release,
                gzip(cpio({{folder.substr(1) + "/a.ko", "a"}, {"lib/modules/6.6.6/a.ko", "b"}})));
  root.add_file("/lib/modules/6.6.6/a.ko", "b");
  for (const ImageModule& module : modules_of(root, compares)) EXPECT_TRUE(module.as_installed);
}

/// modprobe looks where modules.dep leads, and so does who compares.
TEST(BootImages, CompareWithWhatTheIndexLeadsTo) {
  MemoryRoot root = host({{"a.ko", "new"}}, {{"updates/a.ko", "new"}, {"kernel/b.ko", "b"}});
  root.add_file(folder + "/kernel/a.ko", "old");
  EXPECT_TRUE(module_of(root, compares).as_installed);
}

}  // namespace
}  // namespace kmodsec::test
