#include "methods/ranking/ranking_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace polder::ranking {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string answer(std::string_view file) {
  const auto found = rank_json(file);
  return found ? *found : "refused: " + found.error().message.key;
}

/// "ranking.twice marks[3]": what is refused, and where.
std::string why(std::string_view file) {
  const auto found = rank_json(file);
  if (found) return "accepted";
  std::string out = found.error().message.key;
  for (const auto& [name, value] : found.error().message.args)
    if (name == "where") out += " " + std::get<std::string>(value);
  return out;
}

const std::string kFile =
    R"({"criteria":[{"id":"a","weight":1,"max":10},{"id":"b","weight":0.5,"max":4}],"normalisation":"none",)"
    R"("ties":["criterion:b","earlier"],"purse":{"currency":"EUR","amounts":[100,50]},)"
    R"("entries":[{"id":"x","submitted":"2026-01-01T00:00:00Z"},{"id":"y","submitted":0}],)"
    R"("marks":[{"entry":"x","judge":"j","criterion":"a","mark":7.5},{"entry":"x","judge":"j","criterion":"b","mark":4},)"
    R"({"entry":"y","judge":"j","criterion":"a","mark":9.5},{"entry":"y","judge":"j","criterion":"b","mark":0}]})";

/// kFile with one thing different.
std::string with(std::string_view was, std::string_view is) {
  std::string file = kFile;
  const auto at = file.find(was);
  EXPECT_NE(at, file.npos) << was;
  return file.replace(at, was.size(), is);
}

/// Three entries by one judge whose marks are made comparable: what the disqualified one got still counts among them.
TEST(RankingFile, WhoIsOutHoldsNoPlaceAndMovesNobodysScore) {
  const auto file = [](std::string_view out) {
    return R"({"criteria":[{"id":"a","weight":1,"max":10}],"normalisation":"z-score","ties":[],)"
           R"("purse":{"currency":"EUR","amounts":[100,50]},"entries":[{"id":"x"},{"id":"y"},{"id":"z"}],)"
           R"("marks":[{"entry":"x","judge":"j","criterion":"a","mark":9},{"entry":"y","judge":"j","criterion":"a","mark":6},)"
           R"({"entry":"z","judge":"j","criterion":"a","mark":3}])" +
           std::string(out) + "}";
  };
  EXPECT_THAT(answer(file("")), testing::HasSubstr(R"({"entry":"y","rank":2,"score":0,"amount":50)"));
  const std::string without = answer(file(R"(,"out":["x"])"));
  EXPECT_THAT(without, testing::HasSubstr(R"([{"entry":"y","rank":1,"score":0,"amount":100)"));
  EXPECT_THAT(without, testing::HasSubstr(R"({"entry":"z","rank":2,)"));
  EXPECT_THAT(without, testing::HasSubstr(R"("unmarked":[])"));
  EXPECT_EQ(why(file(R"(,"out":["x","w"])")), "ranking.unknown-entry out[1]");
  EXPECT_EQ(why(file(R"(,"out":[1])")), "ranking.expected-text out[0]");
}

TEST(RankingFile, IsAnsweredInTheSameBytesAlways) {
  EXPECT_EQ(
      answer(kFile),
      R"({"ranking":[{"entry":"x","rank":1,"score":9.5,"amount":100,"decided_by":"criterion:b"},)"
      R"({"entry":"y","rank":2,"score":9.5,"amount":50,"decided_by":null}],"unmarked":[],"currency":"EUR","paid":150,)"
      R"("method":{"name":"polder-ranking","version":"1","normalisation":"none","ties":["criterion:b","earlier"]}})");
  EXPECT_EQ(answer(slurp("src/methods/ranking/testdata/share.json")),
            R"({"ranking":[{"entry":"ann","rank":1,"score":11.1,"amount":2000001,"decided_by":"share"},)"
            R"({"entry":"bob","rank":1,"score":11.1,"amount":2000000,"decided_by":"score"},)"
            R"({"entry":"cem","rank":3,"score":10.9,"amount":1000000,"decided_by":null}],"unmarked":["late"],)"
            R"("currency":"USD","paid":5000001,)"
            R"("method":{"name":"polder-ranking","version":"1","normalisation":"none","ties":["share"]}})");
  EXPECT_THAT(
      answer(slurp("src/methods/ranking/testdata/z_score.json")),
      testing::StartsWith(R"({"ranking":[{"entry":"ann","rank":1,"score":2,"amount":2000001,"decided_by":"score"},)"));
  EXPECT_THAT(answer(slurp("src/methods/ranking/testdata/rank.json")),
              testing::StartsWith(R"({"ranking":[{"entry":"ann","rank":1,"score":2.75,)"));
}

TEST(RankingFile, MayHaveItsPartsInAnyOrderAndNeedsNoPurse) {
  EXPECT_EQ(answer(R"( {"marks":[{"mark":1,"criterion":"c","judge":"j","entry":"e"}],"entries":[{"id":"e"}],"ties":[],
                        "normalisation":"rank","criteria":[{"max":1,"weight":3,"id":"c"}]} )"),
            R"({"ranking":[{"entry":"e","rank":1,"score":1.5,"amount":0,"decided_by":null}],"unmarked":[],)"
            R"("method":{"name":"polder-ranking","version":"1","normalisation":"rank","ties":[]}})");
}

TEST(RankingFile, MayTellMoreOfEntriesAndMarksThanIsAsked) {
  EXPECT_EQ(answer(with(R"("id":"x",)", R"("team":{"mark":[{"id":3}],"x":null},"id":"x","late":false,)")),
            answer(kFile));
  EXPECT_EQ(answer(with(R"("mark":4})", R"("mark":4,"comment":"\u00e9\n","n":1e999})")), answer(kFile));
}

TEST(RankingFile, NamesThingsInAnyScript) {
  std::string file = kFile;
  for (std::size_t at = 0; (at = file.find(R"("x")", at)) != file.npos; ++at)
    file.replace(at, 3, R"("\u00fc\"\\\ud83c\udfc6")");
  EXPECT_THAT(answer(file), testing::StartsWith(R"({"ranking":[{"entry":"ü\"\\🏆","rank":1)"));
}

TEST(RankingFile, HasNumbersReadAsTheyAreWritten) {
  for (const char* same : {"7.5", "7.500000000000000000000000", "75e-1", "0.75E1", "0.00000000000000000000075e+22",
                           "7500000000000000000000000e-24"})
    EXPECT_EQ(answer(with(":7.5", ":" + std::string(same))), answer(kFile)) << same;
  EXPECT_EQ(answer(with(R"("mark":0})", R"("mark":-0.0e5})")), answer(kFile));
  EXPECT_EQ(answer(with("[100,50]", "[1e2,500e-1]")), answer(kFile));
  for (const char* fine : {"7.5000001", "1e-7", "0.30000000000000004", "1e-99999", "1.00000000000000000000000001"})
    EXPECT_EQ(why(with(":7.5", ":" + std::string(fine))), "ranking.too-fine marks[0].mark") << fine;
  for (const char* large : {"1e13", "18446744073709551616", "9223372036854775808", "9223372036854775799", "1e99999"})
    EXPECT_EQ(why(with(":7.5", ":" + std::string(large))), "ranking.too-much marks[0].mark") << large;
}

TEST(RankingFile, IsRefusedWithTheNameOfWhatIsWrong) {
  const struct {
    std::string file, says;
  } cases[] = {
      {with("7.5", "10.000001"), "ranking.above-max marks[0].mark"},
      {with("7.5", "-0.000001"), "ranking.negative marks[0].mark"},
      {with("7.5", "\"7.5\""), "ranking.expected-number marks[0].mark"},
      {with("7.5", "null"), "ranking.expected-number marks[0].mark"},
      {with("7.5", "[7.5]"), "ranking.expected-number marks[0].mark"},
      {with(R"("x","judge")", R"("z","judge")"), "ranking.unknown-entry marks[0].entry"},
      {with(R"("criterion":"a")", R"("criterion":"c")"), "ranking.unknown-criterion marks[0].criterion"},
      {with(R"("criterion":"b","mark":4)", R"("criterion":"a","mark":4)"), "ranking.marked-twice marks[1]"},
      {with(R"(,{"entry":"x","judge":"j","criterion":"b","mark":4})", ""), "ranking.gap marks[0]"},
      {with(R"("judge":"j","criterion":"b","mark":4)", R"("judge":"k","criterion":"b","mark":4)"),
       "ranking.gap marks[0]"},
      {with(R"("judge":"j")", R"("judge":"")"), "ranking.id marks[0].judge"},
      {with(R"("judge":"j")", R"("judge":7)"), "ranking.expected-text marks[0].judge"},
      {with(R"("judge":"j",)", ""), "ranking.missing marks[0].judge"},
      {with(R"("judge":"j")", R"("judge":"j","judge":"j")"), "ranking.twice marks[0].judge"},
      {with(R"({"id":"y")", R"({"id":"x")"), "ranking.twice entries[1].id"},
      {with(R"({"id":"y")", R"({"id":"y\u0000")"), "ranking.id entries[1].id"},
      {with(R"({"id":"y")", R"({"id":")" + std::string(201, 'y') + R"(")"), "ranking.id entries[1].id"},
      {with(R"("submitted":0)", R"("submitted":"yesterday")"), "ranking.expected-time entries[1].submitted"},
      {with(R"("submitted":0)", R"("submitted":"2026-02-30T00:00:00Z")"), "ranking.expected-time entries[1].submitted"},
      {with(R"("submitted":0)", R"("submitted":"2026-01-01T00:00:00.0001Z")"),
       "ranking.too-fine-time entries[1].submitted"},
      {with(R"("submitted":0)", R"("submitted":0.5)"), "ranking.not-whole entries[1].submitted"},
      {with(R"("submitted":0)", R"("submitted":9e17)"), "ranking.expected-time entries[1].submitted"},
      {with(R"("submitted":0)", R"("submitted":true)"), "ranking.expected-time entries[1].submitted"},
      {with(R"(,"submitted":0)", ""), "ranking.missing entries[1].submitted"},
      {with(R"({"id":"b")", R"({"id":"a")"), "ranking.twice criteria[1].id"},
      {with(R"("weight":1,)", R"("weight":-1,)"), "ranking.negative criteria[0].weight"},
      {with(R"("weight":1,)", R"("weight":10000.000001,)"), "ranking.too-much criteria[0].weight"},
      {with(R"("weight":1,)", R"("weight":1,"wieght":2,)"), "ranking.unknown-field criteria[0].wieght"},
      {with(R"("weight":1,)", ""), "ranking.missing criteria[0].weight"},
      {with(R"("max":10)", R"("max":0)"), "ranking.no-max criteria[0].max"},
      {with(R"("max":10)", R"("max":1000001)"), "ranking.too-much criteria[0].max"},
      {with("\"none\"", "\"average\""), "ranking.normalisation normalisation"},
      {with(R"("normalisation":"none",)", ""), "ranking.missing normalisation"},
      {with("\"earlier\"", "\"later\""), "ranking.tie ties[1]"},
      {with("\"earlier\"", "7"), "ranking.expected-text ties[1]"},
      {with("\"earlier\"", "\"criterion:c\""), "ranking.unknown-criterion ties[1]"},
      {with("\"earlier\"", "\"seed:\""), "ranking.seed ties[1]"},
      {with("\"earlier\"", "\"seed:abc\""), "ranking.seed ties[1]"},
      {with("\"earlier\"", "\"seed:xy\""), "ranking.seed ties[1]"},
      {with("\"earlier\"", "\"seed:" + std::string(130, 'a') + "\""), "ranking.seed ties[1]"},
      {with("\"criterion:b\"", "\"share\""), "ranking.after-share ties[1]"},
      {with("\"EUR\"", "\"euro\""), "ranking.currency purse.currency"},
      {with("\"EUR\"", "\"eur\""), "ranking.currency purse.currency"},
      {with("100,", "-100,"), "ranking.negative purse.amounts[0]"},
      {with("100,", "100.5,"), "ranking.not-whole purse.amounts[0]"},
      {with("100,", "9007199254740991,"), "ranking.purse purse.amounts[1]"},
      {with("100,", "9223372036854775807,"), "ranking.purse purse.amounts[0]"},
      {with("100,", "1e30,"), "ranking.too-much purse.amounts[0]"},
      {with("100,", "{},"), "ranking.expected-number purse.amounts[0]"},
      {with(R"("currency":"EUR",)", ""), "ranking.missing purse.currency"},
      {with(R"("purse":{)", R"("purse":{"currencies":[],)"), "ranking.unknown-field purse.currencies"},
      {with(R"("purse":)", R"("prize":)"), "ranking.unknown-field prize"},
      {with(R"("ties":[)", R"("ties":[],"ties":[)"), "ranking.twice ties"},
      {with(R"("entries":[{)", R"("entries":[null,{)"), "ranking.expected-object entries[0]"},
      {R"([])", "ranking.expected-object file"},
      {R"(3)", "ranking.expected-object file"},
      {R"({})", "ranking.missing criteria"},
      {R"({"criteria":{}})", "ranking.expected-list criteria"},
      {R"({"criteria":[],"normalisation":"none","ties":[],"entries":[],"marks":[]})", "ranking.no-weight"},
  };
  for (const auto& [file, says] : cases) EXPECT_EQ(why(file), says) << file;
}

TEST(RankingFile, ThatIsNotJsonIsRefusedWithItsLine) {
  const auto line = [](std::string_view file) -> std::int64_t {
    const auto found = rank_json(file);
    EXPECT_FALSE(found);
    if (found || found.error().message.key != "ranking.not-json") return -1;
    return std::get<std::int64_t>(found.error().message.args.at(0).second);
  };
  EXPECT_EQ(line(""), 1);
  EXPECT_EQ(line("{\n\n,}"), 3);
  EXPECT_EQ(line(kFile.substr(0, kFile.size() - 1)), 1);
  EXPECT_EQ(line(kFile + "\n{}"), 2);
  EXPECT_EQ(line(with("7.5", "07.5")), 1);
  EXPECT_EQ(line(with("7.5", "NaN")), 1);
  EXPECT_EQ(line(with(R"({"id":"y")", "{\"id\":\"\xff\"")), 1);
  EXPECT_EQ(line(R"({"entries":[{"x":)" + std::string(100'000, '[')), 1);  // nested without end
  EXPECT_EQ(answer(kFile + " \n"), answer(kFile));
}

TEST(RankingFile, OfTooManyPartsIsNotReadToItsEnd) {
  std::string criteria = R"({"criteria":[)", ties = R"({"ties":["share")", amounts = R"({"purse":{"amounts":[0)";
  for (std::size_t i = 0; i <= Limits::criteria; ++i) criteria += "{\"id\":\"i\",\"weight\":1,\"max\":1},";
  for (std::size_t i = 0; i < Limits::ties; ++i) ties += ",\"share\"";
  for (std::size_t i = 0; i < Limits::entries; ++i) amounts += ",0";
  EXPECT_EQ(why(criteria + "no JSON any more"), "ranking.too-many criteria");
  EXPECT_EQ(why(ties + "no JSON any more"), "ranking.too-many ties");
  EXPECT_EQ(why(amounts + "no JSON any more"), "ranking.too-many purse.amounts");
  std::string entries = R"({"entries":[)", marks = R"({"marks":[)";
  for (std::size_t i = 0; i <= Limits::entries; ++i) entries += R"({"id":""},)";
  EXPECT_EQ(why(entries + "no JSON any more"), "ranking.too-many entries");
  for (std::size_t i = 0; i <= Limits::marks; ++i) marks += R"({"entry":"","judge":"j","criterion":"","mark":0},)";
  EXPECT_EQ(why(marks + "no JSON any more"), "ranking.too-many marks");
  EXPECT_EQ(why(std::string(most_bytes + 1, ' ')), "ranking.too-large");
}

}  // namespace
}  // namespace polder::ranking
