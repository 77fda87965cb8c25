// Nobody reads what is not for them: not through the API, not in an export, not on a page.
#include <gmock/gmock.h>

#include "formats/csv/csv.h"
#include "formats/law/law.h"
#include "processes/consultations/stage_test.h"

namespace polder::consultations {
namespace {

namespace json = boost::json;

class Sights : public Stage {
 protected:
  const std::string api = "/api/v1/platforms/delta/consultations";
  const std::string pages = "/delta/consultations";
  const std::string ferries = "/ferries-at-night";

  std::vector<json::value> everything(people::Browser& browser, const std::string& first, const std::string& name) {
    std::vector<json::value> out;
    for (std::string next = first; !next.empty();) {
      const auto page = browser.get(next).expect(200).json().as_object();
      for (const auto& one : page.at(name).as_array()) out.push_back(one);
      next = page.at("next").is_null() ? "" : std::string(page.at("next").as_string());
    }
    return out;
  }
};
ON_BOTH_DATABASES(Sights);

// ---- the table: who sees what of a response, written down a second time ----

enum class Eyes { visitor, citizen, author, official, moderator, overseer, administrator, neighbour };
constexpr std::array all_eyes{Eyes::visitor,   Eyes::citizen,  Eyes::author,        Eyes::official,
                              Eyes::moderator, Eyes::overseer, Eyes::administrator, Eyes::neighbour};

struct Sees {
  bool words, name;
};
Sees must_see(Shown shown, State state, Eyes eyes, bool alone) {
  if (eyes == Eyes::official) return {state != State::withdrawn, state != State::withdrawn};
  if (eyes == Eyes::author && alone) return {true, true};
  const bool open = state == State::there && shown != Shown::officials;
  return {open, open && shown == Shown::public_name};
}

TEST_P(Sights, EachResponseIsSeenByThoseItIsForAndByNobodyElse) {
  s.give_role(neighbour, s.platform("elsewhere", charter()), "administrator");
  const Id c = open();
  struct Row {
    Shown shown;
    State state;
    Id id;
    std::string words;
  };
  std::vector<Row> rows;
  for (const Shown shown : {Shown::public_name, Shown::public_anonymous, Shown::officials})
    for (const State state : {State::there, State::hidden, State::withdrawn}) {
      const std::string words = "words-" + fields::word_of(shown) + '-' + fields::word_of(state);
      const Id id = respond(c, author, fields::word_of(shown), words);
      ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
        store::set_state(tx, store::response(tx, id).value(), state);
        return {};
      }));
      rows.push_back({shown, state, id, words});
    }
  const std::map<Eyes, people::Browser*> browsers{{Eyes::visitor, &s.visitor()},
                                                  {Eyes::citizen, &s.person(citizen)},
                                                  {Eyes::author, &s.person(author)},
                                                  {Eyes::official, &s.person(official)},
                                                  {Eyes::moderator, &s.person(moderator)},
                                                  {Eyes::overseer, &s.person(overseer)},
                                                  {Eyes::administrator, &s.person(administrator)},
                                                  {Eyes::neighbour, &s.person(neighbour)}};
  for (const Eyes eyes : all_eyes) {
    people::Browser& browser = *browsers.at(eyes);
    const auto csv = csv::read(browser.get(pages + ferries + "/responses.csv").expect(200).body());
    ASSERT_TRUE(csv);
    const auto listed = everything(browser, api + ferries + "/responses?limit=2", "responses");
    const auto exported = browser.get(pages + ferries + "/responses.json").expect(200).json().as_array();
    for (const Row& row : rows) {
      SCOPED_TRACE(row.words + " seen by " + std::to_string(int(eyes)));
      const Sees in_lists = must_see(row.shown, row.state, eyes, false),
                 alone = must_see(row.shown, row.state, eyes, true);
      const auto find = [&](const auto& list) -> const json::object* {
        for (const auto& one : list)
          if (one.as_object().at("id").as_string() == str(row.id)) return &one.as_object();
        return nullptr;
      };
      for (const auto* found : {find(listed), find(exported)}) {
        ASSERT_EQ(found != nullptr, in_lists.words);
        if (found == nullptr) continue;
        EXPECT_EQ(found->contains("name"), in_lists.name);
        EXPECT_EQ(found->contains("on-behalf"), in_lists.name);
        EXPECT_EQ(found->at("parts").as_array().at(0).as_object().at("words").as_string(), row.words);
      }
      const auto line = std::ranges::find_if(*csv, [&](const csv::Row& r) { return r.cells[1] == str(row.id); });
      ASSERT_EQ(line != csv->end(), in_lists.words);
      if (in_lists.words) {
        EXPECT_EQ(line->cells[5], in_lists.name ? "Anna Vermeer" : "");
      }

      const auto one = browser.get(api + ferries + "/responses/" + str(row.id));
      one.expect(alone.words ? 200 : 404);
      alone.words ? one.has(row.words) : one.lacks(row.words);
      alone.name ? one.has("Anna Vermeer") : one.lacks("Anna Vermeer");

      const auto page = browser.get(pages + ferries + "/responses/" + str(row.id));
      page.expect(alone.words ? 200 : 404);
      if (!alone.words) page.lacks(row.words);
      if (!alone.words && !in_lists.words)
        for (const auto* path : {"", "/responses"}) browser.get(pages + ferries + path).expect(200).lacks(row.words);
    }
  }
}

TEST_P(Sights, ADraftIsTheOfficialsAlone) {
  draft();
  for (const auto& path :
       {api + ferries, api + ferries + "/articles", api + ferries + "/responses", api + ferries + "/answers",
        pages + ferries + "/responses.csv", pages + ferries + "/responses.json", pages + ferries + "/answers.csv",
        pages + ferries + "/answers.json", pages + ferries + "/draft.xml", pages + ferries + "/draft-source"}) {
    s.visitor().get(path).expect(404).lacks("Ferr");
    s.person(citizen).get(path).expect(404).lacks("Ferr");
    s.person(official).get(path).expect(200);
  }
  s.visitor().get(api).expect(200).lacks("Ferries");
  s.person(official).get(api).expect(200).has("Ferries at night");
}

TEST_P(Sights, AClosedPlatformIsThereOnlyForThoseWhoHoldARoleOnIt) {
  std::string closed = charter();
  closed.replace(closed.find("openness = \"open\""), 17, "openness = \"closed\"");
  delta = s.platform("closed", closed);
  s.give_role(official, delta, "official");
  s.give_role(author, delta, "a-role-that-the-charter-does-not-have");
  open();
  for (const auto* path :
       {"/api/v1/platforms/closed/consultations", "/api/v1/platforms/closed/consultations/ferries-at-night",
        "/api/v1/platforms/closed/consultations/ferries-at-night/responses", "/closed/consultations",
        "/closed/consultations/ferries-at-night", "/closed/consultations/ferries-at-night/draft",
        "/closed/consultations/ferries-at-night/responses", "/closed/consultations/ferries-at-night/responses.csv",
        "/closed/consultations/ferries-at-night/draft-source"}) {
    s.visitor().get(path).expect(404).lacks("Ferr");
    s.person(citizen).get(path).expect(404).lacks("Ferr");
    s.person(author).get(path).expect(404).lacks("Ferr");
    s.person(official).get(path).expect(200);
  }
}

// ---- what is given ----

TEST_P(Sights, AListIsGivenInPagesWithoutLossOrRepetition) {
  const Id c = open();
  for (int i = 0; i < 47; ++i)
    respond(c, author, i % 7 == 0 ? "officials" : "public-name", "word " + std::to_string(i));
  auto& visitor = s.visitor();
  const auto listed = everything(visitor, api + ferries + "/responses?limit=3", "responses");
  std::set<std::string> ids;
  for (const auto& one : listed) ids.emplace(one.as_object().at("id").as_string());
  EXPECT_EQ(listed.size(), 40u);
  EXPECT_EQ(ids.size(), 40u);
  EXPECT_EQ(visitor.get(pages + ferries + "/responses.json").json().as_array().size(), 40u);
  EXPECT_EQ(everything(visitor, api + ferries + "/responses?limit=3&question=2", "responses").size(), 0u);
  EXPECT_EQ(visitor.get(api + ferries).json().as_object().at("responses").as_int64(), 47);
  for (const auto* wrong : {"limit=0", "limit=101", "limit=x", "before=1", "before=iiiiiiiiiiiii"})
    visitor.get(api + ferries + "/responses?" + wrong).expect(422);
}

TEST_P(Sights, ConsultationsAreGivenInPagesAndDraftsAreNotFoundByTheirIds) {
  const Id hidden = draft("Zebra");
  const Id first = draft();
  act(official, "consultations.publish", {{"consultation", str(first)}});
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    Consultation more = *store::by_id(tx, first);
    for (int i = 0; i < 64; ++i) {
      more.id = s.house().ids.next();
      more.slug = "ferry-" + std::to_string(i);
      more.opens_at = more.opens_at + (i % 5) * day_ms;
      store::insert(tx, more);
    }
    return {};
  }));
  auto& visitor = s.visitor();
  std::set<std::string> ids;
  std::vector<std::string> opens;
  for (const auto& one : everything(visitor, api + "?limit=7", "consultations")) {
    ids.emplace(one.as_object().at("id").as_string());
    opens.emplace_back(one.as_object().at("opens-at").as_string());
  }
  EXPECT_EQ(ids.size(), 65U);
  EXPECT_EQ(opens.size(), 65U);
  EXPECT_TRUE(std::ranges::is_sorted(opens, std::greater<>()));
  EXPECT_EQ(everything(s.person(official), api + "?limit=50", "consultations").size(), 66U);
  visitor.get(api + "?before=" + str(hidden)).expect(422).has("before");
  EXPECT_EQ(visitor.get(api + "?before=" + str(hidden)).body(), visitor.get(api + "?before=" + str(Id{99})).body())
      << "not there, or not for these eyes: the same";

  const auto page = visitor.get(pages).expect(200);
  const auto at = page.body().find(pages + "?before=");
  ASSERT_NE(at, std::string::npos) << "there are more than one page shows";
  const std::string next = page.body().substr(at, page.body().find('"', at) - at);
  std::size_t cards = 0;
  for (const auto& body : {page.body(), visitor.get(next).expect(200).lacks("Zebra").body()})
    for (auto card = body.find("card panel"); card != body.npos; card = body.find("card panel", card + 1)) ++cards;
  EXPECT_EQ(cards, 65U);
}

TEST_P(Sights, AReportOfVeryManyAnswersSaysWhereTheOthersAre) {
  const Id c = open();
  const Id r = respond(c, author, "public-name", "ten is early");
  close();
  const auto answered = [&](int from, int to) {
    return s.house().database.write([&](storage::WriteTx& tx) -> Done {
      for (int i = from; i < to; ++i) {
        const Answer one{.id = s.house().ids.next(),
                         .consultation = c,
                         .article = "",
                         .words = "Because.",
                         .made_at = s.clock().now()};
        store::insert_answer(tx, one, {*store::response(tx, r)});
      }
      return {};
    });
  };
  ASSERT_TRUE(answered(0, 500));
  act(official, "consultations.report", {{"consultation", str(c)}, {"words", "Thank you."}});
  s.visitor().get(pages + ferries + "/report").expect(200).lacks("answers.csv");
  ASSERT_TRUE(answered(500, 501));
  s.visitor().get(pages + ferries + "/report").expect(200).has("answers.csv").has("Here are 500 of the answers.");
}

TEST_P(Sights, WhatIsExportedHarmsNoSpreadsheet) {
  const Id c = open();
  respond(c, author, "public-name", "=HYPERLINK(\"https://evil.example\")");
  const auto answer = s.visitor().get(pages + ferries + "/responses.csv");
  answer.expect(200);
  EXPECT_EQ(answer.header("content-disposition"), "attachment; filename=\"ferries-at-night-responses.csv\"");
  const auto rows = csv::read(answer.body());
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->at(1).cells.at(11), "'=HYPERLINK(\"https://evil.example\")");
}

TEST_P(Sights, AnswersAreGivenByArticleAndInPages) {
  const Id c = open();
  const Id r = respond(c, author, "public-name", "ten is early");
  close();
  for (const auto* article : {"art_2", "", "art_1", "art_2"}) {
    json::object answer{{"consultation", str(c)},
                        {"responses", json::array{str(r)}},
                        {"outcome", "changed"},
                        {"words", "Eleven then."}};
    if (*article != '\0') answer["article"] = article;
    act(official, "consultations.answer", answer);
  }
  auto& visitor = s.visitor();
  std::vector<std::string> articles;
  for (const auto& a : everything(visitor, api + ferries + "/answers?limit=1", "answers"))
    articles.push_back(a.as_object().at("article").is_null() ? ""
                                                             : std::string(a.as_object().at("article").as_string()));
  EXPECT_EQ(articles, (std::vector<std::string>{"", "art_1", "art_2", "art_2"}));
  EXPECT_EQ(visitor.get(pages + ferries + "/answers.json").json().as_array().size(), 4u);
  EXPECT_EQ(csv::read(visitor.get(pages + ferries + "/answers.csv").body())->size(), 5u);
  visitor.get(api + ferries + "/answers?after=" + str(c)).expect(422);
}

TEST_P(Sights, TheDraftComesAsItWasGivenAndAsAkomaNtoso) {
  open();
  const auto source = s.visitor().get(pages + ferries + "/draft-source");
  source.expect(200);
  EXPECT_EQ(source.body(), law_text);
  EXPECT_EQ(source.header("content-disposition"), "attachment; filename=\"ferry.md\"");
  EXPECT_THAT(source.header("content-security-policy"), testing::HasSubstr("sandbox"));
  const auto again = law::read(s.visitor().get(pages + ferries + "/draft.xml").expect(200).body());
  ASSERT_TRUE(again);
  EXPECT_EQ(law::articles(*again).size(), 2u);
  const auto articles =
      s.visitor().get(api + ferries + "/articles").expect(200).json().as_object().at("articles").as_array();
  ASSERT_EQ(articles.size(), 2u);
  EXPECT_EQ(articles.at(1).as_object().at("article").as_string(), "art_2");
  EXPECT_EQ(articles.at(1).as_object().at("heading").as_string(), "Hours");
}

}  // namespace
}  // namespace polder::consultations
