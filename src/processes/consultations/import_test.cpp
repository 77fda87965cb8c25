// Responses from elsewhere come in row by row, each refused one is told, and a second time changes nothing.
#include "processes/consultations/import.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "processes/consultations/stage_test.h"
#include "record/store.h"

namespace polder::consultations {
namespace {

using testing::ElementsAre;
using testing::Pair;

Source in_pieces(std::string bytes, std::size_t size = 7) {
  return [bytes = std::move(bytes), size, at = std::size_t{0}]() mutable {
    auto piece = bytes.substr(std::min(at, bytes.size()), size);
    at += piece.size();
    return piece;
  };
}

class Imports : public Stage {
 protected:
  struct Told {
    ImportCounts counts;
    std::vector<std::pair<std::size_t, std::string>> refused;
    Done done;
  };
  Told import(Id c, Source source, const std::string& columns = "id=id,words=words,title=title", char separator = 0,
              const std::string& file = "file") {
    Told told;
    told.done = import_responses(
        s.house(), {delta, c, file}, read_columns(columns).value(), separator, source,
        [&](std::size_t row, const Refusal& why) {
          told.refused.emplace_back(row, why.fields.empty() ? why.message.key : why.fields[0].message.key);
        },
        told.counts);
    return told;
  }
  std::vector<Response> responses(Id c) {
    return read([&](storage::ReadTx& tx) { return store::responses(tx, c, {.shown_only = false}, {}, 100); });
  }
};
ON_BOTH_DATABASES(Imports);

TEST_P(Imports, RowsBecomeResponsesWithTheirWordsAndWithoutNames) {
  const Id c = open();
  const auto told =
      import(c, in_pieces("id;title;words\r\n7;\"A bridge\";\"<p>More &amp; better<br>boats</p>\"\r\n8;;plain\r\n"));
  ASSERT_TRUE(told.done);
  EXPECT_EQ(told.counts.imported, 2);
  const auto all = responses(c);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].parts.at(0).words, "A bridge\n\nMore & better\nboats");
  EXPECT_EQ(all[1].parts.at(0).question, 1);
  EXPECT_EQ(all[1].visibility, Shown::public_anonymous);
  EXPECT_FALSE(all[1].person);
}

TEST_P(Imports, ARowThatIsRefusedIsToldAndTheOthersComeIn) {
  const Id c = open();
  const auto told = import(c, in_pieces("id,title,words\n"
                                        "1,good,one\n"
                                        "2,empty-handed\n"      // too few cells
                                        "3,,\n"                 // nothing said
                                        "4,\"quote\"x,words\n"  // letters after the quotation mark
                                        "5,override,a\xE2\x80\xAE"
                                        "b\n"  // U+202E
                                        "6,long," +
                                        std::string(20'001, 'x') +
                                        "\n"  //
                                        "7,control,a\x7F"
                                        "b\x01\xC2\x85\n"  // left behind by an editor: not said
                                        "1,other,words\n"  // the same id says something else
                                        "1,good,one\n"     // the same row once more
                                        "8,good,eight\n"));
  ASSERT_TRUE(told.done);
  EXPECT_THAT(told.refused, testing::UnorderedElementsAre(Pair(3, "csv.ragged"), Pair(4, "consultations.nothing-said"),
                                                          Pair(5, "csv.stray-quote"), Pair(6, "text.override"),
                                                          Pair(7, "fields.too-long"), Pair(9, "record.key-used")));
  EXPECT_EQ(told.counts.read, 10);
  EXPECT_EQ(told.counts.imported, 3);
  EXPECT_EQ(told.counts.repeated, 1);
  EXPECT_EQ(told.counts.refused, 6);
  EXPECT_EQ(responses(c).size(), 3u);
}

TEST_P(Imports, ABrokenFileSaysSoAndKeepsWhatCameBefore) {
  const Id c = open();
  const auto quote = import(c, in_pieces("id,title,words\n1,a,b\n2,\"never ends\n3,c,d\n"));
  EXPECT_FALSE(quote.done);
  EXPECT_EQ(quote.counts.imported, 1);
  for (const std::string& file : {std::string("id,title\n1,a\n"), std::string(),
                                  std::string("id,title,words\n1,\xFF\xFE,b\n"), std::string("i\0d,\0t\0", 8)}) {
    const auto told = import(c, in_pieces(file), "id=id,words=words,title=title", ',', "other");
    EXPECT_FALSE(told.done);
    EXPECT_EQ(told.counts.imported, 0);
  }
  EXPECT_EQ(responses(c).size(), 1u);
}

TEST_P(Imports, AClosedConsultationTakesAnImportButNoLateResponse) {
  const Id c = open();
  close();
  EXPECT_FALSE(perform(s.actor(author, delta), "consultations.respond", response_fields(c, "public-name", "late")));
  EXPECT_EQ(import(c, in_pieces("words\nearlier, elsewhere\n"), "words=words", ';').counts.imported, 1);
}

TEST_P(Imports, TheProposalsOfMadridComeInOnceHoweverOftenTheyAreImported) {
  const std::string path = "../shared/data/consultations/decide-madrid-proposals.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const Id c = open();
  const auto once = [&] {
    const auto in = std::make_shared<std::ifstream>(path, std::ios::binary);
    return import(
        c,
        [in] {
          std::string piece(64 * 1024, '\0');
          in->read(piece.data(), std::streamsize(piece.size()));
          piece.resize(std::size_t(in->gcount()));
          return piece;
        },
        "id=id,words=description,title=title,date=created_at", ';');
  };
  const auto first = once();
  ASSERT_TRUE(first.done);
  EXPECT_THAT(first.refused, testing::IsEmpty());
  EXPECT_EQ(first.counts.read, 2'738);
  EXPECT_EQ(first.counts.imported, 2'738);
  const auto size = [&] {
    return read([&](storage::ReadTx& tx) { return record::store::log(tx, delta)->edge.size(); });
  };
  const auto before = size();
  const auto second = once();
  EXPECT_EQ(second.counts.repeated, 2'738);
  EXPECT_EQ(second.counts.imported, 0);
  EXPECT_EQ(size(), before);
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::by_id(tx, c)->responses; }), 2'738);
}

TEST(Columns, AreNamedOnceAndSayWhereTheWordsStand) {
  EXPECT_EQ(read_columns("words=a b , id=c")->words, "a b");
  for (const auto* wrong : {"", "id=a", "words", "words=", "words=a,words=b", "words=a,nonsense=b", ",,,"})
    EXPECT_FALSE(read_columns(wrong)) << wrong;
}

RC_GTEST_PROP(Rows, ComeOutTheSameWhateverPiecesTheFileArrivesIn, ()) {
  const auto cells = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab<p>&;,\"\n\x7f "))));
  std::string file = "id,words\n";
  for (const auto& cell : cells) file += csv::row(std::vector<std::string>{"x", cell});
  const auto all = [&](std::size_t size) {
    std::vector<std::string> out;
    const auto done = read_rows({.id = "id", .words = "words", .title = {}, .date = {}}, ',', in_pieces(file, size),
                                [&](std::size_t, Result<ImportRow> row) {
                                  out.push_back(row ? row->words : row.error().message.key);
                                  return true;
                                });
    RC_ASSERT(done.has_value());
    return out;
  };
  const auto whole = all(1 << 20);
  RC_ASSERT(whole.size() == cells.size());
  RC_ASSERT(all(*rc::gen::inRange<std::size_t>(1, 9)) == whole);
}

}  // namespace
}  // namespace polder::consultations
