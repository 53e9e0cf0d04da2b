#include "sandbox/reach.h"

#include <gmock/gmock.h>

#include "sandbox/test_child.h"

namespace dss::sandbox {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(Reach, OfAFileItsFolder) {
  const TestFolder folder;
  EXPECT_THAT(reach_of_file(folder.file("cert.pem")), ElementsAre(folder.path()));
  EXPECT_THAT(reach_of_file(folder.path("not-yet")), ElementsAre(folder.path()));
}

TEST(Reach, OfAFolderItself) {
  const TestFolder folder;
  const std::string models = folder.folder("models");
  EXPECT_THAT(reach_of_folder(models), ElementsAre(models));
  EXPECT_THAT(reach_of_folder(models + "/"), ElementsAre(models));
  EXPECT_THAT(reach_of_folder(models + "/../models/."), ElementsAre(models));
}

TEST(Reach, ALinkMayBePointedToItsNeighbours) {
  const TestFolder folder;
  const std::string target = folder.folder("releases/1");
  const std::string link = folder.link("current", "releases/1");
  EXPECT_THAT(reach_of_folder(link),
              UnorderedElementsAre(link, folder.path(), folder.path("releases"), target));
}

TEST(Reach, ALinkWithinThePathToo) {
  const TestFolder folder;
  const std::string models = folder.folder("1/models");
  const std::string link = folder.link("current", folder.path("1"));
  EXPECT_THAT(reach_of_folder(link + "/models"),
              UnorderedElementsAre(link + "/models", folder.path(), models));
}

// As kubelet mounts secrets: tls.crt -> ..data/tls.crt, ..data -> ..2026.
TEST(Reach, ASecretOfKubernetes) {
  const TestFolder folder;
  const std::string first = folder.folder("..2026");
  folder.file("..2026/tls.crt").clear();
  folder.link("..data", "..2026").clear();
  const std::string mounted = folder.link("tls.crt", "..data/tls.crt");
  EXPECT_THAT(reach_of_file(mounted), Contains(folder.path()));
}

// As certbot keeps them: live/name/cert.pem -> ../../archive/name/cert1.pem.
TEST(Reach, ACertificateOfCertbot) {
  const TestFolder folder;
  folder.folder("archive/name").clear();
  folder.folder("live/name").clear();
  folder.file("archive/name/cert1.pem").clear();
  const std::string link = folder.link("live/name/cert.pem", "../../archive/name/cert1.pem");
  EXPECT_THAT(reach_of_file(link),
              UnorderedElementsAre(folder.path("live/name"), folder.path("archive/name")));
}

// A model that is kept elsewhere, as a folder of its own or file by file in a hub's cache.
TEST(Reach, LinksInsideAFolder) {
  const TestFolder folder;
  const std::string models = folder.folder("models");
  const std::string other = folder.folder("other/simple");
  folder.link("models/simple", other).clear();
  folder.folder("models/bert").clear();
  folder.folder("blobs/12").clear();
  folder.file("blobs/12/weights").clear();
  folder.link("models/bert/model.safetensors", "../../blobs/12/weights").clear();
  EXPECT_THAT(reach_of_folder(models), IsSupersetOf({models, other, folder.path("blobs/12")}));
}

TEST(Reach, NeverAFolderDirectlyBelowTheRoot) {
  for (const char* path : {"/cert.pem", "/etc/dss.pem", "/models"}) {
    EXPECT_THAT(reach_of_folder(path), Each(path));
  }
  EXPECT_THAT(reach_of_file("/etc/dss.pem"), Each("/etc/dss.pem"));
  EXPECT_THAT(reach_of_file("/etc/dss/key.pem"), Contains("/etc/dss"));
}

TEST(Reach, LinksInACircleEnd) {
  const TestFolder folder;
  const std::string one = folder.link("one", "two");
  folder.link("two", "one").clear();
  EXPECT_THAT(reach_of_folder(one), Contains(folder.path()));
}

}  // namespace
}  // namespace dss::sandbox
