#include "dialogue/acts/acts.h"
#include "dialogue/notes_test.h"
#include "people/erasure.h"
#include "record/store.h"

namespace polder::dialogue {
namespace {

constexpr storage::Statement count_reports{"test.count-reports", "SELECT count(*) FROM moderation_reports"};
constexpr storage::Statement count_cases{"test.count-cases", "SELECT count(*) FROM moderation_cases"};
constexpr storage::Statement count_persons{"test.count-persons",
                                           "SELECT count(*) FROM moderation_reports WHERE person IS NOT NULL"};

class Acts : public Village {};

TEST_P(Acts, AreForWhomTheCharterNames) {
  const std::map<std::string, std::set<std::string>> allowed{
      {"report", {"visitor", "citizen", "official", "moderator", "overseer", "administrator", "console"}},
      {"leave", {"moderator", "console"}},
      {"hide", {"moderator", "console"}},
      {"restore", {"moderator", "overseer", "console"}}};
  for (const auto& [name, who] : allowed)
    for (const char* one :
         {"visitor", "citizen", "official", "moderator", "overseer", "administrator", "clock", "console"}) {
      const Id id = note("anna", "A note.");
      if (name == "leave") {
        ASSERT_TRUE(act("console", "report", id));
      }
      if (name == "restore") {
        ASSERT_TRUE(act("console", "hide", id));
      }
      const auto done = act(one, name, id);
      EXPECT_EQ(done.has_value(), who.contains(one)) << one << " does " << name;
      EXPECT_EQ(is_hidden(id), done ? name == "hide" : name == "restore") << one << " does " << name;
    }
}

TEST_P(Acts, NobodyDecidesTheirOwnCase) {
  for (const char* role : {"moderator", "overseer"}) appoint(address("anna"), role);
  const Id shown = note("anna", "One"), hidden = note("anna", "Two");
  ASSERT_TRUE(act("citizen", "report", shown));
  ASSERT_TRUE(act("moderator", "hide", hidden));
  for (const auto& [name, id] :
       std::vector<std::pair<std::string, Id>>{{"hide", shown}, {"leave", shown}, {"restore", hidden}}) {
    const auto done = act("anna", name, id);
    ASSERT_FALSE(done) << name;
    EXPECT_EQ(done.error().message.key, "dialogue.own-case") << name;
  }
  EXPECT_FALSE(is_hidden(shown));
  EXPECT_TRUE(is_hidden(hidden));
  EXPECT_EQ(act("anna", "report", shown).error().message.key, "dialogue.own-contribution");
  // Nor when it was taken back since.
  write([&](storage::WriteTx& tx) { tx.exec(notes::set_state, shown, notes::taken_back); });
  EXPECT_EQ(act("anna", "leave", shown).error().message.key, "dialogue.own-case");
}

TEST_P(Acts, AReasonIsFromTheListAndOtherNeedsWords) {
  const Id id = note("anna", "A note.");
  EXPECT_EQ(act("citizen", "report", id, {{"reason", "opinion"}}).error().fields.front().field, "reason");
  EXPECT_EQ(act("moderator", "hide", id, {{"reason", "opinion"}}).error().fields.front().field, "reason");
  EXPECT_EQ(act("citizen", "report", id, {{"reason", "other"}}).error().fields.front().field, "words");
  EXPECT_EQ(act("moderator", "hide", id, {{"statement", " "}}).error().fields.front().field, "statement");
  EXPECT_EQ(count(count_reports), 0);
  EXPECT_TRUE(act("citizen", "report", id, {{"reason", "other"}, {"words", "It is a riddle."}}));
}

TEST_P(Acts, AHiddenContributionIsNotToBeKnownOf) {
  const Id hidden = note("anna", "Secret"), unknown = s.house().ids.next();
  ASSERT_TRUE(act("moderator", "hide", hidden));
  for (const char* who : {"visitor", "citizen", "official"})
    for (const char* name : {"report", "hide", "restore", "leave"}) {
      const auto of_hidden = act(who, name, hidden), of_unknown = act(who, name, unknown);
      ASSERT_FALSE(of_hidden || of_unknown);
      EXPECT_EQ(of_hidden.error().why, Why::not_found) << who << ' ' << name;
      EXPECT_EQ(of_unknown.error().why, Why::not_found) << who << ' ' << name;
    }
}

TEST_P(Acts, AContributionOfAnotherPlatformIsNotThere) {
  const Id elsewhere = s.platform("town", charter_of("open"));
  const Id id = note("anna", "A note.");
  const auto done = s.house().acts.perform(
      {.platform = elsewhere,
       .actor = record::Actor::console(),
       .name = "moderation.hide",
       .fields = {{"kind", "note"}, {"contribution", str(id)}, {"reason", "threat"}, {"statement", "No."}}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().why, Why::not_found);
  EXPECT_FALSE(is_hidden(id));
}

TEST_P(Acts, OnePersonReportsOnceUntilItIsDecided) {
  const Id id = note("anna", "A note.");
  ASSERT_TRUE(act("citizen", "report", id));
  EXPECT_EQ(act("citizen", "report", id).error().message.key, "dialogue.reported-already");
  ASSERT_TRUE(act("official", "report", id));
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::find_case(tx, id)->reports; }), 2);
  ASSERT_TRUE(act("moderator", "leave", id));
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::find_case(tx, id)->reports; }), 0);
  EXPECT_EQ(act("moderator", "leave", id).error().message.key, "dialogue.decided-already");
  s.clock().advance(hour_ms);
  EXPECT_TRUE(act("citizen", "report", id));
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::find_case(tx, id)->waiting_since; }), s.clock().now())
      << "who reports anew waits anew";
}

TEST_P(Acts, HidingSettlesTheReportsAndCannotBeDoneTwice) {
  const Id id = note("anna", "A note.");
  ASSERT_TRUE(act("citizen", "report", id));
  ASSERT_TRUE(act("moderator", "hide", id));
  EXPECT_TRUE(read([&](storage::ReadTx& tx) { return store::waiting(tx, village, {}, 10).empty(); }));
  EXPECT_EQ(act("moderator", "hide", id).error().why, Why::conflict);
  ASSERT_TRUE(act("overseer", "restore", id));
  EXPECT_EQ(act("overseer", "restore", id).error().why, Why::conflict);
  EXPECT_TRUE(act("moderator", "hide", id)) << "and may be hidden again";
}

TEST_P(Acts, HidingAndRestoringAreInTheRecordWithoutTheModeratorsName) {
  const Id id = note("anna", "A note.");
  const auto reported = act("citizen", "report", id);
  const auto hidden = act("moderator", "hide", id);
  const auto restored = act("overseer", "restore", id);
  ASSERT_TRUE(reported && hidden && restored);
  const auto visibility = [&](const record::Recorded& r) {
    return read([&](storage::ReadTx& tx) { return record::store::act(tx, r.act)->visibility; });
  };
  EXPECT_EQ(visibility(*reported), record::Visibility::hidden);
  EXPECT_EQ(visibility(*hidden), record::Visibility::nameless);
  EXPECT_EQ(visibility(*restored), record::Visibility::nameless);
}

TEST_P(Acts, ThePublicLogIsMadeAfreshByWhatItShows) {
  auto& pages = s.house().pages;
  const auto kept = [&] { return pages.find("polder.test/log", "en", false, "") != nullptr; };
  const auto keep = [&] { pages.put(pages.ticket(), "polder.test/log", "en", {log_subject(village)}, "the log"); };
  const Id id = note("anna", "A note.");
  keep();
  ASSERT_TRUE(act("citizen", "report", id));
  EXPECT_TRUE(kept()) << "a report is not in it";
  for (const auto& [who, name] : {std::pair{"moderator", "hide"}, std::pair{"overseer", "restore"}}) {
    keep();
    ASSERT_TRUE(kept());
    ASSERT_TRUE(act(who, name, id));
    EXPECT_FALSE(kept()) << name;
  }
}

TEST_P(Acts, AReportSentTwiceIsOne) {
  const Id id = note("anna", "A note.");
  const record::Call call{.platform = village,
                          .actor = actor("citizen"),
                          .name = "moderation.report",
                          .fields = {{"kind", "note"}, {"contribution", str(id)}, {"reason", "advertising"}},
                          .idempotency_key = "once"};
  const auto first = s.house().acts.perform(call), second = s.house().acts.perform(call);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->act, second->act);
  EXPECT_EQ(count(count_reports), 1);
}

TEST_P(Acts, AReportByAVisitorKeepsNothingOfThem) {
  const auto done = act("visitor", "report", note("anna", "A note."));
  ASSERT_TRUE(done);
  EXPECT_EQ(count(count_reports), 1);
  EXPECT_EQ(count(count_persons), 0);
  EXPECT_FALSE(read([&](storage::ReadTx& tx) { return record::store::act(tx, done->act)->person; }));
}

TEST_P(Acts, ErasureTakesWhatOneSaidAndWhatWasSaidAboutOne) {
  const Id by_anna = note("anna", "A note."), by_citizen = note("citizen", "Another.");
  ASSERT_TRUE(act("citizen", "report", by_anna, {{"words", "Anna said wormwood"}}));
  const auto hidden = act("moderator", "hide", by_anna, {{"statement", "Anna, no henbane here"}});
  const auto reported = act("official", "report", by_anna, {{"words", "hemlock again"}});
  EXPECT_FALSE(reported) << "hidden things are reported by nobody";
  ASSERT_TRUE(act("anna", "report", by_citizen, {{"words", "That is mandrake"}}));
  const auto copy = [&](Id person) {
    for (const auto& room : s.house().personal_data)
      if (room.room == "moderation")
        return read([&](storage::ReadTx& tx) { return boost::json::serialize(room.copy(tx, person)); });
    return std::string();
  };
  const Id anna = s.id_of("anna@example.org");
  EXPECT_NE(copy(anna).find("mandrake"), std::string::npos);
  EXPECT_NE(copy(anna).find("henbane"), std::string::npos);
  EXPECT_EQ(copy(anna).find("wormwood"), std::string::npos) << "who reported one is not one's to read";

  write([&](storage::WriteTx& tx) {
    const auto nobody = record::Actor::console();
    record::Doing doing(tx, record::server_platform, nobody, s.clock().now(), s.house().ids, s.house().random);
    people::erase_person(s.house(), doing, *people::find_person(tx, anna));
  });
  s.run_jobs();
  for (const char* word : {"wormwood", "henbane", "mandrake"})
    for (const char* table : {"moderation_reports", "moderation_decisions", "acts", "mails"})
      EXPECT_FALSE(s.place().holds(s.house().database, table, word)) << table << " holds " << word;
  const auto log = read([&](storage::ReadTx& tx) { return store::log(tx, village, {}, 10); });
  ASSERT_EQ(log.size(), 1U) << "that something was hidden, and the reason, stay";
  EXPECT_EQ(log.front().reason, Reason::threat);
  EXPECT_EQ(log.front().author, Id{});
  s.visitor().get("/village/moderation/log").expect(200).has("A threat or an insult").lacks("henbane");
  EXPECT_EQ(count(count_reports), 2);
  EXPECT_EQ(count(count_persons), 1);
}

TEST_P(Acts, SettledReportsGoWhenTheCharterSays) {
  const Id settled = note("anna", "One"), waiting = note("anna", "Two");
  const auto report = act("visitor", "report", settled, {{"words", "an old complaint"}});
  ASSERT_TRUE(report && act("console", "leave", settled) && act("visitor", "report", waiting));
  s.clock().advance(364 * day_ms);
  s.run_jobs();
  EXPECT_EQ(count(count_reports), 2);
  s.clock().advance(2 * day_ms);
  s.run_jobs();
  EXPECT_EQ(count(count_reports), 1) << "what waits for a decision stays";
  EXPECT_EQ(count(count_cases), 1);
  EXPECT_FALSE(read([&](storage::ReadTx& tx) { return record::store::act(tx, report->act)->content; }));
}

ON_BOTH_DATABASES(Acts);

}  // namespace
}  // namespace polder::dialogue
