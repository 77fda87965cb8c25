#include "app/program_test.h"

#include <fstream>
#include <sstream>

#include "kernel/base/encode.h"
#include "people/person.h"

namespace polder::app {

std::string Reply::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

Reply Somebody::get(const std::string& target) {
  const auto query = target.find('?');
  http::Request request;
  request.path = target.substr(0, query);
  if (query != target.npos) request.query = target.substr(query + 1);
  return send(std::move(request));
}

Reply Somebody::post(const std::string& target, const FormFields& fields) {
  http::Request request;
  request.method = http::Method::post;
  request.path = target;
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"origin", "http://" + host}};
  for (const auto& [name, value] : fields)
    request.body += (request.body.empty() ? "" : "&") + percent(name) + '=' + percent(value);
  return send(std::move(request));
}

Reply Somebody::send(http::Request request) {
  request.host = host;
  request.remote = remote;
  request.relayed = relayed;
  request.headers.insert(request.headers.end(), headers.begin(), headers.end());
  request.headers.emplace_back("accept-language", language);
  std::string jar;
  for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + '=' + value;
  if (!jar.empty()) request.headers.emplace_back("cookie", jar);
  const auto response = program_.reception().handle(request);
  Reply reply{response.status, response.body ? *response.body : std::string(), response.headers};
  if (response.stream)
    for (std::string piece; response.stream(piece);) reply.body += piece;
  for (const auto& [name, value] : response.headers) {
    if (name != "set-cookie") continue;
    const auto equals = value.find('='), end = value.find(';');
    const std::string content = value.substr(equals + 1, end - equals - 1);
    if (content.empty())
      cookies.erase(value.substr(0, equals));
    else
      cookies[value.substr(0, equals)] = content;
  }
  return reply;
}

Program::Program(const std::string& database, ProgramOptions options)
    : Program(storage::House::build(database), std::move(options), {}) {}

Program::Program(const Program& first, ProgramOptions options)
    : Program(first.place_, std::move(options), first.folder.path() / "secret") {}

Program::Program(std::shared_ptr<storage::House> place, ProgramOptions options, const std::filesystem::path& secret)
    : random(options.seed), options_(std::move(options)), place_(std::move(place)) {
  if (!place_) return;
  if (!secret.empty()) std::filesystem::copy_file(secret, folder.path() / "secret");
  if (options_.demo) std::ofstream(folder.path() / "demo");
  auto opened = Building::open({.data = folder.path(),
                                .database = place_->url(),
                                .base_url = options_.base_url,
                                .password_cost = {.passes = 1, .memory_bytes = 8192}},
                               clock, random);
  if (!opened)
    throw std::runtime_error("the building does not open: " + opened.error().message.key + " " + opened.error().cause);
  building_ = *std::move(opened);
  if (options_.more_routes) options_.more_routes(house());
  figures_ = std::make_unique<Figures>(house(),
                                       Figures::Sources{.http = [] { return http::Figures{}; },
                                                        .jobs = [] { return jobs::Figures{}; },
                                                        .stopped_records = [this] { return options_.stopped_records; }},
                                       options_.metrics_token);
  reception_ = std::make_unique<Reception>(house(), *figures_, Reception::Options{.any_host = options_.any_host});
}

Program::~Program() = default;

Somebody Program::person(const std::string& email, const std::vector<std::string>& server_roles) {
  Somebody who(*this);
  const auto cookie = house().database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    const Id id = people::person_for_address(tx, house().ids, clock.now(), email, "Somebody", i18n::Language::en);
    for (const auto& role : server_roles) governance::give_role(tx, record::server_platform, email, role, clock.now());
    return people::begin_session(tx, house().random, id, "a browser", clock.now());
  });
  who.cookies[std::string(people::session_cookie)] = cookie.value();
  return who;
}

Id Program::id_of(const std::string& email) {
  const auto found =
      house().database.read([&](storage::ReadTx& tx) { return people::find_person_by_email(tx, email); });
  return found ? found->id : Id{};
}

record::Recorded Program::act(Id platform, const record::Actor& actor, std::string_view name,
                              const boost::json::object& fields) {
  const auto done = house().acts.perform({platform, actor, std::string(name), fields});
  if (!done) {
    const auto t = house().voice(i18n::Language::en);
    ADD_FAILURE() << name << " was refused: " << t(done.error().message)
                  << (done.error().fields.empty()
                          ? ""
                          : " " + done.error().fields.front().field + ": " + t(done.error().fields.front().message));
    return {};
  }
  return *done;
}

Id Program::platform(const std::string& slug, const std::string& administrator, std::string_view text) {
  const Id id = act(record::server_platform, record::Actor::console(), "platforms.create",
                    {{"slug", slug},
                     {"charter", "legislation"},
                     {"title", "Consult " + slug},
                     {"operated-by", "The ministry"},
                     {"languages", {"en", "nl"}},
                     {"administrator", administrator}})
                    .made;
  if (!text.empty()) act(id, record::Actor::console(), "platforms.change-charter", {{"charter", text}});
  return id;
}

void Program::give(Id platform, const std::string& email, const std::string& role) {
  act(platform, record::Actor::console(), "platforms.appoint", {{"email", email}, {"role", role}});
}

std::shared_ptr<const http::Finished> Program::kept(const std::string& target, const std::string& cookie,
                                                    const std::string& language, std::string_view accept_encoding) {
  const std::string path = target.substr(0, target.find('?'));
  return reception_->finished({.method = http::Method::get,
                               .target = target,
                               .path = path,
                               .host = "127.0.0.1:8080",
                               .cookie = cookie,
                               .accept_language = language,
                               .accept_encoding = accept_encoding,
                               .if_none_match = ""});
}

std::string file_of(const std::string& path) {
  std::ostringstream all;
  all << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_FALSE(all.str().empty()) << path << " is not there";
  return all.str();
}

}  // namespace polder::app
