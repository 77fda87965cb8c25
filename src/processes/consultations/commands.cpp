#include "processes/consultations/commands.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>

#include "formats/law/law.h"
#include "processes/consultations/acts/acts.h"
#include "processes/consultations/import.h"

namespace polder::consultations {
namespace {

namespace json = boost::json;

constexpr int exit_some_refused = 1;

auto unreadable(const std::string& path) {
  return refuse(Why::not_found,
                {"consultations.file-unreadable", {{"path", path}, {"cause", std::generic_category().message(errno)}}});
}

Result<std::shared_ptr<const governance::Platform>> platform_of(const House& house, const std::string& slug) {
  if (auto found = house.platforms.list()->by_slug(slug)) return found;
  return refuse(Why::not_found, {"governance.no-platform"});
}

// ---- import-law ----

struct LawWishes {
  std::string file, platform, title, summary, can_change, cannot_change, language, first_day, last_day, note;
  std::vector<std::string> questions;
};

/// As much as law::read needs to see that a file is too large.
Result<std::string> read_law_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable(path);
  std::string bytes;
  std::array<char, 64 * 1024> piece{};
  while (in && bytes.size() <= law::Limits{}.bytes) {
    in.read(piece.data(), piece.size());
    bytes.append(piece.data(), std::size_t(in.gcount()));
  }
  if (in.bad()) return unreadable(path);
  return bytes;
}

void print_outline(std::ostream& out, const law::Document& document) {
  const auto articles = law::articles(document);
  out << document.title << "\n"
      << law::name(document.format) << ", language " << document.language << ", " << articles.size()
      << (articles.size() == 1 ? " article" : " articles") << '\n';
  std::vector<std::string> path;
  for (const auto& a : articles) {
    if (a.path != path) {
      out << '\n';
      for (const auto& over : a.path) out << over << '\n';
      path = a.path;
    }
    out << "  " << law::label(*a.division) << "  [" << a.eid << "]\n";
  }
}

Done make_draft(House& house, const LawWishes& wishes, const law::Document& document, const std::string& bytes,
                std::ostream& out) {
  TRY(const auto platform, platform_of(house, wishes.platform));
  json::object fields{{"title", wishes.title},
                      {"language", wishes.language.empty() ? document.language.substr(0, 2) : wishes.language},
                      {"law", json::object{{"name", std::filesystem::path(wishes.file).filename().string()},
                                           {"base64", base64(bytes)}}}};
  const auto say = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) fields[name] = value;
  };
  say("summary", wishes.summary);
  say("can-change", wishes.can_change);
  say("cannot-change", wishes.cannot_change);
  say("first-day", wishes.first_day);
  say("last-day", wishes.last_day);
  say("note", wishes.note);
  fields["questions"] = json::array(wishes.questions.begin(), wishes.questions.end());
  TRY(const auto recorded,
      house.acts.perform({platform->id, record::Actor::console(), "consultations.draft", std::move(fields)}));
  out << "\nA draft now: " << recorded.location << '\n';
  return {};
}

void add_import_law(CLI::App& group, people::Console& console) {
  auto* command = group.add_subcommand(
      "import-law", "Read a draft law and show its articles; with --title, make a consultation of it");
  const auto w = std::make_shared<LawWishes>();
  console.needs_house(*command);
  auto* data = command->get_option("--data")->required(false);
  command->add_option("file", w->file, "Akoma Ntoso, USLM, BWB or Markdown")->required();
  auto* platform = command->add_option("--platform", w->platform, "The platform that gets the draft consultation");
  command->add_option("--title", w->title)->needs(platform)->needs(data);
  command->add_option("--summary", w->summary, "In plain words");
  command->add_option("--can-change", w->can_change, "What can still change");
  command->add_option("--cannot-change", w->cannot_change, "What cannot, and why");
  command->add_option("--language", w->language, "en, nl or de; otherwise the law's");
  command->add_option("--first-day", w->first_day, "YYYY-MM-DD");
  command->add_option("--last-day", w->last_day, "YYYY-MM-DD");
  command->add_option("--note", w->note, "The explanatory note, in Markdown");
  command->add_option("--question", w->questions, "May be given several times");
  command->callback([w, &console] {
    const auto bytes = read_law_file(w->file);
    if (!bytes) return console.refused(bytes.error());
    const auto document = law::read(*bytes);
    if (!document) return console.refused(document.error());
    print_outline(console.out(), *document);
    if (!w->title.empty())
      console.in_house([&](House& house) { return make_draft(house, *w, *document, *bytes, console.out()); });
  });
}

// ---- import-responses ----

struct ResponsesWishes {
  std::string file, platform, consultation, columns, separator, language;
};

/// The file in pieces of a few pages. An error while reading ends it as a file that is cut off would.
Source pieces_of(const std::shared_ptr<std::ifstream>& in) {
  return [in] {
    std::string piece(64 * 1024, '\0');
    in->read(piece.data(), std::streamsize(piece.size()));
    piece.resize(std::size_t(in->gcount()));
    return piece;
  };
}

Result<std::string> digest_of(const std::string& path) {
  const auto in = std::make_shared<std::ifstream>(path, std::ios::binary);
  if (!*in) return unreadable(path);
  crypto::Sha256 sum;
  const auto source = pieces_of(in);
  for (std::string piece = source(); !piece.empty(); piece = source()) sum.add(piece);
  if (in->bad()) return unreadable(path);
  return hex(crypto::view(sum.end()));
}

std::string reason(const people::Console& console, const Refusal& why) {
  if (why.fields.empty()) return console.say(why.message);
  std::string out;
  for (const auto& field : why.fields) out += (out.empty() ? "" : " ") + console.say(field.message);
  return out;
}

Done import(House& house, people::Console& console, const ResponsesWishes& wishes, const Columns& columns) {
  TRY(const auto platform, platform_of(house, wishes.platform));
  const auto c =
      house.database.read([&](storage::ReadTx& tx) { return store::by_slug(tx, platform->id, wishes.consultation); });
  if (!c) return refuse(Why::not_found, {"consultations.not-found"});
  TRY(const std::string digest, digest_of(wishes.file));
  const auto in = std::make_shared<std::ifstream>(wishes.file, std::ios::binary);
  const char separator = wishes.separator.empty() ? '\0' : wishes.separator == "tab" ? '\t' : wishes.separator.front();
  ImportCounts counts;
  const auto done = import_responses(
      house, {platform->id, c->id, "import:" + str(c->id) + ':' + digest, wishes.language}, columns, separator,
      pieces_of(in),
      [&](std::size_t row, const Refusal& why) {
        console.err() << console.say({"consultations.import-row",
                                      {{"row", std::int64_t(row)}, {"reason", reason(console, why)}}})
                      << '\n';
      },
      counts);
  console.out() << console.say({"consultations.import-counts",
                                {{"read", counts.read},
                                 {"imported", counts.imported},
                                 {"repeated", counts.repeated},
                                 {"refused", counts.refused}}})
                << '\n';
  if (counts.refused > 0) console.exit_with(exit_some_refused);
  return done;
}

void add_import_responses(CLI::App& group, people::Console& console) {
  auto* command = group.add_subcommand(
      "import-responses", "Bring in what people said elsewhere, from a CSV file, in any phase of a consultation");
  const auto w = std::make_shared<ResponsesWishes>();
  console.needs_house(*command);
  command->add_option("file", w->file, "CSV, UTF-8, with a heading; cells may hold HTML")->required();
  command->add_option("--platform", w->platform)->required();
  command->add_option("--consultation", w->consultation, "The last part of its address")->required();
  command
      ->add_option("--columns", w->columns,
                   "words=HEADING, and if there are any id=…, title=…, date=…, with commas between")
      ->required();
  command->add_option("--language", w->language, "Of the words: es, pt-BR, …; otherwise the consultation's");
  command->add_option("--separator", w->separator, "one of , ; | and tab; otherwise found by looking")
      ->check(CLI::IsMember({",", ";", "|", "tab"}));
  command->callback([w, &console] {
    const auto columns = read_columns(w->columns);
    if (!columns) return console.refused(columns.error());
    console.in_house([&](House& house) { return import(house, console, *w, *columns); });
  });
}

}  // namespace

void add_commands(CLI::App& app, people::Console& console) {
  auto* group = app.add_subcommand("consultations", "Draft laws and what people say about them");
  group->require_subcommand(1);
  add_import_law(*group, console);
  add_import_responses(*group, console);
}

}  // namespace polder::consultations
