#include "sandbox/file_limits.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>

#include "sandbox/test_child.h"

namespace dss::sandbox {
namespace {

int tcp(int (*call)(int, const sockaddr*, socklen_t), std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return error_of(call(::socket(AF_INET, SOCK_STREAM, 0),
                       reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

class FileLimitsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!file_limits_of_kernel().files) GTEST_SKIP() << "this kernel has no landlock";
  }

  template <typename Attempt>
  int limited(Attempt attempt) const {
    return in_child([this] { return limit_files(needs_).has_value(); }, attempt);
  }

  TestFolder folder_;
  Needs needs_;
};

TEST_F(FileLimitsTest, WhatIsNotNeededCannotBeRead) {
  needs_.read = {folder_.folder("models")};
  const std::string inside = folder_.file("models/card.json");
  const std::string outside = folder_.file("secret");
  EXPECT_EQ(limited([&] { return try_open(inside, O_RDONLY); }), 0);
  EXPECT_EQ(limited([&] { return try_open(folder_.path("models"), O_RDONLY | O_DIRECTORY); }), 0);
  EXPECT_EQ(limited([&] { return try_open(outside, O_RDONLY); }), EACCES);
  EXPECT_EQ(limited([] { return try_open("/etc/passwd", O_RDONLY); }), EACCES);
  EXPECT_EQ(limited([] { return try_open("/", O_RDONLY | O_DIRECTORY); }), EACCES);
}

TEST_F(FileLimitsTest, WhatIsOnlyReadCannotBeChanged) {
  needs_.read = {folder_.folder("models")};
  const std::string file = folder_.file("models/card.json");
  EXPECT_EQ(limited([&] { return try_open(file, O_RDWR); }), EACCES);
  EXPECT_EQ(limited([&] { return try_open(folder_.path("models/new"), O_WRONLY | O_CREAT); }),
            EACCES);
  EXPECT_EQ(limited([&] { return error_of(::unlink(file.c_str())); }), EACCES);
}

TEST_F(FileLimitsTest, FilesOfAWrittenFolderAreMadeRenamedAndRemoved) {
  needs_.write = {folder_.folder("lists")};
  const std::string draft = folder_.path("lists/draft");
  const std::string list = folder_.path("lists/list.json");
  EXPECT_EQ(limited([&] {
              if (const int error = try_open(draft, O_RDWR | O_CREAT); error != 0) return error;
              if (::rename(draft.c_str(), list.c_str()) != 0) return errno;
              return error_of(::unlink(list.c_str()));
            }),
            0);
  EXPECT_EQ(limited([&] { return error_of(::mkdir(draft.c_str(), 0700)); }), EACCES);
  EXPECT_EQ(limited([&] { return error_of(::symlink("/etc", draft.c_str())); }), EACCES);
}

TEST_F(FileLimitsTest, ASingleFileWithoutItsNeighbours) {
  needs_.read = {folder_.file("key")};
  const std::string neighbour = folder_.file("other");
  EXPECT_EQ(limited([&] { return try_open(folder_.path("key"), O_RDONLY); }), 0);
  EXPECT_EQ(limited([&] { return try_open(neighbour, O_RDONLY); }), EACCES);
}

TEST_F(FileLimitsTest, PathsThatDoNotExistAreLeftOut) {
  needs_.read = {folder_.path("nowhere"), "relative/nowhere", ""};
  EXPECT_EQ(limited([] { return 0; }), 0);
}

TEST_F(FileLimitsTest, ALinkIsReadOnlyWhereItsTargetIs) {
  needs_.read = {folder_.folder("certificates")};
  const std::string outside = folder_.link("certificates/escape", folder_.file("secret"));
  EXPECT_EQ(limited([&] { return try_open(outside, O_RDONLY); }), EACCES);
}

TEST_F(FileLimitsTest, ProgramsCannotBeExecuted) {
  needs_.read = {"/usr", "/bin", "/lib", "/lib64"};
  EXPECT_EQ(limited([] { return error_of(::execl("/bin/true", "true", nullptr)); }), EACCES);
}

TEST_F(FileLimitsTest, TheProcessSeesItself) {
  needs_.read = {"/proc/self"};
  const std::string parent = "/proc/" + std::to_string(::getpid()) + "/environ";
  EXPECT_EQ(limited([] { return try_open("/proc/self/stat", O_RDONLY); }), 0);
  EXPECT_EQ(limited([] { return try_open("/proc/self/fd", O_RDONLY | O_DIRECTORY); }), 0);
  EXPECT_EQ(limited([&] { return try_open(parent, O_RDONLY); }), EACCES);
}

TEST_F(FileLimitsTest, PortsThatAreNotNeededAreRefused) {
  if (!file_limits_of_kernel().ports) GTEST_SKIP() << "this kernel limits no ports";
  needs_.listen = {6};
  needs_.outgoing = {.any = true, .ports = {4}};
  EXPECT_EQ(limited([] { return tcp(::bind, 5); }), EACCES);
  EXPECT_EQ(limited([] { return tcp(::connect, 4); }), ECONNREFUSED);
  EXPECT_EQ(limited([] { return tcp(::connect, 5); }), EACCES);
  needs_.outgoing.every_port = true;
  EXPECT_EQ(limited([] { return tcp(::connect, 5); }), ECONNREFUSED);
}

// The second loopback gets the free port that the first one was given.
TEST_F(FileLimitsTest, WhoTakesAnyFreePortMayBindAll) {
  needs_.listen = {0, 0};
  const auto bind_two = [] {
    const int first = tcp(::bind, 0);
    const int second = tcp(::bind, 45871);
    return first != 0 ? first : second;
  };
  EXPECT_THAT(limited(bind_two), testing::AnyOf(0, EADDRINUSE));
}

TEST_F(FileLimitsTest, OtherProcessesGetNoSignals) {
  if (!file_limits_of_kernel().signals) GTEST_SKIP() << "this kernel limits no signals";
  EXPECT_EQ(limited([parent = ::getpid()] { return error_of(::kill(parent, 0)); }), EPERM);
  EXPECT_EQ(limited([] { return error_of(::kill(::getpid(), 0)); }), 0);
}

}  // namespace
}  // namespace dss::sandbox
