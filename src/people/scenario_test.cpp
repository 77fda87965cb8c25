#include "people/scenario_test.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "governance/store.h"
#include "kernel/base/embedded.h"
#include "kernel/base/encode.h"
#include "kernel/web/guard.h"
#include "people/applications.h"
#include "people/passwords.h"
#include "people/people.h"
#include "people/store.h"

namespace polder::people {
namespace {

std::vector<storage::Migration> migrations() {
  constexpr std::string_view prefix = "migrations/";
  constexpr std::array<std::string_view, 7> floors{"kernel",   "record",   "governance", "people",
                                                   "dialogue", "outcomes", "processes"};
  const auto floor = [&](const storage::Migration& m) {
    return std::ranges::find_if(floors, [&](auto name) { return m.room.starts_with(name); }) - floors.begin();
  };
  std::vector<storage::Migration> all;
  for (const auto& file : embedded_below(prefix)) {
    const auto path = file.path.substr(prefix.size());
    const auto slash = path.rfind('/');
    const auto name = path.substr(slash + 1);
    int number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    const auto title = name.substr(name.find('_') + 1);
    all.push_back({std::string(path.substr(0, slash)), number, std::string(title.substr(0, title.find('.'))),
                   std::string(file.bytes)});
  }
  std::ranges::sort(all, {}, [&](const storage::Migration& m) { return std::tuple(floor(m), m.room, m.number); });
  return all;
}

governance::Vocabulary words_of(const std::vector<Room>& rooms) {
  governance::Vocabulary words = governance::house_words();
  add_words(words);
  for (const auto& room : rooms)
    if (room.add_words != nullptr) room.add_words(words);
  return words;
}

std::unique_ptr<storage::Database> open_database(const storage::House& place) {
  auto opened = storage::Database::open({.url = place.url(), .readers = 2});
  if (!opened) throw std::runtime_error("the test's database does not open: " + opened.error().cause);
  const auto all = migrations();
  if (auto done = (*opened)->migrate(all); !done)
    throw std::runtime_error("a migration fails: " + done.error().message.key + " " + done.error().cause);
  return *std::move(opened);
}

/// A text of the page that is a catalogue's key and no sentence; empty when there is none.
std::string key_shown(std::string_view page) {
  std::set<std::string, std::less<>> rooms{"organisations"};
  for (const auto& file : embedded_below("messages/")) {
    const auto folder = file.path.substr(0, file.path.rfind('/'));
    rooms.emplace(folder.substr(folder.rfind('/') + 1));
  }
  for (std::size_t at = page.find('>'); at != page.npos; at = page.find('>', at + 1)) {
    const auto text = page.substr(at + 1, page.find('<', at) - at - 1);
    const auto dot = text.find('.');
    if (dot == text.npos || !rooms.contains(text.substr(0, dot))) continue;
    if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == text.npos) return std::string(text);
  }
  return {};
}

constexpr Time day_one{1'798'761'600'000};  // 2027-01-01T00:00:00Z
constexpr std::string_view host = "polder.test";

}  // namespace

struct Scenario::Inside {
  std::unique_ptr<storage::House> place;
  storage::Folder folder;
  std::unique_ptr<storage::Database> database = open_database(*place);
  ManualClock clock{day_one};
  SeededRandom random{1};
  IdSource ids{clock, random};
  i18n::Catalogues catalogues{embedded_below("messages/")};
  governance::Vocabulary words;
  governance::Platforms platforms{*database, words};
  record::Logs logs{*database, clock, std::string(32, 's'), folder.path() / "high-water"};
  web::PageCache pages{clock};
  record::Acts acts;
  jobs::Queue queue{ids};
  mail::Outbox outbox{ids, queue, clock};
  files::Files files = files::Files::open(folder.path(), clock, random, std::string(32, 's'), 0).value();
  mail::Postman postman;
  House house;
  governance::ActMeans governance_means{platforms, logs, std::string(host)};
  std::vector<std::unique_ptr<Browser>> browsers = {};
  std::map<std::string, Browser*> people = {};

  Inside(std::unique_ptr<storage::House> at, const std::vector<Room>& rooms)
      : place(std::move(at)),
        words(words_of(rooms)),
        acts({.database = *database,
              .clock = clock,
              .ids = ids,
              .random = random,
              .logs = logs,
              .gate = [this](storage::ReadTx& tx, Id platform, const record::Actor& actor, std::string_view act,
                             std::string_view phase) { return platforms.may(tx, platform, actor, act, phase); },
              .renewed = [this](Id, const std::vector<std::string>& subjects) { pages.renew(subjects); }}),
        postman(*database, clock, {.folder = folder.path() / "mail"}),
        house{.database = *database,
              .clock = clock,
              .ids = ids,
              .random = random,
              .catalogues = catalogues,
              .words = words,
              .platforms = platforms,
              .logs = logs,
              .acts = acts,
              .pages = pages,
              .queue = queue,
              .outbox = outbox,
              .files = files,
              .settings = {.base_url = "https://" + std::string(host),
                           .data = folder.path().string(),
                           .password_cost = {.passes = 1, .memory_bytes = 8192}}} {
    governance_means.people = neighbours(house);
    governance::add_acts(acts, governance_means);
    people::install(house);
    for (const auto& room : rooms)
      if (room.install != nullptr) room.install(house);
    if (auto loaded = platforms.load(logs, clock, std::string(host) + "/record"); !loaded)
      throw std::runtime_error("the server's platform does not load: " + loaded.error().message.key);
  }
};

Scenario::Scenario(const std::string& database, const std::vector<Room>& rooms) {
  if (auto place = storage::House::build(database)) inside_ = std::make_unique<Inside>(std::move(place), rooms);
}
Scenario::~Scenario() = default;

House& Scenario::house() { return inside_->house; }
ManualClock& Scenario::clock() { return inside_->clock; }
storage::House& Scenario::place() { return *inside_->place; }
const std::filesystem::path& Scenario::folder() const { return inside_->folder.path(); }

/// An upload in pieces, as the server hands them over.
static Result<web::Received> receive(House& house, const http::Request& request, std::string_view name,
                                     const web::Takes& takes) {
  TRY(auto receiver, web::Receiver::of(house.files, request.header("content-type"), name, takes));
  for (std::string_view rest(request.body); !rest.empty();
       rest.remove_prefix(std::min<std::size_t>(1'000, rest.size())))
    CHECK_DONE(receiver->take(rest.substr(0, 1'000)));
  return receiver->finish();
}

/// What the reception of the program does with a request, without what it keeps and counts.
http::Response Scenario::answer(const http::Request& request) {
  House& house = inside_->house;
  auto found = house.routes.find(request.method, request.path);
  Visit visit(house, request, found.params);
  const bool names_platform = !found.params["platform"].empty();
  if (found.route == nullptr || (names_platform && !visit.platform))
    return http::text(found.other_method ? 405 : 404, "nothing is here");
  const bool api = found.route->door == web::Door::token;
  if (found.route->door == web::Door::signed_in && !visit.person)
    return visit.redirect(Url::local("/account/sign-in").with("next", request.path));
  if (found.route->door == web::Door::administrator && !visit.is_administrator())
    return http::text(404, "nothing is here");
  if (api && !visit.person) return http::text(401, "who are you?");
  if (const auto ours = web::same_site(request); !ours)
    return api ? visit.json_refusal(ours.error()) : visit.refusal(ours.error());
  if (const auto& upload = found.route->upload) {
    const auto refused = [&](const Refusal& why) { return api ? visit.json_refusal(why) : visit.refusal(why); };
    if (request.body.size() > upload->takes.body_limit()) return http::text(413, "too large");
    const auto takes = upload->admit(visit);
    if (!takes) return refused(takes.error());
    auto arrived = receive(house, request, visit.query("name"), *takes);
    if (!arrived) return refused(arrived.error());
    visit.received = *std::move(arrived);
  } else if (request.body.size() > found.route->body_limit) {
    return http::text(413, "too large");
  }
  return found.route->handle(visit);
}

Browser& Scenario::visitor() { return *inside_->browsers.emplace_back(std::make_unique<Browser>(*this)); }

Browser& Scenario::person(const std::string& email, const Given& given) {
  auto& known = inside_->people[email];
  if (known != nullptr) return *known;
  known = &visitor();
  House& house = inside_->house;
  const auto encoded = given.password.empty() ? std::string() : house.passwords->hash(given.password).value();
  const auto cookie = house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    const Id id = person_for_address(tx, house.ids, house.clock.now(), email, given.name, given.language);
    if (!encoded.empty()) store::set_password(tx, id, encoded);
    return begin_session(tx, house.random, id, "Firefox, Linux", house.clock.now());
  });
  known->cookies[std::string(session_cookie)] = cookie.value();
  return *known;
}

Id Scenario::id_of(const std::string& email) {
  const auto found = inside_->house.database.read([&](storage::ReadTx& tx) { return find_person_by_email(tx, email); });
  return found ? found->id : Id{};
}

record::Actor Scenario::actor(const std::string& email, Id platform) {
  auto roles = inside_->house.database.read(
      [&](storage::ReadTx& tx) { return governance::roles_of_address(tx, platform, email); });
  return {.kind = record::Actor::Kind::person, .person = id_of(email), .roles = std::move(roles)};
}

Id Scenario::platform(const std::string& slug, std::string_view charter) {
  House& house = inside_->house;
  const Id id = house.ids.next();
  const auto made = house.database.write([&](storage::WriteTx& tx) -> Done {
    governance::store::insert_platform(tx, {id, slug, std::string(charter), house.clock.now()});
    house.logs.create(tx, id, std::string(host) + '/' + slug + "/record");
    return {};
  });
  EXPECT_TRUE(made);
  house.platforms.reload();
  return id;
}

void Scenario::give_role(const std::string& email, Id platform, std::string_view role) {
  House& house = inside_->house;
  (void)house.database.write([&](storage::WriteTx& tx) -> Done {
    governance::give_role(tx, platform, email, role, house.clock.now());
    return {};
  });
}

void Scenario::run_jobs() { run(true); }

void Scenario::run(bool by_the_clock) {
  auto handlers = inside_->postman.handlers();
  handlers.insert(handlers.end(), inside_->house.job_handlers.begin(), inside_->house.job_handlers.end());
  std::vector<jobs::Recurring> recurring;
  if (by_the_clock) {
    recurring = inside_->house.recurring;
    recurring.push_back(inside_->postman.prune());
  }
  jobs::Runner runner(inside_->house.database, inside_->queue, inside_->clock, inside_->random, std::move(handlers),
                      std::move(recurring));
  while (runner.run_due() > 0) {
  }
  runner.stop();
}

std::vector<mail::Mail> Scenario::mails(const std::string& to) {
  run(false);
  std::vector<mail::Mail> out;
  inside_->house.database.read([&](storage::ReadTx& tx) {
    for (const auto& entry : mail::list(tx, Id{INT64_MAX}, 1'000))
      if (entry.to == to)
        if (auto mail = mail::read(tx, entry.id)) out.push_back(*std::move(mail));
  });
  std::ranges::reverse(out);
  return out;
}

std::string Scenario::link(const std::string& to, Line line) {
  const auto all = mails(to);
  const std::string base = inside_->house.settings.base_url;
  const auto at = all.empty() ? std::string::npos : all.back().text.find(base);
  if (at == std::string::npos) {
    ADD_FAILURE_AT(line.file_name(), int(line.line())) << "no link was mailed to " << to;
    return "/";
  }
  const auto begin = at + base.size();
  return all.back().text.substr(begin, all.back().text.find_first_of(" \n", begin) - begin);
}

// ---- the browser ----

Answer Browser::get(std::string_view target) {
  http::Request request;
  request.method = http::Method::get;
  request.path = target;
  return send(std::move(request));
}

Answer Browser::post(std::string_view target, const Fields& fields) {
  http::Request request;
  request.method = http::Method::post;
  request.path = target;
  for (const auto& [name, value] : fields)
    request.body += (request.body.empty() ? "" : "&") + percent(name) + '=' + percent(value);
  request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  Answer answer = send(std::move(request));
  for (const auto& [name, value] : fields) {
    const bool also_shown = std::ranges::count(fields, value, &Fields::value_type::second) > 1;
    if ((name == "password" || name == "current") && value.size() >= shortest_password && !also_shown)
      answer.lacks(value);
  }
  return answer;
}

Answer Browser::upload(std::string_view target, const Fields& fields, const std::vector<File>& files) {
  http::Request request;
  request.method = http::Method::post;
  request.path = target;
  const auto part = [&](const std::string& about, const std::string& content) {
    request.body += "--scenario-boundary\r\nContent-Disposition: form-data; " + about + "\r\n\r\n" + content + "\r\n";
  };
  for (const auto& [name, value] : fields) part("name=\"" + name + '"', value);
  for (const auto& file : files) part("name=\"" + file.field + "\"; filename=\"" + file.name + '"', file.bytes);
  request.body += "--scenario-boundary--\r\n";
  request.headers.emplace_back("content-type", "multipart/form-data; boundary=scenario-boundary");
  return send(std::move(request));
}

Answer Browser::post_json(std::string_view target, const boost::json::value& body) {
  http::Request request;
  request.method = http::Method::post;
  request.path = target;
  request.body = boost::json::serialize(body);
  request.headers.emplace_back("content-type", "application/json");
  return send(std::move(request));
}

Answer Browser::send(http::Request request) {
  std::string asked = (request.method == http::Method::get ? "GET " : "POST ") + request.path;
  if (const auto query = request.path.find('?'); query != std::string::npos) {
    request.query = request.path.substr(query + 1);
    request.path.resize(query);
  }
  request.host = host;
  request.secure = true;
  request.remote = remote;
  request.headers.emplace_back("user-agent", agent);
  request.headers.emplace_back("accept-language", language);
  request.headers.emplace_back("sec-fetch-site", from_elsewhere ? "cross-site" : "same-origin");
  std::string jar;
  for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + '=' + value;
  if (!jar.empty()) request.headers.emplace_back("cookie", jar);
  if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);

  http::Response response = scenario_.answer(request);
  for (const auto& [name, value] : response.headers) {
    if (name != "set-cookie") continue;
    const auto equals = value.find('='), end = value.find(';');
    const std::string cookie = value.substr(0, equals), content = value.substr(equals + 1, end - equals - 1);
    if (content.empty())
      cookies.erase(cookie);
    else
      cookies[cookie] = content;
  }
  return {*this, std::move(asked), std::move(response)};
}

// ---- the answer ----

Answer::Answer(Browser& browser, std::string asked, http::Response response)
    : browser_(&browser), asked_(std::move(asked)), response_(std::move(response)) {
  if (response_.body) body_ = *response_.body;
  std::string piece;
  for (bool more = bool(response_.stream); more; body_ += piece) {
    piece.clear();
    more = response_.stream(piece);
  }
  if (!header("content-type").starts_with("text/html")) return;
  if (const auto key = key_shown(body_); !key.empty())
    ADD_FAILURE() << asked_ << " shows the key " << key << " instead of a sentence";
}

std::string Answer::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : response_.headers)
    if (name == lower_case_name) return value;
  return {};
}

void Answer::fail(const Line& line, const std::string& what) const {
  const auto main = body_.find("<main");
  ADD_FAILURE_AT(line.file_name(), int(line.line()))
      << asked_ << ' ' << what << "\n  it came: " << response_.status << ' ' << header("location") << '\n'
      << body_.substr(main == std::string::npos ? 0 : main, 1'500);
}

const Answer& Answer::expect(int status, Line line) const {
  if (response_.status != status) fail(line, "should answer " + std::to_string(status));
  return *this;
}

namespace {
bool holds(std::string_view body, std::string_view words) {
  return body.find(words) != body.npos || body.find(html::plain(words).view()) != body.npos;
}
}  // namespace

const Answer& Answer::has(std::string_view words, Line line) const {
  if (!holds(body_, words)) fail(line, "should say \"" + std::string(words) + '"');
  return *this;
}

const Answer& Answer::lacks(std::string_view words, Line line) const {
  if (holds(body_, words)) fail(line, "should not say \"" + std::string(words) + '"');
  return *this;
}

const Answer& Answer::to(std::string_view location, Line line) const {
  if (response_.status != 303 || header("location") != location) fail(line, "should lead to " + std::string(location));
  return *this;
}

Answer Answer::follow(Line line) const {
  if (response_.status != 303) fail(line, "should lead on");
  return browser_->get(header("location"));
}

std::string Answer::value(std::string_view control) const {
  const auto at = body_.find("name=\"" + std::string(control) + '"');
  if (at == std::string::npos) return {};
  const auto end = body_.find('>', at);
  constexpr std::string_view value = "value=\"";
  const auto begin = body_.find(value, at);
  if (begin == std::string::npos || begin > end) return {};
  return body_.substr(begin + value.size(), body_.find('"', begin + value.size()) - begin - value.size());
}

}  // namespace polder::people
