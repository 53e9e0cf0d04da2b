#include "http/path_template.h"

#include <gtest/gtest.h>

namespace dss::http {
namespace {

struct Found {
  bool fits = false;
  PathParameters parameters{};
};

Found match(std::string_view path_template, std::string_view path) {
  Found found;
  found.fits = PathTemplate(path_template).match(path, &found.parameters);
  return found;
}

TEST(PathTemplate, ANameIsOneSegment) {
  const Found found = match("/lists/{name}", "/lists/bad");
  EXPECT_TRUE(found.fits);
  EXPECT_EQ(found.parameters[0], "bad");
  EXPECT_FALSE(match("/lists/{name}", "/lists/bad/worse").fits);
  EXPECT_FALSE(match("/lists/{name}", "/lists/").fits);
  EXPECT_FALSE(match("/lists/{name}", "/list/bad").fits);
}

TEST(PathTemplate, NamesMayStandInTheMiddle) {
  const Found found = match("/lists/{name}/items/{id}", "/lists/bad/items/7");
  EXPECT_TRUE(found.fits);
  EXPECT_EQ(found.parameters[0], "bad");
  EXPECT_EQ(found.parameters[1], "7");
  EXPECT_FALSE(match("/lists/{name}/items", "/lists/bad/item").fits);
  EXPECT_FALSE(match("/lists/{name}/items", "/lists/bad/items/").fits);
}

TEST(PathTemplate, AVerbFollowsTheLastColon) {
  const Found found = match("/lists/{name}:clear", "/lists/a:b:clear");
  EXPECT_TRUE(found.fits);
  EXPECT_EQ(found.parameters[0], "a:b");
  EXPECT_FALSE(match("/lists/{name}:clear", "/lists/a:drop").fits);
  EXPECT_FALSE(match("/lists/{name}:clear", "/lists/:clear").fits);
  EXPECT_FALSE(match("/lists/{name}:clear", "/lists/clear").fits);
}

TEST(PathTemplate, ARestHoldsSlashes) {
  const Found found = match("/models/{id...}", "/models/unitary/toxic-bert");
  EXPECT_TRUE(found.fits);
  EXPECT_EQ(found.parameters[0], "unitary/toxic-bert");
  EXPECT_FALSE(match("/models/{id...}", "/models/").fits);
}

TEST(PathTemplate, LiteralBytesTellWhichSaysMore) {
  EXPECT_LT(PathTemplate("/lists/{name}").literal_bytes(),
            PathTemplate("/lists/{name}:clear").literal_bytes());
}

}  // namespace
}  // namespace dss::http
