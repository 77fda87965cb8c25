#include "formats/law/law.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

namespace polder::law {
namespace {

using testing::ElementsAre;

const std::filesystem::path kData = "../shared/data/law";

std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

#define NEEDS_DATA() \
  if (!std::filesystem::exists(kData)) GTEST_SKIP() << "skipped: ../shared/data is absent"

std::string why(const Result<Document>& result) { return result ? "" : result.error().message.key; }

/// An act in the final Akoma Ntoso namespace around a body.
std::string act(std::string_view body) {
  return R"(<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="a"><meta/><body>)" +
         std::string(body) + "</body></act></akomaNtoso>";
}

Document read_act(std::string_view body) {
  const auto result = read(act(body));
  EXPECT_TRUE(result) << why(result) << ' ' << result.error().cause;
  return result ? *result : Document{};
}

// ---- The real files ----

struct Real {
  std::string_view path, kind, language;
  std::size_t articles;  ///< counted by XPath: //article (else //section) without an ancestor quotedStructure,
                         ///< quotedText, mod or quotedContent
};
constexpr Real kReal[] = {
    {"akoma-ntoso/examples/cl_Sesion56_2.xml", "debate", "es", 0},
    {"akoma-ntoso/examples/eu_COM(2013)0619_EN-8.xml", "bill", "en", 24},
    {"akoma-ntoso/examples/it_senato_ddl_2013.xml", "bill", "it", 6},  // 8 with the two that it quotes
    {"akoma-ntoso/examples/ke_Debate_Bungeni_2011-06-10.xml", "debate", "en", 0},
    {"akoma-ntoso/examples/uk_pga-2014-27-enacted-data.xml", "act", "en", 8},  // sections: it has no article
    {"akoma-ntoso/examples/us_Act_2011-11-29.xml", "act", "en", 7},            // sections
    {"akoma-ntoso/examples/us_Title9-Chap3-eng.xml", "portion", "en", 7},      // sections
    {"akoma-ntoso/examples/uy_bill_2010-09-27.xml", "bill", "es", 3},
    {"akoma-ntoso/examples/za_Judgement_2008-11-26.xml", "judgment", "en", 0},
    {"uslm/H2157_IH.XML", "bill", "en", 25},
    {"uslm/H264_PCS.XML", "bill", "en", 155},
    {"uslm/HJ107_RDS.XML", "resolution", "en", 2},
    {"uslm/h2157_enr.XML", "bill", "en", 25},
    {"uslm/h264_eh.XML", "bill", "en", 155},
    {"uslm/hj107_eh.XML", "resolution", "en", 2},
    {"uslm/hj107_enr.XML", "resolution", "en", 2},
    {"bwb/wet-op-de-zorgtoeslag-2025-01-01.xml", "act", "nl", 9},
};

class RealLaw : public testing::TestWithParam<Real> {};

TEST_P(RealLaw, IsReadWithAllItsArticles) {
  NEEDS_DATA();
  const auto document = read(slurp(kData / GetParam().path));
  ASSERT_TRUE(document) << why(document);
  EXPECT_EQ(document->kind, GetParam().kind);
  EXPECT_EQ(document->language, GetParam().language);
  EXPECT_FALSE(document->title.empty());
  const auto found = articles(*document);
  EXPECT_EQ(found.size(), GetParam().articles);
  for (const Article& article : found) EXPECT_FALSE(article.eid.empty());
}

void no_space(std::string& out, std::string_view text) {
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
}

/// The letters of a part of the file as another reader (libxml2's tree) sees them. Left out are, as README.md says,
/// metadata, tables of contents and what USLM marks display="no"; a noteRef stands for the words of its note.
class Letters {
 public:
  explicit Letters(xmlNode* root) { notes(root); }

  std::string of(xmlNode* node) const {
    std::string out;
    walk(node, out);
    return out;
  }

 private:
  static std::string attribute(xmlNode* node, const char* name) {
    xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
    std::string text = value ? reinterpret_cast<const char*>(value) : "";
    xmlFree(value);
    return text;
  }
  static std::string_view name(xmlNode* node) { return reinterpret_cast<const char*>(node->name); }

  void notes(xmlNode* node) {
    for (; node; node = node->next) {
      if (node->type != XML_ELEMENT_NODE) continue;
      if (name(node) == "note") notes_[attribute(node, "eId")] = node;
      notes(node->children);
    }
  }
  void walk(xmlNode* node, std::string& out) const {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
      no_space(out, reinterpret_cast<const char*>(node->content));
    if (node->type != XML_ELEMENT_NODE) return;
    const std::string_view element = name(node);
    if (element == "meta" || element == "toc" || element == "meta-data" || attribute(node, "display") == "no") return;
    if (element == "noteRef")
      if (const auto note = notes_.find(attribute(node, "href").substr(1)); note != notes_.end())
        return walk(note->second, out);
    for (xmlNode* child = node->children; child; child = child->next) walk(child, out);
  }
  std::map<std::string, xmlNode*> notes_;
};

/// The letters of the model, in its order. Marks of notes and quotation marks are attributes in the sources: left out.
struct ModelLetters {
  std::string out = {};
  void inlines(const Inlines& words) {
    for (const Inline& i : words) {
      if (i.kind == Inline::Kind::text) no_space(out, i.text);
      inlines(i.children);
    }
  }
  void operator()(const Paragraph& p) { inlines(p.words); }
  void operator()(const List& list) {
    for (const Item& item : list.items) no_space(out, item.number), blocks(item.content);
  }
  void operator()(const Table& table) {
    inlines(table.caption);
    for (const auto& row : table.rows)
      for (const Cell& cell : row) blocks(cell.content);
  }
  void operator()(const Quoted& quoted) {
    for (const Division& d : quoted.divisions) division(d);
  }
  void blocks(const std::vector<Block>& blocks) {
    for (const Block& b : blocks) std::visit(*this, b.value);
  }
  void division(const Division& d) {
    no_space(out, d.number);
    inlines(d.heading);
    blocks(d.content);
    for (const Division& child : d.children) division(child);
  }
};

std::string letters(const Document& d) {
  ModelLetters model;
  for (const Division* part : {&d.preface, &d.preamble, &d.body, &d.conclusions}) model.division(*part);
  for (const Division& attachment : d.attachments) model.division(attachment);
  return std::move(model.out);
}

TEST_P(RealLaw, LosesNoWordOfItsBodies) {
  NEEDS_DATA();
  const std::string bytes = slurp(kData / GetParam().path);
  const auto document = read(bytes);
  ASSERT_TRUE(document);
  const std::string model = letters(*document);
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> tree(
      xmlReadMemory(bytes.data(), int(bytes.size()), nullptr, nullptr, XML_PARSE_NONET), xmlFreeDoc);
  const Letters source(xmlDocGetRootElement(tree.get()));
  int bodies = 0;
  const std::function<void(xmlNode*)> visit = [&](xmlNode* node) {
    for (; node; node = node->next) {
      if (node->type != XML_ELEMENT_NODE) continue;
      const std::string name = reinterpret_cast<const char*>(node->name);
      static const std::set<std::string> parts{"body",        "mainBody",    "debateBody", "judgmentBody",
                                               "portionBody", "main",        "wettekst",   "preamble",
                                               "aanhef",      "conclusions", "wetsluiting"};
      if (parts.contains(name)) {
        const std::string text = source.of(node);
        EXPECT_NE(model.find(text), std::string::npos) << name << " of " << GetParam().path << "\n"
                                                       << text.substr(0, 500);
        ++bodies;
      }
      visit(node->children);
    }
  };
  visit(xmlDocGetRootElement(tree.get()));
  EXPECT_GT(bodies, 0);
}

TEST_P(RealLaw, SaysNothingTwice) {
  NEEDS_DATA();
  const auto document = read(slurp(kData / GetParam().path));
  ASSERT_TRUE(document);
  std::set<std::string> seen;
  const std::function<void(const Division&)> visit = [&](const Division& d) {
    EXPECT_TRUE(seen.insert(d.eid).second) << d.eid;
    for (const Division& child : d.children) visit(child);
  };
  for (const Division* part : {&document->preface, &document->preamble, &document->body, &document->conclusions})
    visit(*part);
  for (const Division& attachment : document->attachments) visit(attachment);
}

TEST_P(RealLaw, ComesBackFromTheStoreAsItWas) {
  NEEDS_DATA();
  const auto document = read(slurp(kData / GetParam().path));
  ASSERT_TRUE(document);
  const auto back = from_json(to_json(*document));
  ASSERT_TRUE(back) << back.error().cause;
  EXPECT_EQ(*back, *document);
}

struct Schema {
  std::unique_ptr<xmlSchema, decltype(&xmlSchemaFree)> schema{nullptr, xmlSchemaFree};
  static const Schema& akoma_ntoso() {
    static const Schema one = [] {
      Schema s;
      xmlSchemaParserCtxt* parser = xmlSchemaNewParserCtxt((kData / "akoma-ntoso/final-3.0/akomantoso30.xsd").c_str());
      s.schema.reset(xmlSchemaParse(parser));
      xmlSchemaFreeParserCtxt(parser);
      return s;
    }();
    return one;
  }
  /// The first faults, or nothing.
  std::string faults(const std::string& xml) const {
    std::string out;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> tree(
        xmlReadMemory(xml.data(), int(xml.size()), nullptr, nullptr, XML_PARSE_NONET), xmlFreeDoc);
    if (!tree) return "not well-formed";
    xmlSchemaValidCtxt* check = xmlSchemaNewValidCtxt(schema.get());
    xmlSchemaSetValidStructuredErrors(
        check,
        [](void* to, xmlErrorPtr error) {
          auto& text = *static_cast<std::string*>(to);
          if (text.size() < 2'000) text += std::to_string(error->line) + ": " + error->message;
        },
        &out);
    if (xmlSchemaValidateDoc(check, tree.get()) != 0 && out.empty()) out = "invalid";
    xmlSchemaFreeValidCtxt(check);
    return out;
  }
};

std::vector<std::string> summary(const Document& d) {
  std::vector<std::string> lines;
  for (const Article& a : articles(d))
    lines.push_back(a.eid + "|" + a.number + "|" + a.heading + "|" + plain_text(*a.division));
  return lines;
}

TEST_P(RealLaw, IsWrittenAsValidAkomaNtosoAndReadAgainAlike) {
  NEEDS_DATA();
  const auto document = read(slurp(kData / GetParam().path));
  ASSERT_TRUE(document);
  const std::string xml = write_akoma_ntoso(*document);
  ASSERT_NE(Schema::akoma_ntoso().schema, nullptr);
  EXPECT_EQ(Schema::akoma_ntoso().faults(xml), "");
  const auto again = read(xml);
  ASSERT_TRUE(again) << why(again) << ' ' << again.error().cause;
  EXPECT_EQ(again->title, document->title);
  EXPECT_EQ(again->language, document->language);
  EXPECT_TRUE(summary(*again) == summary(*document));
  EXPECT_TRUE(plain_text(*again) == plain_text(*document));
  EXPECT_TRUE(again->body == document->body);
}

INSTANTIATE_TEST_SUITE_P(Files, RealLaw, testing::ValuesIn(kReal), [](const auto& real) {
  std::string name(real.param.path.substr(real.param.path.rfind('/') + 1));
  std::erase_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
  return name;
});

TEST(RealLaws, KeepNumbersHeadingsIdsAndPlaces) {
  NEEDS_DATA();
  const auto eu = read(slurp(kData / "akoma-ntoso/examples/eu_COM(2013)0619_EN-8.xml"));
  ASSERT_TRUE(eu);
  EXPECT_EQ(eu->title,
            "Proposal for a REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL on new psychoactive substances");
  const Article seven = articles(*eu).at(6);
  EXPECT_EQ(seven.eid, "art_7");
  EXPECT_EQ(seven.number, "Article 7");
  EXPECT_EQ(seven.heading, "Risk assessment procedure and report");
  EXPECT_THAT(seven.path, ElementsAre("CHAPTER IV Risk assessment"));

  const auto bwb = read(slurp(kData / "bwb/wet-op-de-zorgtoeslag-2025-01-01.xml"));
  ASSERT_TRUE(bwb);
  EXPECT_EQ(bwb->title, "Wet op de zorgtoeslag");
  EXPECT_EQ(bwb->identifiers.at(0), (Identifier{"bwb", "BWBR0018451"}));
  EXPECT_EQ(articles(*bwb).at(4).number, "Artikel 4a");
  EXPECT_EQ(articles(*bwb).at(4).eid, "7166023");
  EXPECT_THAT(plain_text(bwb->conclusions), testing::HasSubstr("J. F. Hoogervorst"));

  const auto bill = read(slurp(kData / "uslm/h2157_enr.XML"));
  ASSERT_TRUE(bill);
  EXPECT_EQ(articles(*bill).at(1).eid, "/us/bill/116/hr/2157/tI/s101");
  EXPECT_EQ(articles(*bill).at(1).number, "Sec. 101.");
  EXPECT_THAT(articles(*bill).at(1).path, ElementsAre("TITLE I DEPARTMENT OF AGRICULTURE"));
}

// ---- Words ----

TEST(Words, NeitherStickTogetherNorDriftApartAtMarkup) {
  const Document d = read_act(
      "<article eId='a'><num>\n Article\n 1 </num><content><p>\n  one<i> two</i> <b>three</b>four <ref "
      "href='#x'>five</ref>,\n"
      "  six<sup>2</sup>.\n</p></content></article>");
  EXPECT_EQ(plain_text(*articles(d).at(0).division), "Article 1\none two threefour five, six2.");
  EXPECT_EQ(articles(d).at(0).number, "Article 1");
}

TEST(Words, OfAQuotationAreShownButItsArticlesAreNotOurs) {
  const Document d = read_act(
      "<article eId='a'><content><p>It reads: <mod><quotedStructure startQuote='“' endQuote='”'><article "
      "eId='q'><num>9</num>"
      "<content><p>Old.</p></content></article></quotedStructure> and no more.</mod></p></content></article>");
  EXPECT_EQ(articles(d).size(), 1u);
  EXPECT_EQ(plain_text(*articles(d).at(0).division), "It reads:\n“9\nOld.”\nand no more.");
}

TEST(Words, AfterTheChildrenKeepTheirPlace) {
  const Document d = read_act(
      "<section eId='s'><intro><p>Both</p></intro><paragraph><num>a</num><content><p>one</p></content></paragraph>"
      "<wrapUp><p>apply.</p></wrapUp></section>");
  const Division& s = *articles(d).at(0).division;
  ASSERT_EQ(s.children.size(), 2u);
  EXPECT_EQ(s.children[1].kind, "text");
  EXPECT_EQ(plain_text(s), "Both\na\none\napply.");
}

TEST(Words, OfMarkupNobodyKnowsAreKept) {
  EXPECT_EQ(
      plain_text(
          read_act("<article eId='a'><content><p>A <strange>new</strange> thing</p><odd>here</odd></content></article>")
              .body),
      "A new thing\nhere");
}

TEST(Words, CannotTurnTheReadingOrderAround) {
  EXPECT_EQ(plain_text(read_act("<article eId='a'><content><p>pay \u202e001\u202c euro</p></content></article>").body)
                .find("\u202e"),
            std::string::npos);
}

TEST(Words, OfANoteStandWhereItIsCalled) {
  const auto d = read(
      "<akomaNtoso><act><meta><notes><note eId='n1' marker='1'><p>See there.</p></note></notes></meta><body><article "
      "eId='a'>"
      "<content><p>Here<noteRef href='#n1'/>.</p></content></article></body></act></akomaNtoso>");
  ASSERT_TRUE(d);
  EXPECT_EQ(plain_text(d->body), "Here [See there.].");
}

// ---- Names ----

TEST(Names, AreMadeFromNumbersWhereTheSourceHasNone) {
  const Document d = read_act(
      "<chapter><num>Chapter II</num><article><num>Article "
      "4a</num><paragraph><num>(1)</num><content><p>x</p></content></paragraph>"
      "<paragraph><content><p>y</p></content></paragraph></article></chapter>");
  const Division& chapter = d.body.children.at(0);
  EXPECT_EQ(chapter.eid, "chp_II");
  EXPECT_EQ(chapter.children.at(0).eid, "art_4a");
  EXPECT_EQ(chapter.children.at(0).children.at(0).eid, "art_4a__para_1");
  EXPECT_EQ(chapter.children.at(0).children.at(1).eid, "art_4a__para_2");
}

TEST(Names, AreUniqueEvenWhereTheSourceRepeatsOne) {
  const Document d = read_act(
      "<article eId='a'><num>1</num></article><article eId='a'><num>2</num></article><article "
      "eId='a-2'><num>3</num></article>");
  EXPECT_EQ(d.body.children.at(0).eid, "a");
  EXPECT_NE(d.body.children.at(1).eid, d.body.children.at(2).eid);
  EXPECT_NE(d.body.children.at(1).eid, "a");
}

// ---- Refusals ----

TEST(Refusal, MeetsADoctypeBeforeAnythingIsExpanded) {
  const std::string laughs =
      "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c "
      "'&b;&b;&b;&b;'>]>"
      "<akomaNtoso><act><body><article><content><p>&c;</p></content></article></body></act></akomaNtoso>";
  EXPECT_EQ(why(read(laughs)), "law.doctype");
  EXPECT_EQ(why(read("<!-- x -->\n<!DOCTYPE akomaNtoso SYSTEM 'file:///etc/passwd'><akomaNtoso/>")), "law.doctype");
  EXPECT_EQ(why(read("<?pi <x> ?><!DOCTYPE akomaNtoso PUBLIC 'a' 'http://127.0.0.1/x.dtd'><akomaNtoso/>")),
            "law.doctype");
  const auto message = read("<a>\n  <!ENTITY x SYSTEM 'y'></a>").error().message;
  EXPECT_EQ(message, (Message{"law.doctype", {{"line", std::int64_t(2)}, {"column", std::int64_t(3)}}}));
}

TEST(Refusal, MeetsAnEntityThatNobodyDeclared) {
  EXPECT_EQ(why(read(act("<article><p>&nbsp;</p></article>"))), "law.malformed");
}

TEST(Refusal, NamesLineAndColumnOfWhatIsNotXml) {
  const auto result = read(act("\n<article><content></article>"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message.key, "law.malformed");
  EXPECT_EQ(result.error().message.args.at(0), (std::pair<std::string, MessageArg>{"line", std::int64_t(2)}));
}

TEST(Refusal, MeetsAFileThatBreaksOffAnywhere) {
  const std::string whole =
      act("<article eId='a'><num>Article 1</num><content><p>Some &amp; words é.</p></content></article>");
  ASSERT_TRUE(read(whole));
  for (std::size_t length = 2; length < whole.size(); ++length) {
    const auto result = read(std::string_view(whole).substr(0, length));
    ASSERT_FALSE(result) << length;
  }
  EXPECT_EQ(why(read(std::string_view(whole).substr(0, whole.size() - 14))), "law.truncated");
  EXPECT_EQ(why(read(std::string_view(whole).substr(0, whole.size() / 2))), "law.truncated");
}

TEST(Refusal, MeetsNestingBeyondTheLimit) {
  std::string open, close;
  for (int i = 0; i < 70; ++i) open += "<container>", close += "</container>";
  EXPECT_EQ(why(read(act(open + close))), "law.too-deep");
  std::string quotes(200, '>');
  EXPECT_EQ(why(read("# T\n\n" + quotes + " x\n")), "law.too-nested");
  std::string emphasis;
  for (int i = 0; i < 5'000; ++i) emphasis += i % 2 ? "*a " : "_a ";
  std::string ends;
  for (int i = 5'000; i > 0; --i) ends += i % 2 ? "a_ " : "a* ";
  const auto deep = read("# T\n\n" + emphasis + ends + "\n");
  EXPECT_EQ(why(deep), "law.too-nested");
}

TEST(Refusal, MeetsWhatIsTooLargeOrHasTooManyParts) {
  const Limits small{.bytes = 1'000, .nodes = 50};
  EXPECT_EQ(read(std::string(1'001, 'x'), small).error().why, Why::too_large);
  std::string many;
  for (int i = 0; i < 60; ++i) many += "<b/>";
  EXPECT_EQ(why(read(act("<article><content><p>" + many + "</p></content></article>"), small)), "law.too-many-parts");
  std::string attributes;
  for (int i = 0; i < 100; ++i) attributes += " a" + std::to_string(i) + "='>'";
  EXPECT_EQ(why(read(act("<article" + attributes + "/>"))), "law.too-many-attributes");
}

TEST(Limits, LetALawOfElevenMegabytesIn) {
  std::string many;
  const std::string article = "<article><content><p>" + std::string(2'000, 'x') + "</p></content></article>";
  for (int i = 0; i < 5'500; ++i) many += article;
  const Document law = read_act(many);
  EXPECT_EQ(articles(law).size(), 5'500u);
}

TEST(Refusal, MeetsOtherEncodingsAndBytesThatAreNone) {
  EXPECT_EQ(why(read(std::string("\xff\xfe<\0a\0/\0>\0", 10))), "law.encoding");
  EXPECT_EQ(why(read("<?xml version='1.0' encoding='UTF-7'?><akomaNtoso/>")), "law.encoding");
  EXPECT_EQ(why(read(act("<article><content><p>caf\xe9</p></content></article>"))), "law.not-utf8");
  const auto latin =
      read("<?xml version='1.0' encoding='ISO-8859-1'?>" + act("<article><content><p>caf\xe9</p></content></article>"));
  ASSERT_TRUE(latin);
  EXPECT_EQ(plain_text(latin->body), "café");
}

TEST(Refusal, MeetsWhatIsNoLaw) {
  EXPECT_EQ(why(read("")), "law.empty");
  EXPECT_EQ(why(read(" \n ")), "law.empty");
  EXPECT_EQ(why(read("<html><body/></html>")), "law.unknown-format");
  EXPECT_EQ(why(read("%PDF-1.7\n\xe2\xe3\xcf\xd3")), "law.not-text");
  EXPECT_EQ(why(read("just some words")), "law.no-headings");
  EXPECT_EQ(why(read("<akomaNtoso/>")), "law.no-document");
  EXPECT_EQ(why(read("<toestand/>")), "law.no-document");
}

TEST(Refusal, HasAMessageInEachLanguage) {
  for (const char* language : {"en", "nl", "de"}) {
    const std::string catalogue = slurp("src/formats/law/messages/" + std::string(language) + ".json");
    for (const char* key : {"doctype", "empty", "encoding", "malformed", "no-document", "no-headings", "not-text",
                            "not-utf8", "stored", "too-deep", "too-nested", "too-large", "too-many-attributes",
                            "too-many-parts", "truncated", "unknown-format"})
      EXPECT_THAT(catalogue, testing::HasSubstr("\"law." + std::string(key) + "\"")) << language;
  }
}

// ---- Other shapes of the standards ----

TEST(AkomaNtoso, IsKnownByAnyPrefixAndNamespace) {
  for (std::string_view space :
       {"http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17",
        "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/CSD02", "http://Inhaltsdaten.LegalDocML.de/1.8.2/"}) {
    const auto d = read("<akn:akomaNtoso xmlns:akn='" + std::string(space) +
                        "'><akn:bill name='regelungstext'><akn:body><akn:article eId='art-z1'><akn:num><akn:marker "
                        "name='1'/>§ 1</akn:num>"
                        "<akn:heading>Zweck</akn:heading></akn:article></akn:body></akn:bill></akn:akomaNtoso>");
    ASSERT_TRUE(d) << space;
    EXPECT_EQ(articles(*d).at(0).number, "§ 1");
  }
}

TEST(Bwb, DoesNotCountWhatAnAmendingArticleQuotes) {
  const auto d = read(
      "<toestand><wetgeving soort='AMvB'><wet-besluit><wettekst><artikel "
      "stam-id='1'><kop><label>Artikel</label><nr>1</nr>"
      "<titel>Begrippen</titel></kop><al>Tekst.</al></artikel><wijzig-artikel "
      "stam-id='2'><kop><label>Artikel</label><nr>2</nr></kop>"
      "<artikel><kop><nr>9</nr></kop><al>Nieuw.</al></artikel></wijzig-artikel></wettekst></wet-besluit></wetgeving></"
      "toestand>");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->kind, "regulation");
  ASSERT_EQ(articles(*d).size(), 1u);
  EXPECT_EQ(articles(*d)[0].heading, "Begrippen");
  EXPECT_THAT(plain_text(d->body), testing::HasSubstr("Nieuw."));
}

// ---- Markdown ----

constexpr std::string_view kMarkdown = R"(# Wet op de polders

Wij, *gezien* het advies:

## Hoofdstuk 1 Begrippen

### Artikel 1. Definities

1. een **polder** is land;
2. water is nat &amp; diep.

### Artikel 1a

| a | b |
|---|---|
| 1 | [twee](#art_1) |

## Hoofdstuk 2 – Slot

### Artikel 2: Citeertitel

> ### Artikel 99
> Geciteerd.
)";

TEST(Markdown, FollowsItsConventions) {
  const auto d = read(kMarkdown);
  ASSERT_TRUE(d) << why(d);
  EXPECT_EQ(d->format, Format::markdown);
  EXPECT_EQ(d->title, "Wet op de polders");
  EXPECT_EQ(plain_text(d->preface), "Wij, gezien het advies:");
  const auto found = articles(*d);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].eid, "art_1");
  EXPECT_EQ(found[0].number, "Artikel 1");
  EXPECT_EQ(found[0].heading, "Definities");
  EXPECT_THAT(found[0].path, ElementsAre("Hoofdstuk 1 Begrippen"));
  EXPECT_EQ(found[1].eid, "art_1a");
  EXPECT_EQ(plain_text(*found[0].division), "Artikel 1 Definities\n1. een polder is land;\n2. water is nat & diep.");
  EXPECT_THAT(found[2].path, ElementsAre("Hoofdstuk 2 Slot"));
  EXPECT_THAT(plain_text(*found[2].division), testing::HasSubstr("Geciteerd."));
}

TEST(Markdown, WithoutArticlesCountsItsSecondLevel) {
  const auto d = read("# Title\n\n## Why\n\ntext\n\n### Detail\n\nmore\n\n## How\n");
  ASSERT_TRUE(d);
  ASSERT_EQ(articles(*d).size(), 2u);
  EXPECT_EQ(articles(*d)[0].heading, "Why");
  EXPECT_EQ(articles(*d)[0].eid, "sec_1");
}

TEST(Markdown, TakesRawHtmlForText) {
  const auto d = read("# T\n\n## Article 1\n\n<script>alert(1)</script>\n");
  ASSERT_TRUE(d);
  EXPECT_THAT(plain_text(d->body), testing::HasSubstr("<script>alert(1)</script>"));
  EXPECT_THAT(write_akoma_ntoso(*d), testing::HasSubstr("&lt;script&gt;"));
}

TEST(Markdown, IsWrittenAsValidAkomaNtoso) {
  NEEDS_DATA();
  const auto d = read(kMarkdown);
  ASSERT_TRUE(d);
  const std::string xml = write_akoma_ntoso(*d);
  EXPECT_EQ(Schema::akoma_ntoso().faults(xml), "");
  const auto again = read(xml);
  ASSERT_TRUE(again);
  EXPECT_EQ(summary(*again), summary(*d));
}

// ---- The store ----

TEST(Stored, TakesEverythingThatReadTook) {
  const auto d = read("# T\n\n## Article 1\n\n" + std::string(60, '>') + " *a **b** c*\n");
  ASSERT_TRUE(d) << why(d);
  const auto back = from_json(to_json(*d));
  ASSERT_TRUE(back) << back.error().cause;
  EXPECT_TRUE(*back == *d);
}

TEST(Stored, IsRefusedWhenDamaged) {
  const std::string good = to_json(*read(kMarkdown));
  ASSERT_TRUE(from_json(good));
  for (std::string_view bad :
       {"", "[]", "{}", "null", R"({"v":2,"format":"bwb"})", R"({"v":1,"format":"odt"})",
        R"({"v":1,"format":"bwb","body":[]})", R"({"v":1,"format":"bwb","body":{"c":[{"x":1}]}})",
        R"({"v":1,"format":"bwb","body":{"d":[{"eid":"a"},{"eid":"a"}]}})",
        R"({"v":1,"format":"bwb","body":{"c":[{"table":[[{"cols":1000}]]}]}})"})
    EXPECT_EQ(why(from_json(bad)), "law.stored") << bad;
  EXPECT_FALSE(from_json(good.substr(0, good.size() - 3)));
  EXPECT_FALSE(from_json(good, {.nodes = 5}));
}

}  // namespace
}  // namespace polder::law
