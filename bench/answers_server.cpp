// The server's side of bench/answers: a data folder served as `polder serve` does it, except for what is compared: how
// many answers share a commit, and how long a disk takes to keep what it was given. It makes people with API tokens,
// tells them, and serves until its input ends; then it says what became durable.
#include <cstdio>
#include <fstream>
#include <iostream>

#include "app/server.h"
#include "disk.h"
#include "kernel/base/encode.h"
#include "kernel/metrics/log.h"
#include "people/person.h"
#include "processes/consultations/store.h"

namespace {

using namespace polder;

constexpr int clients = 64;

/// An address in words of the record: the same door as on the page of one's tokens.
Result<std::string> person_with_token(people::House& house, int number) {
  const std::string secret = std::string(people::token_prefix) + base64url(house.random.bytes(36));
  TRY(const Id person, house.database.write([&](storage::WriteTx& tx) -> Result<Id> {
    return people::person_for_address(tx, house.ids, house.clock.now(),
                                      "client" + std::to_string(number) + "@bench.example", "", i18n::Language::en);
  }));
  const record::Actor actor{.kind = record::Actor::Kind::person, .person = person, .roles = {}};
  TRY([[maybe_unused]] const auto made,
      house.acts.perform(
          {.platform = record::server_platform,
           .actor = actor,
           .name = "people.create-token",
           .fields = {
               {"token-name", "bench"}, {"scopes", boost::json::array{"act"}}, {"days", 1}, {"secret", secret}}}));
  return secret;
}

Result<consultations::Consultation> consultation(people::House& house, const std::string& platform,
                                                 const std::string& slug) {
  const auto found = house.platforms.list()->by_slug(platform);
  if (!found) return refuse(Why::not_found, {"governance.no-platform"});
  auto c = house.database.read([&](storage::ReadTx& tx) { return consultations::store::by_slug(tx, found->id, slug); });
  if (!c) return refuse(Why::not_found, {"consultations.not-found"});
  return *std::move(c);
}

/// DATA PLATFORM CONSULTATION TELL BATCH SYNC_MS
Done serve(char** args) {
  app::ServeOptions options;
  options.plan.data = args[0];
  options.plan.batch = std::stoul(args[4]);
  if (const int ms = std::stoi(args[5]); ms > 0)
    options.plan.sqlite_vfs = bench::slow_disk(std::chrono::milliseconds(ms));
  options.http.port = 0;
  log::start(log::Level::warn);
  const SystemClock clock;
  SystemRandom random;
  TRY(const auto server, app::Server::start(std::move(options), clock, random));
  auto& house = server->building().house();

  TRY(const auto before, consultation(house, args[1], args[2]));
  std::ofstream tell(args[3]);
  tell << str(before.id) << '\n';
  for (int i = 0; i < clients; ++i) {
    TRY(const std::string token, person_with_token(house, i));
    tell << token << '\n';
  }
  tell.close();
  const auto at_first = house.database.figures();
  std::cout << server->address() << std::endl;
  while (std::getchar() != EOF) {
  }
  const auto at_last = house.database.figures();
  server->stop();
  TRY(const auto after, consultation(house, args[1], args[2]));
  std::cout << "durable " << after.responses - before.responses << '\n'
            << "writes " << at_last.writes - at_first.writes << '\n'
            << "commits " << at_last.commits - at_first.commits << std::endl;
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::cerr << "usage: answers_bench_server DATA PLATFORM CONSULTATION TELL BATCH SYNC_MS\n";
    return 2;
  }
  if (const auto done = serve(argv + 1); !done) {
    std::cerr << done.error().message.key << ' ' << done.error().cause << '\n';
    return 1;
  }
}
