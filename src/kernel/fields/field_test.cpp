// Reading, writing and describing: what an act says comes in whole or is refused with every fault named.
#include "kernel/fields/field.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "kernel/fields/schema.h"
#include "kernel/fields/trial_test.h"

namespace polder::fields {
namespace {

using trial::Colour;
using trial::Everything;
using trial::good;

/// What reading says about one field when all others are good: "" when nothing.
std::string fault_of(std::string_view name, const json::value& value) {
  auto raw = good();
  raw[name] = value;
  const auto read = fields::read<Everything>(raw);
  if (read) return "";
  std::string out;
  for (const auto& error : read.error().fields)
    out += (out.empty() ? "" : ", ") + (error.field == name ? "" : error.field + ' ') + error.message.key;
  return out;
}

Everything with(std::string_view name, const json::value& value) {
  auto raw = good();
  raw[name] = value;
  return fields::read<Everything>(raw).value();
}

json::value form(std::string_view text) { return json::string(text); }

TEST(Reading, TakesEveryTypeAsTheApiAndAsAFormSendsIt) {
  const auto act = fields::read<Everything>(good());
  ASSERT_TRUE(act);
  EXPECT_EQ(act->email.value, "ann@example.org");
  EXPECT_EQ(act->number.value, 7);
  EXPECT_TRUE(act->flag);
  EXPECT_EQ(act->date, (Date{2026, 2, 28}));
  EXPECT_EQ(iso(act->moment), "2026-11-22T18:04:05Z");
  EXPECT_EQ(act->decimal.units, 1250);
  EXPECT_EQ(iso(act->wall_time.date) + ' ' + std::to_string(act->wall_time.hour), "2026-12-01 17");
  EXPECT_EQ(act->colour, Colour::deep_blue);
  EXPECT_EQ(act->colours.items, (std::vector{Colour::red, Colour::new_}));
  EXPECT_EQ(act->file.bytes, "<law/>");
  EXPECT_FALSE(act->maybe);
  EXPECT_FALSE(act->maybe_point);
  EXPECT_EQ(act->points.items.front().note->value, "n");

  EXPECT_EQ(with("number", form("7")).number.value, 7);
  EXPECT_TRUE(with("flag", form("on")).flag);
  EXPECT_FALSE(with("flag", form("")).flag) << "a box that is not ticked";
  EXPECT_EQ(with("colours", form("red")).colours.items.size(), 1U) << "one box of several";
  EXPECT_EQ(with("date", form(" 2026-02-28 ")).date, (Date{2026, 2, 28})) << "pasted with its blanks";
  EXPECT_EQ(
      with("points", json::parse(R"({"0": {"x": "1"}, "10": {"x": "3"}, "9": {"x": "2"}})")).points.items[2].x.value, 3)
      << "rows of a form keep their order as numbers";
}

TEST(Reading, ReportsEveryFaultAtOnceEachWithItsPath) {
  const auto raw = json::parse(R"({
    "line": "twelve chars", "text": "\u0007", "email": "nobody", "password": "", "slug": "-a", "address": "ftp://x",
    "number": 101, "decimal": "15.000", "flag": "perhaps", "date": "2026-02-30", "moment": "tomorrow", "wall-time": "2026-12-01T25:00", "id": "x", "colour": "green",
    "colours": ["red", "green"], "file": {"name": "a"}, "maybe": "twelve chars", "point": {"x": 6, "y": 1},
    "points": [{"x": 1}, {"x": "b", "note": "twelve chars"}], "lines": ["a", "", "b", "c", "d"], "colr": "red"})");
  const auto read = fields::read<Everything>(raw.as_object());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().why, Why::invalid);
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& error : read.error().fields) found.emplace_back(error.field, error.message.key);
  const std::vector<std::pair<std::string, std::string>> expected{{"line", "fields.too-long"},
                                                                  {"text", "text.control"},
                                                                  {"email", "fields.not-an-email"},
                                                                  {"password", "fields.required"},
                                                                  {"slug", "fields.not-a-slug"},
                                                                  {"address", "fields.not-an-address"},
                                                                  {"number", "fields.out-of-range"},
                                                                  {"decimal", "fields.not-a-decimal"},
                                                                  {"flag", "fields.not-a-flag"},
                                                                  {"date", "fields.not-a-date"},
                                                                  {"moment", "fields.not-a-moment"},
                                                                  {"wall-time", "fields.not-a-wall-time"},
                                                                  {"id", "fields.not-an-id"},
                                                                  {"colour", "fields.not-an-option"},
                                                                  {"colours.1", "fields.not-an-option"},
                                                                  {"file", "fields.no-file"},
                                                                  {"maybe", "fields.too-long"},
                                                                  {"point.x", "fields.out-of-range"},
                                                                  {"point.y", "fields.unknown"},
                                                                  {"points.1.x", "fields.not-a-number"},
                                                                  {"points.1.note", "fields.too-long"},
                                                                  {"lines", "fields.too-many"},
                                                                  {"lines.1", "fields.required"},
                                                                  {"colr", "fields.unknown"}};
  EXPECT_EQ(found, expected);
}

TEST(Reading, MissingFieldsAreAskedForUnlessTheyAreOptional) {
  const auto read = fields::read<Everything>({});
  ASSERT_FALSE(read);
  std::string missing;
  for (const auto& error : read.error().fields) missing += error.field + ' ';
  EXPECT_EQ(missing,
            "line text email password slug address number decimal date moment wall-time id colour file point.x ");
}

TEST(Reading, DecimalsAreExactAndNeverGuessedAt) {
  const auto units = [](const json::value& v) { return with("decimal", v).decimal.units; };
  EXPECT_EQ(units(form("0")), 0);
  EXPECT_EQ(units(form("1 000")), 100'000);
  EXPECT_EQ(units(form("0.1")) + units(form("0,20")), units(form("0.30")));
  EXPECT_EQ(units(7), 700);
  EXPECT_EQ(units(0.29), 29) << "a JSON number, by its shortest spelling";
  for (const auto* bad : {"1.000", "1.234", "-1", "1.", ".5", "1e2", "1,2,3", "1.2 3", "x", "١"})
    EXPECT_EQ(fault_of("decimal", form(bad)), "fields.not-a-decimal") << bad;
  EXPECT_EQ(fault_of("decimal", form("1000.01")), "fields.out-of-range");
  EXPECT_EQ(fault_of("decimal", form("99999999999999999999999999")), "fields.out-of-range");
  EXPECT_EQ(decimal_text(5, 2), "0.05");
}

TEST(Reading, LimitsAreExact) {
  EXPECT_EQ(fault_of("line", form("äöüßÄÖÜẞ漢字")), "") << "ten code points, whatever their bytes";
  EXPECT_EQ(fault_of("line", form("äöüßÄÖÜẞ漢字x")), "fields.too-long");
  EXPECT_EQ(fault_of("number", 1), "");
  EXPECT_EQ(fault_of("number", 100), "");
  EXPECT_EQ(fault_of("number", 0), "fields.out-of-range");
  EXPECT_EQ(fault_of("number", std::uint64_t(-1)), "fields.not-a-number");
  EXPECT_EQ(fault_of("number", 7.5), "fields.not-a-number");
  EXPECT_EQ(fault_of("number", form("+7")), "fields.not-a-number");
  EXPECT_EQ(fault_of("slug", form("a")), "fields.not-a-slug");
  EXPECT_EQ(fault_of("slug", form("a--b")), "fields.not-a-slug");
  EXPECT_EQ(fault_of("slug", form(std::string(61, 'a'))), "fields.too-long") << "one fault a field";
  EXPECT_EQ(fault_of("email", form(std::string(300, 'a') + "@example.org")), "fields.too-long");
  EXPECT_EQ(fault_of("password", form(std::string(256, 'x'))), "");
  EXPECT_EQ(fault_of("password", form(std::string(257, 'x'))), "fields.too-long");
  EXPECT_EQ(fault_of("lines", json::array{"a", "b", "c", "d"}), "");
  const auto file = [](std::size_t bytes) {
    return json::object{{"name", "a"}, {"base64", base64(std::string(bytes, 'x'))}};
  };
  EXPECT_EQ(fault_of("file", file(1'000)), "");
  EXPECT_EQ(fault_of("file", file(1'001)), "fields.file-too-large");
  EXPECT_EQ(fault_of("file", file(5'000)), "fields.file-too-large");
}

TEST(Reading, AnAddressIsOneThatAPageCanLinkTo) {
  for (const auto* bad :
       {"https://", "https://a b", "https://a\\b", "javascript:alert(1)", "//example.org", "mailto:a@example.org"})
    EXPECT_EQ(fault_of("address", form(bad)), "fields.not-an-address") << bad;
}

TEST(Reading, BlanksInAnOptionalFieldAreNothing) {
  EXPECT_EQ(fault_of("maybe", form("  \t ")), "");
  EXPECT_FALSE(with("maybe", form(" \xE2\x80\x8B ")).maybe) << "a zero-width space shows nothing";
  EXPECT_EQ(fault_of("line", form("   ")), "fields.required");
  // A form sends every field of a group, also those left empty.
  EXPECT_EQ(fault_of("maybe-point", json::object{{"x", ""}, {"note", ""}}), "");
  EXPECT_EQ(fault_of("maybe-point", json::object{{"x", ""}, {"note", "n"}}), "maybe-point.x fields.required");
}

TEST(Reading, RowsLeftEmptyAreDroppedAndTheOthersKeepTheirPlaceInFaults) {
  const auto rows = json::parse(R"({"0": {"x": "", "note": ""}, "1": {"x": "2"}, "2": {"x": "9"}})");
  EXPECT_EQ(fault_of("points", rows), "points.2.x fields.out-of-range") << "beside the row in which it was typed";
  EXPECT_EQ(with("points", json::parse(R"({"0": {"x": " "}, "5": {"x": "2"}})")).points.items.size(), 1U);
}

TEST(Reading, NoRowTakesAnothersPlace) {
  EXPECT_EQ(fault_of("lines", json::object{{"1", "a"}, {"01", "b"}}), "fields.not-a-list");
  EXPECT_EQ(fault_of("lines", json::object{{"a", "a"}}), "fields.not-a-list");
  EXPECT_EQ(fault_of("lines", json::object{{"99999999999999999999", "a"}}), "fields.not-a-list");
}

TEST(Reading, AFileHasANameAndBytesAndNothingElse) {
  const auto named = [](std::string_view name) { return json::object{{"name", name}, {"base64", "eA=="}}; };
  EXPECT_EQ(with("file", named("C:\\Users\\ann\\law.xml")).file.name, "law.xml");
  EXPECT_EQ(with("file", named("../../law.xml")).file.name, "law.xml");
  EXPECT_EQ(fault_of("file", named("laws/")), "fields.no-file");
  EXPECT_EQ(fault_of("file", json::object{{"name", "a"}, {"base64", "eA=="}, {"type", "x"}}), "fields.no-file");
  EXPECT_EQ(fault_of("file", json::object{{"name", "a"}, {"base64", "e A="}}), "fields.no-file");
  EXPECT_EQ(fault_of("file", form("law.xml")), "fields.no-file");
}

TEST(Reading, CollectsNoMoreFaultsThanAnybodyReads) {
  json::object raw;
  for (int i = 0; i < 100'000; ++i) raw[std::to_string(i)] = i;
  EXPECT_EQ(fields::read<Everything>(raw).error().fields.size(), most_faults);
}

// ---- writing: the canonical content that the record commits to ----

TEST(Writing, LeavesOutSecretsAndKeepsOnlyTheDigestOfAFile) {
  const auto text = fields::write(fields::read<Everything>(good()).value());
  EXPECT_EQ(text.find("horse"), text.npos);
  const auto content = json::parse(text).as_object();
  EXPECT_EQ(content.if_contains("password"), nullptr);
  EXPECT_EQ(content.if_contains("maybe"), nullptr);
  EXPECT_EQ(json::serialize(content.at("file")),
            R"({"name":"law.xml","size":6,"sha256":")" + hex(crypto::view(crypto::sha256("<law/>"))) + "\"}");
  EXPECT_TRUE(text.starts_with(R"({"line":"Water","text":"One\ntwo","email":"ann@example.org")"))
      << "declaration's order";
}

/// A struct whose content can be read again: no secret, no file.
struct Plain {
  Line<40> line;
  Text<60> text;
  Number<-1'000, 1'000> number;
  bool flag = false;
  Date date;
  Time moment;
  Id id;
  Colour colour{};
  List<Colour, 5> colours;
  std::optional<Text<60>> maybe;
  List<trial::Point, 5> points;
};
BOOST_DESCRIBE_STRUCT(Plain, (), (line, text, number, flag, date, moment, id, colour, colours, maybe, points))

rc::Gen<std::string> words() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(
                          rc::gen::element<std::string>("a", "B", " ", "  ", "\n", "\r\n", "\t", "é", "e\xCC\x81", "漢",
                                                        "\xE2\x80\x8B", "👩‍💻", "\"", "\\", "<", "0")),
                      [](const std::vector<std::string>& pieces) {
                        std::string out;
                        for (std::size_t i = 0; i < std::min<std::size_t>(pieces.size(), 12); ++i) out += pieces[i];
                        return out;
                      });
}

TEST(Writing, IsWhatReadingGivesBackWhateverWasTyped) {
  EXPECT_TRUE(rc::check([] {
    const auto day = *rc::gen::inRange<std::int64_t>(-20'000, 60'000);
    json::object raw{{"line", "l" + *words()},
                     {"text", "t" + *words()},
                     {"number", std::to_string(*rc::gen::inRange(-1'000, 1'001))},
                     {"flag", *rc::gen::element<std::string>("true", "off", "")},
                     {"date", iso(date_of({day * day_ms}))},
                     {"moment", iso(Time{day * day_ms + 5'000}).substr(0, 19) +
                                    *rc::gen::element<std::string>(".123Z", "Z", "+05:30", ".999-01:00")},
                     {"id", str(Id{*rc::gen::inRange<std::int64_t>(1, INT64_MAX)})},
                     {"colour", *rc::gen::element<std::string>("red", "deep-blue", "new")},
                     {"maybe", *words()}};
    json::object rows;
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i)
      rows[std::to_string(*rc::gen::inRange(0, 40))] =
          json::object{{"x", std::to_string(*rc::gen::inRange(-5, 6))}, {"note", ""}};
    raw["points"] = std::move(rows);
    const auto first = fields::read<Plain>(raw);
    RC_ASSERT(first.has_value());
    const std::string content = fields::write(*first);
    const auto again = fields::read<Plain>(json::parse(content).as_object());
    RC_ASSERT(again.has_value());
    RC_ASSERT(fields::write(*again) == content);
    RC_ASSERT(again->moment == first->moment);
    RC_ASSERT(again->maybe.has_value() == first->maybe.has_value());
  }));
}

rc::Gen<json::value> anything(int depth) {
  return rc::gen::exec([depth]() -> json::value {
    switch (*rc::gen::inRange(0, depth > 0 ? 8 : 6)) {
      case 0:
        return nullptr;
      case 1:
        return *rc::gen::arbitrary<bool>();
      case 2:
        return *rc::gen::arbitrary<std::int64_t>();
      case 3:
        return *rc::gen::arbitrary<double>();
      case 4:
        return json::string(
            *rc::gen::element<std::string>("", "red", "7", "2026-02-28", "\xFF", "0000000000abc", "\n"));
      case 5:
        return std::uint64_t(-1);
      case 6: {
        json::array out;
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i) out.push_back(*anything(depth - 1));
        return out;
      }
      default: {
        json::object out;
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
          out[*rc::gen::element<std::string>("x", "note", "name", "base64", "0", "1", "-1", "")] = *anything(depth - 1);
        return out;
      }
    }
  });
}

TEST(Reading, NoJsonWhateverThrowsOrIsTakenWithoutItsLimits) {
  const Field all = describe<Everything>();
  EXPECT_TRUE(rc::check([&] {
    json::object raw = good();
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) raw[(*rc::gen::elementOf(all.fields)).name] = *anything(3);
    if (const auto act = fields::read<Everything>(raw)) {
      RC_ASSERT(!act->line.value.empty() && text::length(act->line.value) <= 10);
      RC_ASSERT(act->number.value >= 1 && act->number.value <= 100);
      RC_ASSERT(act->points.items.size() <= 3 && act->lines.items.size() <= 4);
      RC_ASSERT(bool(act->id));
    }
  }));
}

TEST(Reading, ManyItemsAndDeepNestingAreRefusedNotFollowed) {
  EXPECT_EQ(fault_of("lines", json::array(200'000, "a")), "fields.too-many");
  json::value deep = "x";
  for (int i = 0; i < 500; ++i) deep = json::array{std::move(deep)};
  EXPECT_EQ(fault_of("line", deep), "fields.not-a-text");
}

// ---- the description ----

TEST(Description, NamesEveryFieldWithItsKindAndLimits) {
  const Field all = describe<Everything>();
  const auto field = [&](std::string_view name) {
    return *std::find_if(all.fields.begin(), all.fields.end(), [&](const Field& f) { return f.name == name; });
  };
  EXPECT_EQ(all.kind, Kind::group);
  EXPECT_EQ(all.fields.size(), 21U);
  EXPECT_EQ(field("line").max, 10);
  EXPECT_TRUE(field("line").required);
  EXPECT_FALSE(field("maybe").required);
  EXPECT_FALSE(field("maybe-point").required);
  EXPECT_EQ(field("maybe-point").kind, Kind::group);
  EXPECT_EQ(field("colour").options, (std::vector<std::string>{"red", "deep-blue", "new"}));
  EXPECT_EQ(field("colours").kind, Kind::choices);
  EXPECT_EQ(field("number").min, 1);
  EXPECT_EQ(field("points").fields.front().fields.front().name, "x");
}

TEST(Schema, SaysWhatReadingHolds) {
  const auto s = schema(describe<Everything>());
  EXPECT_EQ(s.at("additionalProperties"), false);
  EXPECT_EQ(
      json::serialize(s.at("required")),
      R"(["line","text","email","password","slug","address","number","decimal","date","moment","wall-time","id","colour","file","point"])");
  const auto& p = s.at("properties").as_object();
  EXPECT_EQ(p.size(), 21U);
  EXPECT_EQ(json::serialize(p.at("number")), R"({"type":"integer","minimum":1,"maximum":100})");
  EXPECT_EQ(json::serialize(p.at("colours")),
            R"({"type":"array","maxItems":3,"items":{"type":"string","enum":["red","deep-blue","new"]}})");
  EXPECT_EQ(p.at("points").at("items").at("additionalProperties"), false);
  EXPECT_EQ(p.at("file").at("properties").at("base64").at("maxLength"), 1336) << "1,000 bytes in base64";
  EXPECT_EQ(p.at("password").at("minLength"), 1);
}

TEST(Choice, AWordOutsideTheProgramIsItsEnumeratorInsideAndBack) {
  for (const auto colour : {Colour::red, Colour::deep_blue, Colour::new_})
    EXPECT_EQ(parse_word<Colour>(word_of(colour)), colour);
  EXPECT_EQ(word_of(Colour::new_), "new");
  EXPECT_EQ(parse_word<Colour>("new_"), std::nullopt);
  EXPECT_EQ(parse_word<Colour>("deep_blue"), std::nullopt);
}

}  // namespace
}  // namespace polder::fields
