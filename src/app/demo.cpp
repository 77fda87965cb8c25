#include "app/demo.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>

#include "app/demo_acts.h"
#include "app/demo_content.h"
#include "formats/law/law.h"
#include "kernel/base/encode.h"
#include "kernel/text/text.h"
#include "people/person.h"

namespace polder::app {
namespace {

namespace json = boost::json;
using demo::administrator;
using demo::citizen;
using demo::Consultation;
using demo::moderator;
using demo::official;
using demo::overseer;
using demo::Part;
using demo::Saying;
using demo::Speaker;
using record::Actor;
using storage::WriteTx;

constexpr std::string_view platform_slug = "delta", ministry = "Ministry of Water and Land";

/// Acts in one commit.
constexpr std::size_t acts_at_once = 500;
/// Of the responses, at most so many are to the consultation that has been answered: somebody must have answered them.
constexpr std::int64_t most_answered = 400;
constexpr std::size_t most_in_one_answer = 500;

/// What is to be done when: the call is made when its moment has come, so that it may name what earlier acts made.
struct Step {
  Time at;
  std::function<record::Call(WriteTx&)> call;
  std::function<void(const record::Recorded&)> then = {};
  std::size_t place = 0;  ///< among those of the same moment
};

/// A response, from its place in the consultation alone: the same for the same seed, in whatever order it is asked for.
struct Composed {
  std::string name, on_behalf, visibility;
  i18n::Language language;
  json::array answers, remarks;  ///< of remarks, "article" is its number in the draft
  int answer = -1;
};

void say(Composed& r, const Saying& saying, std::string words) {
  if (saying.question > 0)
    r.answers.push_back(json::object{{"question", saying.question}, {"words", std::move(words)}});
  else
    r.remarks.push_back(
        json::object{{"article", saying.article}, {"quote", saying.quote}, {"words", std::move(words)}});
}

Composed written(const Speaker& speaker) {
  Composed r{.name = std::string(speaker.name),
             .on_behalf = std::string(speaker.on_behalf),
             .visibility = std::string(speaker.visibility),
             .language = speaker.language,
             .answers = {},
             .remarks = {},
             .answer = speaker.answer};
  for (const auto& saying : speaker.says) say(r, saying, std::string(saying.words));
  return r;
}

Composed put_together(const Consultation& c, std::uint64_t seed, std::int64_t index) {
  SeededRandom dice(seed * 1'000'003 + std::uint64_t(index));
  const auto one_of = [&](const auto& list) -> const auto& { return list[dice.below(list.size())]; };
  const auto& pool = c.pool;
  Composed r{.name = std::string(one_of(pool.first_names)) + ' ' + std::string(one_of(pool.last_names)),
             .on_behalf = {},
             .visibility = {},
             .language = c.language,
             .answers = {},
             .remarks = {}};
  const auto chance = dice.below(100);
  r.visibility = chance < 50 ? "public-name" : chance < 85 ? "public-anonymous" : "officials";
  if (dice.below(8) == 0) r.on_behalf = one_of(pool.organisations);
  const auto& wish = one_of(pool.wants);
  r.answer = wish.answer;
  std::string words;
  for (const std::string_view part : {one_of(pool.who), one_of(pool.sees), wish.words})
    (words += words.empty() ? "" : " ") += part;
  say(r, {.question = 1, .words = {}}, std::move(words));
  if (dice.below(3) > 0) say(r, {.question = 2, .words = {}}, std::string(one_of(pool.second)));
  if (dice.below(3) == 0) {
    const Saying& remark = one_of(pool.remarks);
    say(r, remark, std::string(remark.words));
  }
  return r;
}

/// One consultation while it is made.
struct Running {
  const Consultation& content;
  std::uint64_t seed;
  std::int64_t responses;
  Date first_day, last_day;
  std::vector<std::string> eids = {};  ///< of its articles, in order
  Id id{};
  std::vector<Id> made = {};  ///< its responses, by place

  /// Those written by hand stand spread among the others; the last few come last, where a page shows them first.
  const Speaker* speaker_at(std::int64_t place) const {
    const auto hands = std::int64_t(content.speakers.size()), last = std::min<std::int64_t>(6, hands);
    const std::int64_t from_end = responses - place;
    if (from_end <= last) return &content.speakers[std::size_t(hands - from_end)];
    const std::int64_t others = hands - last, before = responses - last;
    // The k-th stands at k * before / others: is there a k for this place?
    const std::int64_t k = (place * others + before - 1) / std::max<std::int64_t>(before, 1);
    return others > 0 && k < others && k * before / others == place ? &content.speakers[std::size_t(k)] : nullptr;
  }
  Composed at(std::int64_t place) const {
    const Speaker* hand = speaker_at(place);
    return hand != nullptr ? written(*hand) : put_together(content, seed, place);
  }
};

class Making {
 public:
  Making(people::House& house, ManualClock& clock, const DemoPlan& plan, Time today)
      : house_(house), clock_(clock), plan_(plan), today_(today) {}

  Result<DemoMade> make() {
    CHECK_DONE(the_server());
    TRY(const demo::PrizesMade prizes, demo::make_prizes(house_, clock_, plan_.seed, today_));
    CHECK_DONE(people_and_platform());
    const auto hands = [](const Consultation& c) { return std::int64_t(c.speakers.size()); };
    const auto& open = demo::ground_water();
    const auto& answered = demo::stream_banks();
    const std::int64_t to_answered = std::clamp(plan_.responses * 2 / 5, hands(answered), most_answered);
    const std::int64_t to_open = std::max(plan_.responses - to_answered, hands(open));

    Running& streams = consultation(answered, to_answered, -190, -149);
    Running& ground = consultation(open, to_open, -21, 18);
    Running& rain = consultation(demo::rain_water(), 0, 9, 50);
    publish(streams, -200, -197);
    publish(ground, -40, -34);
    publish(rain, -12, -5);
    respond(streams, -190, -148);
    respond(ground, -21, 0);
    answer(streams, -140, -95);
    CHECK_DONE(carry_out());
    return DemoMade{.consultations = std::int64_t(running_.size()),
                    .responses = to_answered + to_open,
                    .challenges = prizes.challenges,
                    .entries = prizes.entries};
  }

 private:
  Time day(int from_today, int hour = 0, int minute = 0) const {
    return today_ + from_today * day_ms + hour * hour_ms + minute * minute_ms;
  }

  Actor actor(const Part& part) const {
    Actor a{.kind = Actor::Kind::person, .person = people_.at(part.email), .roles = {}};
    if (!part.role.empty()) a.roles.emplace_back(part.role);
    return a;
  }

  Result<record::Recorded> appoint(Id platform, const Part& part) {
    return house_.acts.perform(
        {platform, Actor::console(), "platforms.appoint", json::object{{"email", part.email}, {"role", part.role}}});
  }

  /// As it was first started: somebody runs it.
  Done the_server() {
    CHECK_DONE(house_.database.write([&](WriteTx& tx) -> Done {
      people_[administrator.email] = people::person_for_address(tx, house_.ids, clock_.now(), administrator.email,
                                                                administrator.name, administrator.language);
      return {};
    }));
    TRY([[maybe_unused]] const auto first, appoint(record::server_platform, administrator));
    return {};
  }

  Done people_and_platform() {
    clock_.set(day(-210, 8));
    CHECK_DONE(house_.database.write([&](WriteTx& tx) -> Done {
      for (const Part& part : {citizen, official, moderator, overseer, administrator})
        people_[part.email] =
            people::person_for_address(tx, house_.ids, clock_.now(), part.email, part.name, part.language);
      return {};
    }));
    TRY(const auto made, house_.acts.perform({record::server_platform, actor(administrator), "platforms.create",
                                              json::object{{"slug", platform_slug},
                                                           {"charter", "legislation"},
                                                           {"title", ministry},
                                                           {"operated-by", "The " + std::string(ministry)},
                                                           {"languages", json::array{"en", "nl", "de"}},
                                                           {"administrator", administrator.email},
                                                           {"officials", json::array{official.email}}}}));
    platform_ = made.made;
    house_.platforms.reload();
    for (const Part& part : {moderator, overseer}) {
      TRY([[maybe_unused]] const auto appointed, appoint(platform_, part));
    }
    return {};
  }

  Running& consultation(const Consultation& content, std::int64_t responses, int first, int last) {
    running_.push_back(
        std::make_unique<Running>(Running{content, plan_.seed, responses, date_of(day(first)), date_of(day(last))}));
    Running& c = *running_.back();
    if (const auto document = law::read(content.law))
      for (const auto& a : law::articles(*document)) c.eids.push_back(a.eid);
    return c;
  }

  record::Call call(Actor by, std::string name, json::object fields) const {
    return {platform_, std::move(by), std::move(name), std::move(fields)};
  }

  void publish(Running& c, int drafted, int published) {
    steps_.push_back({day(drafted, 9, 10),
                      [this, &c](WriteTx&) {
                        const auto& content = c.content;
                        return call(
                            actor(official), "consultations.draft",
                            {{"title", content.title},
                             {"summary", content.summary},
                             {"can-change", content.can_change},
                             {"cannot-change", content.cannot_change},
                             {"language", code(content.language)},
                             {"first-day", iso(c.first_day)},
                             {"last-day", iso(c.last_day)},
                             {"law", json::object{{"name", content.file_name}, {"base64", base64(content.law)}}},
                             {"note", content.note},
                             {"questions", json::array(content.questions.begin(), content.questions.end())}});
                      },
                      [&c](const record::Recorded& done) { c.id = done.made; }});
    steps_.push_back({day(published, 10, 5), [this, &c](WriteTx&) {
                        return call(actor(official), "consultations.publish", {{"consultation", str(c.id)}});
                      }});
    const auto zone = house_.platforms.list()->by_id(platform_)->zone;
    const auto turn = [&](Date at, const std::string& name) {
      const Time moment = zone.moment({at, 0, 0});
      if (moment <= today_)
        steps_.push_back(
            {moment, [this, &c, name](WriteTx&) { return call(Actor::clock(), name, {{"consultation", str(c.id)}}); }});
    };
    turn(c.first_day, "consultations.open");
    turn(date_of(start_of(c.last_day) + day_ms), "consultations.close");
  }

  /// Between breakfast and bedtime, most in the first days.
  void respond(Running& c, int first, int end) {
    SeededRandom dice(plan_.seed ^ std::uint64_t(c.responses));
    std::vector<Time> moments;
    for (std::int64_t i = 0; i < c.responses; ++i) {
      const double u = double(dice.below(1'000'000)) / 1e6;
      const int at = first + int(u * (0.4 + 0.6 * u) * double(end - first));
      moments.push_back(day(at, 6) + std::int64_t(dice.below(std::uint64_t(16 * hour_ms))));
    }
    std::ranges::sort(moments);
    c.made.resize(std::size_t(c.responses));
    for (std::int64_t i = 0; i < c.responses; ++i)
      steps_.push_back({moments[std::size_t(i)], [this, &c, i](WriteTx& tx) { return response(tx, c, i); },
                        [&c, i](const record::Recorded& done) { c.made[std::size_t(i)] = done.made; }});
  }

  record::Call response(WriteTx& tx, const Running& c, std::int64_t place) const {
    Composed r = c.at(place);
    for (auto& remark : r.remarks)
      remark.as_object()["article"] = c.eids.at(std::size_t(remark.as_object()["article"].as_int64() - 1));
    const std::string address =
        r.name == citizen.name ? std::string(citizen.email) : text::slug(r.name) + "@demo.example";
    const Id person = people::person_for_address(tx, house_.ids, clock_.now(), address, r.name, r.language);
    json::object fields{{"consultation", str(c.id)},
                        {"answers", std::move(r.answers)},
                        {"remarks", std::move(r.remarks)},
                        {"visibility", r.visibility},
                        {"language", code(r.language)}};
    if (r.visibility != "public-anonymous") fields["signed-as"] = r.name;
    if (!r.on_behalf.empty()) fields["on-behalf"] = r.on_behalf;
    return call({.kind = Actor::Kind::person, .person = person, .roles = {}}, "consultations.respond",
                std::move(fields));
  }

  void answer(Running& c, int first, int reported) {
    std::map<int, std::vector<std::size_t>> told;
    for (std::int64_t i = 0; i < c.responses; ++i)
      if (const int which = c.at(i).answer; which >= 0) told[which].push_back(std::size_t(i));
    int n = 0;
    for (const auto& [which, places] : told)
      for (std::size_t from = 0; from < places.size(); from += most_in_one_answer, ++n)
        steps_.push_back({day(first + 4 * n, 14, 20), [this, &c, which, from, places](WriteTx&) {
                            const demo::Reply& reply = c.content.replies.at(std::size_t(which));
                            json::array to;
                            for (std::size_t i = from; i < std::min(places.size(), from + most_in_one_answer); ++i)
                              to.push_back(json::string(str(c.made[places[i]])));
                            json::object fields{{"consultation", str(c.id)},
                                                {"responses", std::move(to)},
                                                {"outcome", reply.outcome},
                                                {"words", reply.words}};
                            if (reply.article > 0) fields["article"] = c.eids.at(std::size_t(reply.article - 1));
                            return call(actor(official), "consultations.answer", std::move(fields));
                          }});
    steps_.push_back({day(reported, 11, 0), [this, &c](WriteTx&) {
                        return call(actor(official), "consultations.report",
                                    {{"consultation", str(c.id)}, {"words", c.content.report}});
                      }});
  }

  Done carry_out() {
    for (std::size_t i = 0; i < steps_.size(); ++i) steps_[i].place = i;
    std::ranges::sort(steps_, {}, [](const Step& step) { return std::pair(step.at, step.place); });
    for (std::size_t from = 0; from < steps_.size(); from += acts_at_once)
      CHECK_DONE(house_.database.write([&](WriteTx& tx) -> Done {
        for (std::size_t i = from; i < std::min(steps_.size(), from + acts_at_once); ++i) {
          const Step& step = steps_[i];
          clock_.set(step.at);
          TRY(const auto done, demo::perform(house_, tx, step.call(tx)));
          if (step.then) step.then(done);
        }
        return {};
      }));
    clock_.set(today_);
    return {};
  }

  people::House& house_;
  ManualClock& clock_;
  const DemoPlan& plan_;
  const Time today_;
  Id platform_{};
  std::map<std::string_view, Id> people_;
  std::vector<std::unique_ptr<Running>> running_;
  std::vector<Step> steps_;
};

}  // namespace

Result<DemoMade> make_demo(const Plan& plan, const DemoPlan& demo, Time now) {
  {
    // The records' keys follow from the folder's secret, and that never comes from a seed.
    SystemRandom chance;
    TRY([[maybe_unused]] const auto folder, DataFolder::open(plan.data, chance));
  }
  const Time today = start_of(date_of(now));
  ManualClock clock(start_of(demo::founded));
  SeededRandom random(demo.seed);
  TRY(const auto building, Building::open(plan, clock, random));
  auto& house = building->house();
  if (!house.platforms.list()->all.empty()) return refuse(Why::conflict, {"app.demo-not-empty"});
  house.settings.quiet = true;
  TRY(const DemoMade made, Making(house, clock, demo, today).make());
  std::ofstream mark(plan.data / "demo");
  mark << "One click gives any role here: this is a demonstration.\n";
  if (!mark.flush())
    return refuse(Why::unavailable, {"app.folder-unusable", {{"path", plan.data.string()}, {"cause", "demo"}}});
  return made;
}

}  // namespace polder::app
