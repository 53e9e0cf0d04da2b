#include "config/settings.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "config/test_support.h"
#include "gtest/gtest.h"

namespace dss::config {
namespace {

class SettingsTest : public testing::Test {
 protected:
  ~SettingsTest() override { std::filesystem::remove(path_); }

  void write_file(const std::string& content) {
    std::ofstream(path_) << content;
    sources_.file = path_;
  }
  Settings resolve() { return Settings::resolve(sample_table(), sources_).value(); }
  std::string error() {
    const auto settings = Settings::resolve(sample_table(), sources_);
    return settings ? "no error" : settings.error().message;
  }

  std::string path_ = testing::TempDir() + "dss_settings_" + std::to_string(::getpid()) + ".toml";
  Sources sources_;
};

TEST_F(SettingsTest, DefaultsWhenNothingIsSaid) {
  const Settings settings = resolve();
  EXPECT_EQ(settings.integer("port"), 8000);
  EXPECT_EQ(settings.source("port"), "default");
  EXPECT_FALSE(settings.has("listen"));
  EXPECT_TRUE(settings.list("listen").empty());
  EXPECT_FALSE(settings.enabled("quick"));
}

TEST_F(SettingsTest, FlagBeatsEnvironmentBeatsFileBeatsDefault) {
  write_file("port = 1\n");
  EXPECT_EQ(resolve().integer("port"), 1);
  EXPECT_EQ(resolve().source("port"), path_);
  sources_.environment = {{"DSS_PORT", "2"}};
  EXPECT_EQ(resolve().integer("port"), 2);
  EXPECT_EQ(resolve().source("port"), "environment DSS_PORT");
  sources_.flags = {{"port", "3"}};
  EXPECT_EQ(resolve().integer("port"), 3);
  EXPECT_EQ(resolve().source("port"), "flag --port");
  EXPECT_EQ(resolve().layer("port"), Layer::kFlag);
}

TEST_F(SettingsTest, ReadsEveryTypeFromAFile) {
  write_file(
      "quick = true\nlisten = [\"a:1\", \"b:2\"]\n[log]\nlevel = \"debug\"\n[threshold]\ntoxic = "
      "0.25\n");
  const Settings settings = resolve();
  EXPECT_TRUE(settings.enabled("quick"));
  EXPECT_EQ(settings.list("listen"), (std::vector<std::string>{"a:1", "b:2"}));
  EXPECT_EQ(settings.text("log.level"), "debug");
  EXPECT_EQ(settings.number("threshold.toxic"), 0.25);
}

TEST_F(SettingsTest, RepeatedListFlagsAddUpOthersOverwrite) {
  sources_.flags = {{"listen", "a:1"}, {"port", "1"}, {"listen", "b:2,c:3"}, {"port", "2"}};
  EXPECT_EQ(resolve().list("listen").size(), 3U);
  EXPECT_EQ(resolve().integer("port"), 2);
}

TEST_F(SettingsTest, UnknownNamesAreErrorsWithAHint) {
  sources_.environment = {{"DSS_PROT", "1"}};
  EXPECT_EQ(error(), "unknown environment variable 'DSS_PROT'; did you mean 'DSS_PORT'?");
  sources_.environment.clear();
  write_file("\n[log]\nlevle = \"info\"\n");
  EXPECT_EQ(error(), path_ + ":3: unknown key 'log.levle'; did you mean 'log.level'?");
}

TEST_F(SettingsTest, BadValuesNameTheirPlace) {
  sources_.flags = {{"port", "x"}};
  EXPECT_EQ(error(), "--port: 'x' is not a whole number from 0 to 65535");
  sources_.flags.clear();
  sources_.environment = {{"DSS_PORT", "y"}};
  EXPECT_EQ(error(), "environment variable DSS_PORT: 'y' is not a whole number from 0 to 65535");
  sources_.environment.clear();
  write_file("port = \"z\"\n");
  EXPECT_EQ(error(), path_ + ":1: port: 'z' is not a whole number from 0 to 65535");
}

TEST_F(SettingsTest, FilesThatCannotBeRead) {
  sources_.file = "/nonexistent/dss.toml";
  EXPECT_EQ(error(), "/nonexistent/dss.toml: cannot read it: No such file or directory");
  sources_.file = "/tmp";
  EXPECT_EQ(error(), "/tmp: cannot read it: Is a directory");
  write_file("port = \n");
  EXPECT_EQ(error().find(path_ + ":1: "), 0U) << error();
  write_file("listen = [{a = 1}]\n");
  EXPECT_NE(error().find("'listen' is neither"), std::string::npos) << error();
}

TEST_F(SettingsTest, KubernetesServiceVariablesAreNotOurs) {
  sources_.environment = {{"DSS_SERVICE_HOST", "10.0.0.1"},
                          {"DSS_SERVICE_PORT", "8000"},
                          {"DSS_SERVICE_PORT_HTTP", "8000"},
                          {"DSS_PORT", "tcp://10.0.0.1:8000"},
                          {"DSS_PORT_8000_TCP", "tcp://10.0.0.1:8000"},
                          {"DSS_PORT_8000_TCP_ADDR", "10.0.0.1"},
                          {"DSS_METRICS_PORT", "udp://10.0.0.1:9464"},
                          {"DSS_BINARY", "build/release/dss"},
                          {"HOME", "/root"}};
  EXPECT_EQ(resolve().integer("port"), 8000);
}

TEST_F(SettingsTest, PrintingShowsSourcesAndNoSecret) {
  sources_.environment = {{"DSS_TOKEN", "hunter2"}};
  sources_.flags = {{"listen", "a:1"}, {"quick", "true"}};
  const std::string text = resolve().print();
  EXPECT_EQ(text.find("hunter2"), std::string::npos);
  EXPECT_NE(text.find("token = \"(redacted)\""), std::string::npos);
  EXPECT_NE(text.find("# environment DSS_TOKEN"), std::string::npos);
  EXPECT_NE(text.find("# threshold.toxic is unset"), std::string::npos);
}

TEST_F(SettingsTest, ASecretThatIsWrongIsNotShownInTheError) {
  Table table;
  table.add({.key = "pin", .type = Type::kInteger, .secret = true});
  sources_.environment = {{"DSS_PIN", "hunter2"}};
  const auto settings = Settings::resolve(table, sources_);
  ASSERT_FALSE(settings.has_value());
  EXPECT_EQ(settings.error().message, "environment variable DSS_PIN: its value is not valid");
}

TEST_F(SettingsTest, WhatIsPrintedCanBeReadAgain) {
  sources_.flags = {{"listen", "a:1,b:2"}, {"threshold.toxic", "0.125"}, {"log.level", "debug"}};
  const Settings first = resolve();
  const std::string text = first.print();
  sources_.flags.clear();
  write_file(text);
  const Settings second = resolve();
  const Table table = sample_table();
  for (const Setting& setting : table.settings())
    EXPECT_EQ(second.text(setting.key), first.text(setting.key)) << setting.key;
}

}  // namespace
}  // namespace dss::config
