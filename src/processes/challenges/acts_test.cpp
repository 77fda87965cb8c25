// A prize from statement to sealed entries: what is promised holds, and what is sealed is sealed.
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

class Acts : public Stage {};
ON_BOTH_DATABASES(Acts);

TEST_P(Acts, NobodyPublishesWhatTheyWroteLast) {
  const Id c = draft();
  EXPECT_EQ(refused(anna, "challenges.publish", {{"challenge", str(c)}}), "record.not-found") << "not to be known of";
  EXPECT_NE(refused(editor, "challenges.publish", {{"challenge", str(c)}}), "done") << "nobody asked for a review yet";
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  EXPECT_EQ(refused(writer, "challenges.publish", {{"challenge", str(c)}}), "challenges.not-your-own");
  act(editor, "challenges.return", {{"challenge", str(c)}, {"remarks", "Say what is no solution."}});
  EXPECT_EQ(challenge(c).remarks, "Say what is no solution.");
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  act(editor, "challenges.publish", {{"challenge", str(c)}});
  EXPECT_EQ(challenge(c).phase, Phase::announced);
  EXPECT_EQ(challenge(c).seed_sha256.size(), 64U) << "the lot is committed to before anybody enters";
}

TEST_P(Acts, AnUnpublishedTitleIsNowhere) {
  const Id c = draft();
  EXPECT_EQ(s.person(anna).get("/prize/challenges").expect(200).lacks("cheaper").status(), 200);
  s.person(anna).get("/prize/challenges/" + challenge(c).slug).expect(404);
  s.person(anna).get("/prize/record").lacks("cheaper");
  s.person(writer).get("/prize/challenges/" + challenge(c).slug).expect(200).has("A cheaper sensor");
}

TEST_P(Acts, AFaultyStatementIsRefusedBesideTheField) {
  const auto fault = [&](std::string_view field, boost::json::value value) {
    auto st = statement();
    st[field] = std::move(value);
    return refused(writer, "challenges.draft", {{"statement", st}});
  };
  EXPECT_EQ(fault("currency", "XYZ"), "fields.summary; statement.currency: challenges.no-such-currency");
  EXPECT_EQ(fault("prizes", array{object{{"name", "First"}, {"amount", "1"}, {"given-for", "place"}},
                                  object{{"name", "Second"}, {"amount", "2"}, {"given-for", "place"}}}),
            "fields.summary; statement.prizes.1.amount: challenges.lower-place-larger-prize");
  EXPECT_EQ(fault("closes", boost::json::string(wall(0))),
            "fields.summary; statement.closes: challenges.closes-before-it-opens");
  EXPECT_EQ(fault("ties", array{object{{"by", "criterion"}, {"criterion", 3}}}),
            "fields.summary; statement.ties.0.criterion: challenges.no-such-criterion");
  EXPECT_EQ(fault("countries", "NL, Narnia"), "fields.summary; statement.countries: challenges.no-such-country");
  EXPECT_EQ(fault("rubric", array{}),
            "fields.summary; statement.ties.0.criterion: challenges.no-such-criterion; statement.rubric: "
            "challenges.no-rubric");
}

TEST_P(Acts, APublishedPurseDoesNotShrinkAndEveryTeamMustHaveSeenAnAmendment) {
  const Id c = open();
  join(c, anna, "Reed");
  const Id entry = write(c, anna, "A strip of copper.");
  auto less = statement();
  const auto zone = s.house().platforms.list()->by_id(prize)->zone;
  const auto wall_of = [&](Time at) {
    const auto w = zone.civil(at);
    char out[32];
    std::snprintf(out, sizeof out, "%sT%02d:%02d", iso(w.date).c_str(), w.hour, w.minute);
    return std::string(out);
  };
  less["opens"] = wall_of(challenge(c).opens_at);
  less["closes"] = wall_of(challenge(c).closes_at + day_ms);
  auto more = less;
  less["prizes"] = array{object{{"name", "First"}, {"amount", "9999.99"}, {"given-for", "place"}},
                         object{{"name", "Second"}, {"amount", "5000"}, {"given-for", "place"}}};
  EXPECT_EQ(refused(writer, "challenges.amend", {{"challenge", str(c)}, {"statement", less}, {"why", "Budget"}}),
            "fields.summary; statement.prizes.0.amount: challenges.purse-shrinks");
  // What a prize gave already is counted by its name, and acts name it by its number.
  auto renamed = more;
  renamed["prizes"].as_array()[1].as_object()["name"] = "Runner-up";
  EXPECT_EQ(refused(writer, "challenges.amend", {{"challenge", str(c)}, {"statement", renamed}, {"why", "Words"}}),
            "fields.summary; statement.prizes.1.name: challenges.stays-once-published");
  act(writer, "challenges.amend", {{"challenge", str(c)}, {"statement", more}, {"why", "Holidays"}});
  EXPECT_EQ(challenge(c).version, 1);
  const object seal_fields{{"challenge", str(c)}, {"entry", str(entry)}, {"digest", digest_now(entry)}};
  EXPECT_EQ(refused(anna, "challenges.seal", seal_fields), "challenges.see-the-amendment");
  s.person(anna).get("/prize/challenges/" + challenge(c).slug + "/amendments").has("Holidays").has("Closes");
  act(anna, "challenges.acknowledge", {{"challenge", str(c)}, {"amendment", 1}});
  EXPECT_EQ(refused(anna, "challenges.seal", seal_fields), "done");
}

TEST_P(Acts, ASealedEntryIsForItsTeamOnlyUntilEntriesClose) {
  const Id c = open();
  const Id entry = enter(c, anna, "Reed", "A strip of copper.");
  const std::string path = "/prize/challenges/" + challenge(c).slug + "/entries/" + str(entry);
  s.person(anna).get(path).expect(200).has("A strip of copper.");
  for (const auto* email : {writer, editor, screener, seeker, overseer, administrator, bram, judge_one, stranger})
    s.person(email).get(path).expect(404).lacks("copper");
  s.visitor().get(path).lacks("copper");
}

TEST_P(Acts, ASecondLateIsLateAndASecondEarlyIsNot) {
  const Id c = open();
  join(c, anna, "Reed");
  join(c, bram, "Sedge");
  const Id early = write(c, anna, "In time."), late = write(c, bram, "Too late.");
  s.clock().set(challenge(c).closes_at - second_ms);
  EXPECT_EQ(
      refused(anna, "challenges.seal", {{"challenge", str(c)}, {"entry", str(early)}, {"digest", digest_now(early)}}),
      "done");
  s.clock().advance(second_ms);
  EXPECT_EQ(
      refused(bram, "challenges.seal", {{"challenge", str(c)}, {"entry", str(late)}, {"digest", digest_now(late)}}),
      "challenges.too-late");
  EXPECT_EQ(challenge(c).entries, 1);
}

TEST_P(Acts, TwoOfATeamWhoWriteAtOnceDoNotOverwriteEachOther) {
  const Id c = open();
  join(c, anna, "Reed");
  act(anna, "challenges.invite", {{"challenge", str(c)}, {"email", bram}});
  const Id lead = s.id_of(anna);
  const Id team = read([&](storage::ReadTx& tx) { return store::team_of(tx, c, lead)->id; });
  const object accept{{"challenge", str(c)}, {"team", str(team)}, {"known-as", "Bram"}, {"agrees", true}};
  EXPECT_EQ(refused(cleo, "challenges.accept-invitation", accept), "challenges.not-invited");
  act(bram, "challenges.accept-invitation", accept);
  const Id entry = write(c, anna, "First words.");
  const std::string base = digest_now(entry);
  auto from = entry_fields(c, "Bram's words.");
  from["entry"] = str(entry);
  from["base"] = base;
  act(bram, "challenges.write-entry", from);
  EXPECT_EQ(refused(anna, "challenges.write-entry", from), "challenges.changed-meanwhile");
  EXPECT_EQ(refused(anna, "challenges.seal", {{"challenge", str(c)}, {"entry", str(entry)}, {"digest", base}}),
            "challenges.changed-meanwhile")
      << "nobody seals words they have not seen";
}

TEST_P(Acts, EligibilityIsCheckedAndStaffStaysOut) {
  auto st = statement();
  st["countries"] = "NL, BE";
  st["entrants"] = array{"university"};
  st["minimum-age"] = 18;
  st["staff-barred"] = true;
  const Id c = act(writer, "challenges.draft", {{"statement", st}});
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  act(editor, "challenges.publish", {{"challenge", str(c)}});
  object fields{
      {"challenge", str(c)}, {"team", "Reed"}, {"known-as", "Anna"}, {"entrant", "person"}, {"country", "US"}};
  EXPECT_EQ(refused(anna, "challenges.join", fields), "fields.summary; agrees: challenges.must-agree");
  fields["agrees"] = true;
  EXPECT_EQ(refused(anna, "challenges.join", fields),
            "fields.summary; entrant: challenges.entrant-not-here; country: challenges.country-not-here; of-age: "
            "challenges.too-young");
  fields["entrant"] = "university";
  fields["country"] = "BE";
  fields["of-age"] = true;
  // Who the seeker is stays unsaid until the award: no name that somebody tries is told apart from another.
  fields["organisation"] = "Shelf Company";
  EXPECT_EQ(refused(bram, "challenges.join", fields), "done");
  fields["team"] = "Sedge";
  fields["organisation"] = "the WATER board";
  EXPECT_EQ(refused(cleo, "challenges.join", fields), "done");
  st["title"] = "Another sensor";
  st["seeker-unnamed"] = false;
  const Id named = act(writer, "challenges.draft", {{"statement", st}});
  act(writer, "challenges.submit", {{"challenge", str(named)}});
  act(editor, "challenges.publish", {{"challenge", str(named)}});
  fields["challenge"] = str(named);
  EXPECT_EQ(refused(anna, "challenges.join", fields), "fields.summary; organisation: challenges.staff-barred");
  fields["organisation"] = "Delft";
  EXPECT_EQ(refused(anna, "challenges.join", fields), "done");
  EXPECT_EQ(refused(anna, "challenges.join", fields), "challenges.in-a-team");
}

TEST_P(Acts, WhoIsExcludedIsToldSoBesideTheFieldAndEverybodyElseSaysThatTheyAreNot) {
  auto st = statement();
  st["exclusions"] = array{object{{"words", "Whoever advised on this statement"}},
                           object{{"words", "The makers of the sensors we use"}, {"organisation", "Nitro Ltd"}}};
  const Id c = act(writer, "challenges.draft", {{"statement", st}});
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  act(editor, "challenges.publish", {{"challenge", str(c)}});
  const std::string root = "/prize/challenges/" + challenge(c).slug;
  s.person(anna).get(root).expect(200).has("Not for: Whoever advised on this statement");
  s.person(anna).get(root + "/join").expect(200).has("The makers of the sensors we use").has("none-excluded");
  object fields{{"challenge", str(c)}, {"team", "Reed"}, {"known-as", "Anna"},           {"entrant", "company"},
                {"country", "NL"},     {"agrees", true}, {"organisation", "NITRO  ltd."}};
  EXPECT_EQ(refused(anna, "challenges.join", fields),
            "fields.summary; organisation: challenges.is-excluded; none-excluded: challenges.say-none-excluded");
  fields["organisation"] = "Copper Ltd";
  fields["none-excluded"] = true;
  EXPECT_EQ(refused(anna, "challenges.join", fields), "done");
  act(anna, "challenges.invite", {{"challenge", str(c)}, {"email", bram}});
  const Id team = read([&](storage::ReadTx& tx) { return store::team_by_name(tx, c, "Reed")->id; });
  object coming{{"challenge", str(c)}, {"team", str(team)}, {"known-as", "Bram"}, {"agrees", true}};
  EXPECT_EQ(refused(bram, "challenges.accept-invitation", coming),
            "fields.summary; none-excluded: challenges.say-none-excluded")
      << "whoever comes later says it too";
  coming["none-excluded"] = true;
  EXPECT_EQ(refused(bram, "challenges.accept-invitation", coming), "done");
}

TEST_P(Acts, ASeekerSeesAndDoesNothingInAnothersChallenge) {
  auto st = statement("The seeker's own");
  const Id own = act(seeker, "challenges.draft", {{"statement", st}});
  const std::string page = "/prize/challenges/" + challenge(own).slug;
  s.person(seeker).get(page).expect(200);
  s.person(writer).get(page).expect(200);
  for (const auto* path : {"", "/edit", "/submit"})
    s.person(other_seeker).get(page + path).expect(404).lacks("Measure nitrate");
  s.person(other_seeker).get("/prize/challenges").lacks("The seeker's own");
  EXPECT_EQ(refused(other_seeker, "challenges.revise", {{"challenge", str(own)}, {"statement", st}}),
            "challenges.not-found");
  EXPECT_EQ(refused(other_seeker, "challenges.submit", {{"challenge", str(own)}}), "challenges.not-found");
  act(writer, "challenges.name-seeker", {{"challenge", str(own)}, {"email", other_seeker}});
  s.person(other_seeker).get(page).expect(200);
  s.person(seeker).get(page).expect(404);
  EXPECT_EQ(refused(writer, "challenges.name-seeker", {{"challenge", str(own)}, {"email", anna}}),
            "fields.summary; email: challenges.is-no-seeker");
  EXPECT_EQ(refused(seeker, "challenges.name-seeker", {{"challenge", str(own)}, {"email", seeker}}), "record.not-found")
      << "what is not theirs is not there";
}

TEST_P(Acts, AnInvitationCanBeTakenBackOrDeclinedAndTellsNothingOutside) {
  const Id c = open();
  join(c, anna, "Reed");
  const auto invite = [&](const char* email) {
    return refused(anna, "challenges.invite", {{"challenge", str(c)}, {"email", email}});
  };
  EXPECT_EQ(invite("typo@solver.example"), "done");
  EXPECT_EQ(invite(bram), "done");
  EXPECT_EQ(invite(cleo), "fields.summary; email: challenges.team-full");
  EXPECT_EQ(refused(bram, "challenges.withdraw-invitation", {{"challenge", str(c)}, {"email", bram}}),
            "challenges.not-in-a-team");
  act(anna, "challenges.withdraw-invitation", {{"challenge", str(c)}, {"email", "typo@solver.example"}});
  EXPECT_EQ(invite(cleo), "done");
  const Id team = read([&](storage::ReadTx& tx) { return store::team_by_name(tx, c, "Reed")->id; });
  act(cleo, "challenges.decline-invitation", {{"challenge", str(c)}, {"team", str(team)}});
  EXPECT_EQ(refused(cleo, "challenges.accept-invitation",
                    {{"challenge", str(c)}, {"team", str(team)}, {"known-as", "Cleo"}, {"agrees", true}}),
            "challenges.not-invited");
}

TEST_P(Acts, EachMemberSeesAnAmendmentForThemselves) {
  const Id c = open();
  const Id entry = enter(c, anna, "Reed", "Words.");
  act(anna, "challenges.invite", {{"challenge", str(c)}, {"email", bram}});
  const Id team = read([&](storage::ReadTx& tx) { return store::team_by_name(tx, c, "Reed")->id; });
  act(bram, "challenges.accept-invitation",
      {{"challenge", str(c)}, {"team", str(team)}, {"known-as", "Bram"}, {"agrees", true}});
  // Told when it would be sent out as it was published, but for one prize.
  auto st = read([&](storage::ReadTx& tx) {
    return fields::Trait<Statement>::write(statement_of(tx, challenge_of(tx, c))).as_object();
  });
  st["prizes"].as_array()[0].as_object()["amount"] = "12000";
  act(writer, "challenges.amend", {{"challenge", str(c)}, {"statement", st}, {"why", "More money."}});
  act(anna, "challenges.acknowledge", {{"challenge", str(c)}, {"amendment", 1}});
  const object sealing{{"challenge", str(c)}, {"entry", str(entry)}, {"digest", digest_now(entry)}};
  EXPECT_EQ(refused(bram, "challenges.seal", sealing), "challenges.see-the-amendment");
  EXPECT_EQ(refused(anna, "challenges.seal", sealing), "done");
  st["questions-until"] = wall(3);
  EXPECT_NE(
      refused(writer, "challenges.amend", {{"challenge", str(c)}, {"statement", st}, {"why", "Fewer questions."}}),
      "done")
      << "no deadline comes earlier, not even one that nobody had named";
}

TEST_P(Acts, WhoAskedStaysUnknownAndEverybodyInTheRoomReadsTheAnswer) {
  const Id c = open();
  join(c, anna, "Reed");
  join(c, bram, "Sedge");
  const Id q = act(anna, "challenges.ask", {{"challenge", str(c)}, {"words", "May it float?"}});
  act(writer, "challenges.answer-question", {{"challenge", str(c)}, {"question", str(q)}, {"answer", "It may."}});
  const std::string path = "/prize/challenges/" + challenge(c).slug + "/questions";
  s.person(bram).get(path).expect(200).has("May it float?").has("It may.").lacks("Reed").lacks("anna");
  s.person(writer).get(path).expect(200).lacks("Reed");
  s.person(cleo).get(path).expect(404);  // who did not agree to the terms is not in the room
}

TEST_P(Acts, TeamsMergeWithBothConsentsAndUpToTheirLimit) {
  const Id c = open();
  const Id reed = join(c, anna, "Reed");
  const Id sedge = join(c, bram, "Sedge");
  EXPECT_EQ(refused(anna, "challenges.accept-merge", {{"challenge", str(c)}, {"team", str(sedge)}}),
            "challenges.no-such-team");
  act(bram, "challenges.ask-merge", {{"challenge", str(c)}, {"team", "Reed"}});
  act(anna, "challenges.accept-merge", {{"challenge", str(c)}, {"team", str(sedge)}});
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::members(tx, reed).size(); }), 2U);
  EXPECT_EQ(challenge(c).teams, 1);
}

TEST_P(Acts, ErasureTakesWhatOnlyThisPersonWroteAndTheNumbersStay) {
  const Id c = open();
  s.person(anna, {.password = "correct horse battery"});
  enter(c, anna, "Reed of Anna", "A strip of copper.");
  const auto holds = [&](std::string_view table, std::string_view words) {
    return s.place().holds(s.house().database, table, words);
  };
  EXPECT_TRUE(holds("challenge_entries", "strip of copper"));
  const auto actor = s.actor(anna, prize);
  const Id person = s.id_of(anna);
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    record::Doing doing(tx, prize, actor, s.clock().now(), s.house().ids, s.house().random);
    for (const auto& room : s.house().personal_data)
      if (room.room == "challenges") room.erase(doing, person);
    return {};
  }));
  read([&](storage::ReadTx& tx) {
    EXPECT_FALSE(store::member(tx, c, person));
    for (const Team& t : store::teams(tx, c, {}, 10)) EXPECT_EQ(t.name.find("Anna"), t.name.npos);
    for (const Entry& e : store::entries(tx, c, 0, 10)) EXPECT_EQ(e.title, "");
  });
  EXPECT_EQ(challenge(c).entries, 1);
}

}  // namespace
}  // namespace polder::challenges
