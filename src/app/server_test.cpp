#include "app/server.h"

#include <gtest/gtest.h>

#include "kernel/http/test_client.h"
#include "kernel/storage/house_test.h"

namespace polder::app {
namespace {

struct Running : testing::Test {
  storage::Folder folder;
  SystemClock clock;
  SystemRandom random;
  ServeOptions options{.plan = {.data = folder.path() / "data"}, .http = {.port = 0, .workers = 2}};

  static std::string ask(const Server& server, const std::string& path) {
    const std::string url = server.address();
    const auto port = std::uint16_t(std::stoi(url.substr(url.rfind(':') + 1)));
    http::RawClient client(port);
    client.send("GET " + path + " HTTP/1.1\r\nHost: " + url.substr(7, url.size() - 8) +
                "\r\nConnection: close\r\n\r\n");
    return client.rest();
  }
};

TEST_F(Running, TheDoorsOpenAndCloseAndWhatWasMadeIsThereAgain) {
  std::string key;
  for (int i = 0; i < 2; ++i) {
    auto server = Server::start(options, clock, random);
    ASSERT_TRUE(server) << server.error().cause;
    EXPECT_TRUE(ask(**server, "/").starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(ask(**server, "/healthz").ends_with("\"record\":\"ok\"}"));
    const auto& house = (*server)->building().house();
    EXPECT_EQ(house.settings.base_url + "/", (*server)->address());
    const auto now = record::vkey(*house.logs.verifier(record::server_platform));
    if (i > 0) {
      EXPECT_EQ(now, key);
    }
    key = now;
    (*server)->stop();
  }
}

TEST_F(Running, APageThatWasMadeIsServedAsFinishedBytes) {
  auto server = Server::start(options, clock, random);
  ASSERT_TRUE(server);
  ask(**server, "/");
  const auto before = (*server)->figures().finished;
  EXPECT_TRUE(ask(**server, "/").starts_with("HTTP/1.1 200"));
  EXPECT_EQ((*server)->figures().finished, before + 1);
}

TEST_F(Running, AnAddressInUseIsSaidBeforeAnyDataIsTouched) {
  auto first = Server::start(options, clock, random);
  ASSERT_TRUE(first);
  const std::string url = (*first)->address();
  ServeOptions second{.plan = {.data = folder.path() / "other"},
                      .http = {.port = std::uint16_t(std::stoi(url.substr(url.rfind(':') + 1)))}};
  const auto refused = Server::start(second, clock, random);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.key, "http.address-refused");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "other"));
}

TEST_F(Running, OneFolderIsServedOnce) {
  auto first = Server::start(options, clock, random);
  ASSERT_TRUE(first);
  const auto second = Server::start(options, clock, random);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message.key, "app.folder-locked");
}

}  // namespace
}  // namespace polder::app
