#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/commands/terminal.h"
#include "app/program_test.h"
#include "people/person.h"

namespace polder::app {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int code = 0;
  std::string out, err;
  bool says(std::string_view words) const { return (out + err).find(words) != std::string::npos; }
};

Ran polder(std::vector<std::string> words) {
  words.insert(words.begin(), "polder");
  std::vector<const char*> argv;
  for (const auto& word : words) argv.push_back(word.c_str());
  std::ostringstream out, err;
  const int code = run(int(argv.size()), argv.data(), out, err);
  return {code, out.str(), err.str()};
}

struct Commands : testing::Test {
  storage::Folder place;
  std::string path(const std::string& name) const { return (place.path() / name).string(); }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream(place.path() / name, std::ios::binary) << bytes;
    return path(name);
  }
};

TEST_F(Commands, TheVersionIsTold) {
  const Ran ran = polder({"--version"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "polder " POLDER_VERSION "\n");
}

TEST_F(Commands, WhatIsNoCommandIsSaidWithCodeTwo) {
  EXPECT_EQ(polder({"dance"}).code, 2);
  EXPECT_EQ(polder({}).code, 2);
  EXPECT_EQ(polder({"record", "verify", "x"}).code, 2);
}

TEST_F(Commands, AGoodCharterIsGoodAndABadOneIsNamedByLine) {
  EXPECT_EQ(polder({"charter", "check", "charters/legislation.toml"}).code, 0);
  const std::string bad = write("bad.toml", "charter = 1\n[platform]\nname = \"X\"\nlanguges = [\"en\"]\n");
  const Ran ran = polder({"charter", "check", bad});
  EXPECT_EQ(ran.code, 1);
  EXPECT_TRUE(ran.says(bad + ":4:1: platform.languges: There is no key “languges” here."));
  EXPECT_EQ(polder({"charter", "check", path("nothing.toml")}).code, 4);
}

TEST_F(Commands, ALawIsSummedUp) {
  const Ran ran =
      polder({"law", "read", write("law.md", "# Water Act\n\n## Article 1. Water\n\nWater is wet.\n"), "--json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const auto told = boost::json::parse(ran.out);
  EXPECT_EQ(told.at("format").as_string(), "markdown");
  EXPECT_EQ(told.at("articles").as_int64(), 1);
}

TEST_F(Commands, ALawWithADtdIsRefused) {
  const Ran ran =
      polder({"law", "read", write("law.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]>\n<akomaNtoso>&b;</akomaNtoso>")});
  EXPECT_EQ(ran.code, 1);
  EXPECT_TRUE(ran.out.empty());
}

TEST_F(Commands, EveryActIsListedWithItsFields) {
  const Ran ran = polder({"acts"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(ran.says("platforms.appoint  give a role to a person\n    email: e-mail address\n    role: one line\n"));
  EXPECT_TRUE(boost::json::parse(polder({"acts", "--json"}).out).as_object().contains("consultations.respond"));
}

TEST_F(Commands, AnActIsDoneByTheConsoleAndInSomebodysName) {
  const std::vector<std::string> make{"act",     "platforms.create",
                                      "--data",  path("data"),
                                      "--field", "slug=delta",
                                      "--field", "charter=legislation",
                                      "--field", "title=Delta",
                                      "--field", "operated-by=The ministry",
                                      "--field", "languages=en",
                                      "--field", "administrator=boss@example.org",
                                      "--key",   "once"};
  const Ran first = polder(make);
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(boost::json::parse(polder(make).out).at("repeated").as_bool(), true);
  const std::string fields = write("fields.json", R"({"email": "olga@example.org", "role": "official"})");
  const Ran nobody = polder({"act", "platforms.appoint", "--data", path("data"), "--platform", "delta", "--json",
                             fields, "--as", "eve@example.org"});
  EXPECT_EQ(nobody.code, 4) << nobody.err;
  EXPECT_EQ(polder({"act", "platforms.appoint", "--data", path("data"), "--platform", "delta", "--json", fields}).code,
            0);
  EXPECT_EQ(
      polder({"act", "platforms.appoint", "--data", path("data"), "--platform", "nowhere", "--json", fields}).code, 4);
  const Ran wrong = polder({"act", "platforms.appoint", "--data", path("data"), "--platform", "delta", "--field",
                            "email=olga", "--field", "role=official"});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_TRUE(wrong.says("  email: Write an e-mail address"));
  EXPECT_EQ(polder({"act", "platforms.appoint", "--data", path("data"), "--field", "email"}).code, 1);
}

/// A receipt of an appointment on a platform, with the key that signs there, as files.
struct Receipts : Commands {
  Program program;
  Id platform = program.platform("delta");
  record::Recorded given = program.act(platform, record::Actor::console(), "platforms.appoint",
                                       {{"email", "olga@example.org"}, {"role", "official"}});
  std::string receipt_bytes() {
    const auto act =
        program.house().database.read([&](storage::ReadTx& tx) { return record::store::act(tx, given.act); });
    return program.house().logs.receipt(*act).value();
  }
  std::string key = record::vkey(*program.house().logs.verifier(platform));
  std::string receipt = write("receipt.tlog-proof", receipt_bytes());
};

TEST_F(Receipts, HoldsAndIsToldInPlainWords) {
  const Ran ran = polder({"record", "verify", receipt, "--key", key});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(ran.says("give a role to a person (platforms.appoint)"));
  EXPECT_TRUE(ran.says("role:     server"));
  EXPECT_TRUE(ran.says("subject:  platforms/delta"));
  EXPECT_TRUE(ran.says("email: olga@example.org"));
}

TEST_F(Receipts, TheKeyMayStandInAFileAndTheAnswerBeJson) {
  const Ran ran = polder({"record", "verify", receipt, "--key", write("key", key + "\n"), "--json"});
  EXPECT_EQ(ran.code, 0);
  const auto told = boost::json::parse(ran.out);
  EXPECT_EQ(told.at("valid").as_bool(), true);
  EXPECT_EQ(told.at("content").at("role").as_string(), "official");
  EXPECT_EQ(told.at("record").at("origin").as_string(), "127.0.0.1:8080/delta/record");
}

TEST_F(Receipts, AChangedWordIsFound) {
  std::string bytes = receipt_bytes();
  bytes[bytes.find("extra ") + 40] ^= 1;
  const Ran ran = polder({"record", "verify", write("changed", bytes), "--key", key, "--json"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(boost::json::parse(ran.out).at("valid").as_bool(), false);
}

TEST_F(Receipts, AnotherKeyIsNotThisOne) {
  program.platform("dune", "x@example.org");
  const std::string other =
      record::vkey(*program.house().logs.verifier(program.house().platforms.list()->by_slug("dune")->id));
  EXPECT_EQ(polder({"record", "verify", receipt, "--key", other}).code, 1);
  EXPECT_EQ(polder({"record", "verify", receipt, "--key", "nonsense"}).code, 1);
  EXPECT_EQ(polder({"record", "verify", path("nothing"), "--key", key}).code, 4);
}

TEST_F(Receipts, ARecordCopiedToAFolderIsAuditedThere) {
  const fs::path copy = place.path() / "copy";
  auto anybody = program.visitor();
  for (const std::string part : {"checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"}) {
    fs::create_directories((copy / part).parent_path());
    std::ofstream(copy / part, std::ios::binary) << anybody.get("/delta/record/" + part).body;
  }
  const Ran ran = polder({"record", "audit", copy.string(), "--key", key, "--quiet"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(ran.says("is whole: 1 entry"));
  std::ofstream(copy / "tile/entries/000.p/1", std::ios::binary) << "something else";
  EXPECT_EQ(polder({"record", "audit", copy.string(), "--key", key, "--quiet"}).code, 1);
}

}  // namespace
}  // namespace polder::app
